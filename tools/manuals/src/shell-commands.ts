import { parse } from 'shell-quote';
import { codeBlocks } from './code-blocks.js';

/** A command that a Markdown text tells to type. */
export interface ShellCommand {
  /** The program and its arguments, as a shell splits them, without variables before and redirections behind. */
  readonly words: readonly string[];
  /** The line of the text that it begins in, from 1. */
  readonly line: number;
}

/** Languages of blocks with commands; an indented block has none. */
const shells = ['', 'sh', 'bash', 'shell', 'console', 'zsh'];

/**
 * Every command in the blocks of shell of a Markdown text, also those behind `&&`, `|` and `;`, and in `$(...)`. A placeholder such as
 * `<name>` counts as a word. In a `console` block with prompts `$ `, lines without one are output.
 */
export function shellCommandsOf(markdown: string): ShellCommand[] {
  return codeBlocks(markdown)
    .filter(({ language }) => shells.includes(language))
    .flatMap(({ code, line }) => {
      const rows = code.split('\n');
      const prompted = rows.some((row) => row.startsWith('$ '));
      return wholeLines(rows)
        .filter(({ text }) => !prompted || text.startsWith('$ '))
        .flatMap(({ text, index }) =>
          commandsOfLine(text.replace(/^\$ /, '')).map((words) => ({ words, line: line + index })),
        );
    });
}

/** The lines of a block, each with those that `\` at its end joins to it. */
function wholeLines(rows: readonly string[]): { text: string; index: number }[] {
  const lines: { text: string; index: number }[] = [];
  let open = false;
  for (const [index, row] of rows.entries()) {
    const text = row.replace(/\\$/, '');
    if (open) lines.at(-1)!.text += ` ${text.trim()}`;
    else lines.push({ text, index });
    open = text !== row;
  }
  return lines;
}

function commandsOfLine(line: string): string[][] {
  const inner = [...line.matchAll(/\$\(([^)]*)\)/g)].flatMap(([, text]) => commandsOfLine(text!));
  const text = line.replaceAll(/\$\([^)]*\)/g, 'output').replaceAll(/<([\w-]+)>/g, '$1');
  const commands: string[][] = [[]];
  let redirected = false;
  for (const part of parse(text, (name) => `$${name}`)) {
    if (typeof part === 'string') {
      if (!redirected) commands.at(-1)!.push(part);
      redirected = false;
    } else if ('pattern' in part) {
      commands.at(-1)!.push(part.pattern);
    } else if ('op' in part) {
      redirected = part.op.includes('>') || part.op.includes('<');
      if (!redirected) commands.push([]);
    }
  }
  return [...commands.map(withoutVariables), ...inner].filter(({ length }) => length > 0);
}

function withoutVariables(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  return first === -1 ? [] : words.slice(first);
}
