export { prototypesContract, type PrototypesContractOptions } from './testing/prototypes-contract.js';
