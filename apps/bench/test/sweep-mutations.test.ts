import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deliveriesOf } from '../src/sweep/deliveries.js';
import { openSweepRecord, sweepNotesFolder } from '../src/sweep/sweep-record.js';
import { mutants } from './mutants.js';
import {
  aside,
  connection,
  deliver,
  experiment,
  finished,
  good,
  name,
  other,
  out,
  queue,
  sweep,
  sweepId,
  until,
  work,
  useRedis,
} from './hostile-redis.js';

useRedis();

describe('seeded mutations', () => {
  it('of deliveries never end a sweep, nor write a file that is not whole', async () => {
    const { done, tasks } = sweep(1);
    const text = finished(good);
    let sent = 0;
    for (const mutant of mutants(text, 100, 1)) {
      await deliver(tasks[0]!.id, mutant);
      sent += 1;
      await until(
        async () => !(await connection.client.hexists(`hyperspherical:deliveries:${sweepId}`, tasks[0]!.id)),
      );
      // A mutation of a text that nothing depends on is none.
      if (existsSync(join(tasks[0]!.folder, 'result.json'))) break;
    }
    expect(sent).toBeGreaterThan(3);
    if (!existsSync(tasks[0]!.folder)) await deliver(tasks[0]!.id, text);
    expect(await done).toMatchObject([
      { status: expect.stringMatching(/^(completed|diverged|refused)$/) as string },
    ]);
  });

  it('of jobs never end a worker, nor keep it waiting, nor lead out of its folder', async () => {
    const data = JSON.stringify({
      schemaVersion: 1,
      sweep: { id: other, name: 'evil' },
      run: { id: 'r', folder: 'a/b/seed-0', experiment },
    });
    const opts = JSON.stringify({
      attempts: 1,
      removeOnFail: { age: 100 },
      backoff: { type: 'fixed', delay: 1 },
    });
    const texts = [...mutants(data, 80, 2)];
    const options = [...mutants(opts, 80, 3)];
    await queue.addBulk(texts.map((_, at) => ({ name: 'x', data: {}, opts: { jobId: `fuzz-${at}` } })));
    for (const [at, text] of texts.entries())
      await connection.client.hset(`hyperspherical:runs:fuzz-${at}`, {
        data: text,
        ...(at % 3 === 0 ? { opts: options[at]! } : {}),
      });
    await queue.add('x', { ...(JSON.parse(data) as object) }, { jobId: 'good' });
    await work(out, { untilEmpty: true });
    expect(await deliveriesOf(other, connection.client).runIds()).toContain('r');
    expect(readdirSync(out)).toEqual(['remote']);
    expect(aside(join(out, 'remote', 'set-aside')).length).toBeGreaterThan(25);
  });

  it('of sweep.json never stop a sweep from starting', () => {
    const path = join(sweepNotesFolder(out, name), 'sweep.json');
    const { progress } = sweep(0);
    progress.close();
    const text = readFileSync(path, 'utf8');
    for (const mutant of mutants(text, 100, 4)) {
      writeFileSync(path, mutant);
      expect(openSweepRecord(out, name).id).toMatch(/^[0-9a-f-]{36}$/i);
    }
  });
});
