export { brokenLinks, type LinkedFiles, linkedFiles } from './broken-links.js';
export { type CodeBlock, codeBlocks } from './code-blocks.js';
export { markdownFiles } from './markdown-files.js';
export { type Program, programsOf } from './programs.js';
export { repositoryFiles } from './repository-files.js';
export { type ShellCommand, shellCommandsOf } from './shell-commands.js';
export { typeErrors } from './type-errors.js';
