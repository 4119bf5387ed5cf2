export { default } from './tools/eslint-config/index.js';
