import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleEpoch, exampleProgress, exampleResult } from '../../test/example-run.js';
import { createSweepView } from './sweep-view.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-sweep-view-'));
  vi.stubEnv('TERM', 'xterm');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function stream(isTTY: boolean): NodeJS.WriteStream {
  return Object.assign(new PassThrough(), { isTTY, columns: 200, rows: 24 }) as unknown as NodeJS.WriteStream;
}

/** What has been written since the last call, without control sequences. */
function written(to: NodeJS.WriteStream): string {
  const text = (to as unknown as PassThrough).read() as Buffer | null;
  // eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
  return String(text ?? '').replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '');
}

describe('createSweepView', () => {
  it('shows a bar for the sweep and a line a run, read from the folders', () => {
    vi.useFakeTimers();
    const to = stream(true);
    const view = createSweepView(to, { total: 4, done: 1 });
    view.start({ id: 'a', title: 'softmax, seed 0', folder });
    expect(written(to)).toMatch(/1 of 4 runs.*\nsoftmax, seed 0 {2}starting \.\.\./);
    writeFileSync(join(folder, 'progress.json'), JSON.stringify(exampleProgress({ epoch: 2 })));
    appendFileSync(join(folder, 'epochs.jsonl'), `${JSON.stringify(exampleEpoch(1))}\n`);
    vi.advanceTimersByTime(600);
    expect(written(to)).toContain(
      'softmax, seed 0  epoch 2/3  ━━━━━━━━━━──────────  loss 0.500  accuracy 50.0 %  1000 images/s  1:15 left',
    );
    view.end('a', exampleResult());
    expect(written(to)).toMatch(/softmax, seed 0: completed, accuracy 83\.3 %, 0:30\n[^]*2 of 4 runs/);
    view.close();
    view.close();
  });

  it('shows runs elsewhere by what it is told of them, and counts failures', () => {
    vi.useFakeTimers();
    const to = stream(true);
    const view = createSweepView(to, { total: 2 });
    view.start({ id: 'far' });
    view.update('far', exampleProgress({ phase: 'evaluating', step: 10 }));
    vi.advanceTimersByTime(600);
    expect(written(to)).toMatch(/far {2}epoch 1\/3 {2}━{20} {2}testing \.\.\./);
    view.end('far', 'the worker died three times.');
    expect(written(to)).toMatch(/far: the worker died three times\.\n[^]*1 of 2 runs {2}1 failed/);
    view.close();
  });

  it('is no taller than the terminal', () => {
    const to = stream(true);
    const view = createSweepView(to, { total: 100 });
    for (let index = 0; index < 50; index += 1) view.start({ id: `run ${index}` });
    view.log('note');
    expect(written(to).split('\n').slice(-30).join('\n')).toContain('and 29 more');
    view.close();
  });

  it('writes a line when a run begins and when it ends where lines cannot be changed', () => {
    const to = stream(false);
    const view = createSweepView(to, { total: 2 });
    view.start({ id: 'a' });
    view.update('a', exampleProgress());
    view.end('a', exampleResult({ status: 'diverged', reason: 'the loss became NaN', final: null }));
    view.close();
    expect(written(to)).toBe('a: started\na: diverged, the loss became NaN, 0:30\n');
  });
});
