import { describe, expect, it } from 'vitest';
import { programsOf } from './programs.js';

const block = (code: string, language = 'ts') => `\`\`\`${language}\n${code}\n\`\`\`\n`;

describe('programsOf', () => {
  it('takes blocks of TypeScript and JavaScript alone', () => {
    const text = `${block('npm test', 'sh')}\n${block('const a = 1;')}\n${block('{}', 'json')}\n${block('let b;', 'js')}\n    c;\n`;
    expect(programsOf(text).map(({ language, code }) => [language, code])).toEqual([
      ['ts', 'const a = 1;\n'],
      ['js', 'let b;\n'],
    ]);
  });

  it('puts what a reader has before and what must be true after, and knows the line of each line', () => {
    const text = `Text\n\n<!-- before:\nlet a = 1;\nlet b = 2;\n-->\n\n${block('a += 1;\nb += a;')}\n<!-- after: if (b !== 4) throw new Error(); -->\n`;
    expect(programsOf(text)).toEqual([
      {
        language: 'ts',
        code: 'let a = 1;\nlet b = 2;\na += 1;\nb += a;\nif (b !== 4) throw new Error();\n',
        line: 9,
        // What is hidden before has the line of the block; what is hidden after, the line below it.
        lines: [9, 9, 9, 10, 11],
      },
    ]);
  });

  it('joins a block to the one that it continues', () => {
    const text = `${block('let a = 1;', 'js')}\nText\n\n<!-- continues -->\n\n${block('a += 1;')}\n${block('let c;')}`;
    expect(programsOf(text)).toMatchObject([
      { language: 'ts', code: 'let a = 1;\na += 1;\n', line: 2, lines: [2, 10] },
      { language: 'ts', code: 'let c;\n', line: 14 },
    ]);
  });

  it('lets a first block that says it continues be a program of its own', () => {
    expect(programsOf(`<!-- continues -->\n\n${block('let a;')}`)).toHaveLength(1);
  });

  it('says why a program does not run, where its first line does', () => {
    expect(programsOf(block('// not run: it needs a file\nlet a;'))[0]!.notRun).toBe('it needs a file');
    expect(programsOf(block('let a; // not run: no'))[0]).not.toHaveProperty('notRun');
    expect(programsOf(block('let a;\n// not run: too late'))[0]).not.toHaveProperty('notRun');
  });
});
