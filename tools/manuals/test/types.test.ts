import { describe, expect, it } from 'vitest';
import { typeErrors } from '../src/index.js';
import { root, writtenPrograms } from './written-programs.js';

describe('the programs in our Markdown files', () => {
  it('have no type errors', () => {
    const programs = writtenPrograms('types');
    const errors = typeErrors(
      root,
      programs.map(({ path }) => path),
    ).map(({ file, line, message }) => {
      const program = programs.find(({ path }) => path === file);
      return `${program?.from ?? file}:${program?.lines[line - 1] ?? line}: ${message}`;
    });
    expect(errors).toEqual([]);
  });
});
