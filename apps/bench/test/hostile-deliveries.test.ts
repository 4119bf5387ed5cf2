import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReturnedFiles } from '../src/sweep/returned-files.js';
import type { RunTask } from '../src/sweep/run-task.js';
import { jobId } from '../src/sweep/sweep-queue.js';
import { fakeFiles } from './fake-runner.js';
import {
  aside,
  changed,
  connection,
  deliver,
  finished,
  good,
  out,
  queue,
  sweep,
  sweepId,
  until,
  work,
  useRedis,
} from './hostile-redis.js';

useRedis();

describe('a delivery that cannot be used is set aside, and the sweep goes on', () => {
  const cases: [string, string, RegExp][] = [
    ['not JSON', '{oops', /is not valid JSON/],
    ['null', 'null', /is not what this version reads/],
    ['of another version', '{"schemaVersion":9}', /is not what this version reads, at schemaVersion/],
    ['nested deeply', '['.repeat(50_000) + ']'.repeat(50_000), /is nested more than 64 levels deep/],
    ['without files', finished({}), /lack result\.json/],
    [
      'with a file of its own',
      finished({ ...good, '../x': 'y' } as ReturnedFiles),
      /not what this version reads/,
    ],
    [
      'with a result that is not JSON',
      finished({ ...good, 'result.json': '{oops' }),
      /result\.json .* is not valid JSON/,
    ],
    [
      'with a config that is not JSON',
      finished({ ...good, 'config.json': '{oops' }),
      /config\.json .* is not valid JSON/,
    ],
    [
      'of another experiment',
      changed('config.json', '"batchSize":128', '"batchSize":7'),
      /of another experiment/,
    ],
    ['of another seed', changed('result.json', '"seed":0', '"seed":1'), /of another experiment/],
    [
      'of a run that was interrupted',
      changed('result.json', '"completed"', '"interrupted"'),
      /was interrupted/,
    ],
    [
      'with other numbers in result and history',
      changed('result.json', '"accuracy":[0.5]', '"accuracy":[0.9]'),
      /result\.json/,
    ],
    [
      'with an environment that is no JSON',
      finished({ ...good, 'environment.json': 'x' }),
      /environment\.json .* is not valid JSON/,
    ],
    [
      'with epochs that are none',
      finished({ ...good, 'epochs.jsonl': 'FORGED <script>\n' }),
      /epochs\.jsonl .* is not valid JSON/,
    ],
    [
      'with too few epochs',
      finished({ ...good, 'epochs.jsonl': '' }),
      /has 0 whole lines, and its result 1 epochs/,
    ],
    [
      'with an evaluation that is none',
      finished({ ...good, 'evaluation.json': '{}' }),
      /evaluation\.json .* is not what/,
    ],
    [
      'of 20 MB without a meaning',
      finished({ ...good, 'epochs.jsonl': 'x'.repeat(20 << 20) }),
      /epochs\.jsonl/,
    ],
    [
      'with a reason of a megabyte',
      JSON.stringify({
        schemaVersion: 1,
        host: 'x',
        outcome: { status: 'refused', reason: 'x'.repeat(1 << 20) },
      }),
      /not what this version reads/,
    ],
  ];

  it('whatever is wrong with it; a good one that follows is taken', async () => {
    const { done, messages, tasks, progress } = sweep(1);
    const [{ id, folder: place }] = tasks as [RunTask];
    for (const [at, [what, text, reason]] of cases.entries()) {
      await deliver(id, text);
      await until(() => aside().length === at + 1);
      const kept = aside()[at]!;
      expect([what, kept.reason]).toEqual([what, expect.stringMatching(reason)]);
      expect(kept.what).toBe(`What came for ${id}`);
      expect(text.startsWith(kept.text)).toBe(true);
      expect(progress.runs[0]!.status).toBe('waiting');
      expect(existsSync(place)).toBe(false);
    }
    expect(messages[0]).toMatch(
      /^What came for softmax-seed-0-0123456789abcdef is set aside: .*\(1 so far\.\)$/s,
    );
    await deliver(id, finished(good));
    expect(await done).toMatchObject([{ status: 'completed', host: 'elsewhere' }]);
  });

  it('also something else where the deliveries of a sweep belong', async () => {
    await connection.client.set(`hyperspherical:deliveries:${sweepId}`, 'x');
    const { done } = sweep(1);
    await work(out, { untilEmpty: true });
    expect(await done).toMatchObject([{ status: 'completed' }]);
    expect([...aside(), ...aside(join(out, 'remote', 'set-aside'))]).toMatchObject([
      { reason: 'it is a string, not a hash', text: 'x' },
    ]);
  });

  it('and a run for which nothing usable ever comes is failed after as many attempts as are allowed', async () => {
    const { done, tasks } = sweep(2, { attempts: 2 });
    // A worker of another version, say: it takes the job, puts it away, and delivers what cannot be read.
    const bad = setInterval(() => {
      void queue
        .remove(jobId(sweepId, tasks[0]!.id))
        .then(() => deliver(tasks[0]!.id, '{"schemaVersion":2}'));
    }, 10);
    try {
      await until(() => aside().length > 1);
      await deliver(tasks[1]!.id, finished(fakeFiles(tasks[1]!.experiment)));
      expect(await done).toMatchObject([
        {
          status: 'failed',
          reason: expect.stringMatching(/^It is not what this version reads, at schemaVersion/) as string,
        },
        { status: 'completed' },
      ]);
    } finally {
      clearInterval(bad);
    }
  });
});
