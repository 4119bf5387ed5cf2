import { describe, expect, it } from 'vitest';
import { shellCommandsOf } from './shell-commands.js';

const words = (block: string, language = 'sh') =>
  shellCommandsOf(`\`\`\`${language}\n${block}\n\`\`\`\n`).map((command) => command.words.join(' '));

describe('shellCommandsOf', () => {
  it('reads fenced and indented blocks, each command with its line', () => {
    const text = 'Text\n\n    npm test   # all of them\n\n```sh\ncd a\nbench list\n```\n\n```json\n{}\n```\n';
    expect(shellCommandsOf(text)).toEqual([
      { words: ['npm', 'test'], line: 3 },
      { words: ['cd', 'a'], line: 6 },
      { words: ['bench', 'list'], line: 7 },
    ]);
  });

  it('parts what the shell parts', () => {
    expect(words('A=1 npx x --a="b c" && y | z > out.txt; w 2> err.txt')).toEqual([
      'npx x --a=b c',
      'y',
      'z',
      'w 2',
    ]);
    expect(words('eval "$(bench completion bash)"')).toEqual(['eval output', 'bench completion bash']);
  });

  it('joins lines that end in a backslash', () => {
    expect(shellCommandsOf('```sh\nbench run a \\\n  --epochs 1\nbench list\n```\n')).toEqual([
      { words: ['bench', 'run', 'a', '--epochs', '1'], line: 2 },
      { words: ['bench', 'list'], line: 4 },
    ]);
  });

  it('takes placeholders, patterns and variables as words', () => {
    expect(words('bench get <name> *.png $HOME ~/x')).toEqual(['bench get name *.png $HOME ~/x']);
  });

  it('tells commands from output by the prompt', () => {
    expect(words('$ bench list\nquick/softmax', 'console')).toEqual(['bench list']);
  });

  it('passes over other languages', () => {
    expect(words('bench list', 'ts')).toEqual([]);
  });
});
