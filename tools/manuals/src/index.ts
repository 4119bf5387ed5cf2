export { type CodeBlock, codeBlocks } from './code-blocks.js';
export { markdownFiles } from './markdown-files.js';
export { firstProgram, type Program, programsOf } from './programs.js';
export { typeErrors } from './type-errors.js';
