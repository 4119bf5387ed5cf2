import { describe, expect, it } from 'vitest';
import { codeBlocks } from './code-blocks.js';

describe('codeBlocks', () => {
  it('gives fenced and indented blocks in order, each with the line of its first line of code', () => {
    const text = 'Text\n\n    npm install\n\n```ts\nconst a = 1;\n```\n\n~~~js title=x\nlet b;\n~~~\n';
    expect(codeBlocks(text)).toMatchObject([
      { language: '', code: 'npm install\n', line: 3 },
      { language: 'ts', code: 'const a = 1;\n', line: 6 },
      { language: 'js', code: 'let b;\n', line: 10 },
    ]);
  });

  it('finds those inside of lists, without the indentation', () => {
    const text = '1. Step\n\n   ```ts\n   const a = 1;\n   ```\n\n2. Step\n\n       npm test\n';
    expect(codeBlocks(text)).toMatchObject([
      { language: 'ts', code: 'const a = 1;\n', line: 4 },
      { language: '', code: 'npm test\n', line: 9 },
    ]);
  });

  it('reads what comments say before and after a block', () => {
    const text = [
      '<!-- before:',
      'const a = 1;',
      '-->',
      '',
      '<!-- before: const b = 2; -->',
      '',
      '```ts',
      'a + b;',
      '```',
      '',
      '<!-- after: if (a > b) throw new Error(); -->',
    ].join('\n');
    expect(codeBlocks(text)).toEqual([
      {
        language: 'ts',
        code: 'a + b;\n',
        line: 8,
        before: 'const a = 1;\nconst b = 2;',
        after: 'if (a > b) throw new Error();',
        continues: false,
      },
    ]);
  });

  it('heeds comments next to the block alone', () => {
    const text = '<!-- before: const a = 1; -->\n\nText\n\n```ts\nb;\n```\n\nText\n\n<!-- after: c -->\n';
    expect(codeBlocks(text)[0]).toMatchObject({ before: '', after: '', continues: false });
  });

  it('passes over other comments', () => {
    expect(codeBlocks('<!-- table:end -->\n\n```ts\na;\n```\n')[0]).toMatchObject({
      before: '',
      continues: false,
    });
  });

  it('tells that a block continues the one before', () => {
    const text = '```ts\nlet a;\n```\n\nText\n\n<!-- continues -->\n\n```ts\na = 1;\n```\n';
    expect(codeBlocks(text).map(({ continues }) => continues)).toEqual([false, true]);
  });

  it('finds none in inline code, comments and running text', () => {
    expect(codeBlocks('`const a = 1;`\n\n<!--\n```ts\nlet b;\n```\n-->\n')).toEqual([]);
  });
});
