export { backboneContract, type BackboneCase } from './testing/backbone-contract.js';
