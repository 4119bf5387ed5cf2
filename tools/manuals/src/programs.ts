import { type CodeBlock, codeBlocks } from './code-blocks.js';

/** One or several blocks of code of a text that make a program. */
export interface Program {
  readonly language: 'ts' | 'js';
  readonly code: string;
  /** The line of the text that holds the program's first block. */
  readonly line: number;
  /** The line of the text that each line of `code` comes from. */
  readonly lines: readonly number[];
  /** Why the program cannot run here, where its first line says `// not run: why`. */
  readonly notRun?: string;
}

const isProgram = ({ language }: CodeBlock) => language === 'ts' || language === 'js';

/** The programs of a Markdown text: every block of TypeScript or JavaScript, with those that continue it. */
export function programsOf(markdown: string): Program[] {
  const groups: CodeBlock[][] = [];
  for (const block of codeBlocks(markdown).filter(isProgram)) {
    if (block.continues && groups.length > 0) groups.at(-1)!.push(block);
    else groups.push([block]);
  }
  return groups.map(programOf);
}

function programOf(blocks: readonly CodeBlock[]): Program {
  const code: string[] = [];
  const lines: number[] = [];
  const add = (text: string, line: (index: number) => number) => {
    if (text === '') return;
    for (const [index, row] of text.replace(/\n$/, '').split('\n').entries()) {
      code.push(row);
      lines.push(line(index));
    }
  };
  for (const block of blocks) {
    add(block.before, () => block.line);
    add(block.code, (index) => block.line + index);
    add(block.after, () => block.line + block.code.trimEnd().split('\n').length);
  }
  const notRun = /^\/\/ not run: (.+)$/m.exec(blocks[0]!.code.split('\n')[0]!)?.[1];
  return {
    language: blocks.some(({ language }) => language === 'ts') ? 'ts' : 'js',
    code: `${code.join('\n')}\n`,
    line: blocks[0]!.line,
    lines,
    ...(notRun === undefined ? {} : { notRun }),
  };
}
