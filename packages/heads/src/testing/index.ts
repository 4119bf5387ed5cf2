export { headContract, type HeadCase } from './head-contract.js';
