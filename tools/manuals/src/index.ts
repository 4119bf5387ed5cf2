export { anchorsOf } from './anchors.js';
export { answersOf, type WebAnswer } from './answers-of.js';
export { brokenLinks, type LinkedFiles, linkedFiles } from './broken-links.js';
export { type CodeBlock, codeBlocks } from './code-blocks.js';
export { type Link, linksOf, namedFilesOf } from './links.js';
export { markdownFiles } from './markdown-files.js';
export { firstProgram, type Program, programsOf } from './programs.js';
export { repositoryFiles } from './repository-files.js';
export { typeErrors } from './type-errors.js';
