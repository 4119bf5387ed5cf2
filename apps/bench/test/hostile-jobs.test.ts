import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deliveriesOf } from '../src/sweep/deliveries.js';
import { sweepNotesFolder } from '../src/sweep/sweep-record.js';
import {
  aside,
  connection,
  experiment,
  name,
  other,
  out,
  queue,
  said,
  sweep,
  sweepId,
  until,
  work,
  useRedis,
} from './hostile-redis.js';

useRedis();

describe('a job that cannot be used is set aside, and the worker goes on', () => {
  const data = (run: object = {}, sweepOf: object = {}): object => ({
    schemaVersion: 1,
    sweep: { id: other, name: 'evil', ...sweepOf },
    run: { id: 'r', folder: 'a/b/seed-0', experiment, ...run },
  });
  const raw = async (id: string, fields: Record<string, string>): Promise<void> => {
    await queue.add('x', data(), { jobId: id });
    await connection.client.hset(`hyperspherical:runs:${id}`, fields);
  };

  it('and does not wait for those that its queue cannot read', async () => {
    const { client } = connection;
    await raw('not-json', { data: '{not json' });
    await raw('no-data', { data: '' });
    await raw('options', { opts: 'null' });
    await raw('backoff', { opts: '{"attempts":3,"backoff":{"type":"evil"}}' });
    await raw('keeping', { opts: '{"removeOnFail":"x"}' });
    await raw('parent', { parent: '{oops', parentKey: 'x:y:z' });
    await raw('repeated', { rjk: 'a:b:c:d:e' });
    await raw('progress', { progress: '{' });
    await queue.add('x', data(), { jobId: 'string' });
    await client.del('hyperspherical:runs:string');
    await client.set('hyperspherical:runs:string', 'x');
    await queue.add('x', data(), { jobId: 'next-century', delay: 3e12 });
    await queue.add('x', data({ id: 'good', folder: 'good/seed-0' }), { jobId: 'good' });
    await work(out, { untilEmpty: true });
    expect(await deliveriesOf(other, connection.client).runIds()).toEqual(['good']);
    expect(
      aside(join(out, 'remote', 'set-aside'))
        .map(({ what, reason }) => `${what}: ${reason}`)
        .sort(),
    ).toEqual([
      'Job backoff: its opts are not those of a sweep',
      'Job keeping: its opts are not those of a sweep',
      'Job no-data: its data is not JSON',
      'Job not-json: its data is not JSON',
      'Job options: its opts are not those of a sweep',
      'Job parent: it has parent, which no job of a sweep has',
      'Job progress: its progress is not JSON',
      'Job repeated: it has rjk, which no job of a sweep has',
      'Job string: it is a string in Redis, not a hash',
    ]);
    expect(said.at(-1)).toBe(`9 jobs were set aside, in ${join(out, 'remote', 'set-aside')}.`);
  });

  it('and writes nothing where other things are, whatever ids, names and folders say', async () => {
    const { done, tasks } = sweep(1);
    await until(async () => (await queue.getJobCounts('waiting')).waiting === 1);
    const notes = readFileSync(join(sweepNotesFolder(out, name), 'sweep.json'), 'utf8');
    const own = { id: sweepId, name };
    const evil = [
      ...['sweep', 'Sweep', '..', '../x', 'x'.repeat(300)].map((id) => data({ id }, own)),
      ...[
        '../x',
        '..',
        '/etc',
        'a/../../x',
        'a\\..\\x',
        'a//b',
        'a/',
        'a\nb',
        'a/\0',
        '~/x',
        'a./b',
        'ſweeps/s',
      ].map((inner) => data({ folder: inner })),
      ...['sweeps/hostile', 'Sweeps/hostile', 'SWEEPS/x/seed-0', 'remote/x'].map((inner) =>
        data({ folder: inner }, own),
      ),
      ...['a/'.repeat(3000) + 'a', 'x'.repeat(1000)].map((inner) => data({ folder: inner })),
      ...['../x', '__proto__', 'A', 'x'.repeat(300)].map((sweepName) => data({}, { name: sweepName })),
      data({ experiment: { ...experiment, description: 'x'.repeat(5 << 20) } }),
      data({ experiment: JSON.parse('['.repeat(70) + ']'.repeat(70)) as unknown }),
    ];
    await queue.addBulk(evil.map((each, at) => ({ name: 'x', data: each, opts: { jobId: `evil-${at}` } })));
    // Of the sweep's own id, but not one of its runs.
    await queue.add('x', data({ id: 'x1', folder: 'other/run/seed-9' }, own), { jobId: 'stranger' });
    await work(out, { untilEmpty: true });
    expect(await done).toMatchObject([{ status: 'completed' }]);
    expect(
      (JSON.parse(readFileSync(join(sweepNotesFolder(out, name), 'sweep.json'), 'utf8')) as { id: string })
        .id,
    ).toBe((JSON.parse(notes) as { id: string }).id);
    expect(readdirSync(out).sort()).toEqual(['quick', 'remote', 'sweeps']);
    expect(readdirSync(join(out, 'sweeps'))).toEqual([name]);
    expect(aside(join(out, 'remote', 'set-aside'))).toHaveLength(evil.length);
    expect(tasks).toHaveLength(1);
  });
});

describe('a worker reads only files that its own command line allows', () => {
  const job = (id: string, changes: object): object => ({
    schemaVersion: 1,
    sweep: { id: other, name: 'evil' },
    run: { id, folder: `${id}/seed-0`, experiment: { ...experiment, ...changes } },
  });
  const words = (path: string): object => ({
    head: {
      kind: 'prototype-classifier',
      prototypes: { method: 'word-vectors', dimensions: 3, words: path },
    },
  });
  const answers = async (): Promise<Record<string, string>> => {
    const deliveries = deliveriesOf(other, connection.client);
    const texts: Record<string, string> = {};
    for (const id of await deliveries.runIds()) {
      const { outcome } = (await deliveries.get(id))!;
      texts[id] = outcome.status === 'refused' ? outcome.reason : outcome.status;
    }
    return texts;
  };

  it('and refuses all others by their setting, before anything is read', async () => {
    const inside = join(out, 'own.txt');
    writeFileSync(inside, 'not read');
    const prototypes = (choice: object): object => ({
      head: { kind: 'prototype-classifier', prototypes: choice },
    });
    const jobs = {
      ...{
        passwd: words('/etc/passwd'),
        environ: words('/proc/self/environ'),
        relative: words('package.json'),
      },
      up: words(join(out, '..', 'redis')),
      npy: prototypes({ method: 'file', path: '/etc/shadow' }),
      run: prototypes({ method: 'run', from: '/home/{seed}' }),
      weights: { initialise: { from: '/etc' } },
      own: words(inside),
    };
    const list = Object.entries(jobs).map(([id, changes]) => ({ name: 'x', data: job(id, changes) }));
    await queue.addBulk(list);
    await work(out, { untilEmpty: true });
    const { own, ...refused } = await answers();
    expect(own).toBe('finished');
    expect(Object.keys(refused)).toHaveLength(7);
    for (const [id, reason] of Object.entries(refused))
      expect([id, reason]).toEqual([
        id,
        expect.stringMatching(
          /^(head\.prototypes\.(words|path|from)|initialise\.from) is .*, and the worker on .* may not read there; start it with --read <folder>, or /,
        ),
      ]);
    expect(refused.run).toMatch(/^head\.prototypes\.from is \/home\/0, /);
  });

  it('and says what went wrong with them on its own machine alone', async () => {
    writeFileSync(join(out, 'secret.txt'), 'API-KEY sk-live-0123');
    await queue.add('x', job('quoting', words(join(out, 'secret.txt'))));
    await queue.add('x', job('plain', {}));
    await work(out, { untilEmpty: true, refuses: 'line 1 is sk-live-0123, not a number' });
    const { quoting, plain } = await answers();
    expect(quoting).toMatch(
      /^its output says why, in .*quoting\.log on .*; it is not sent, because it may quote/,
    );
    expect(plain).toBe('line 1 is sk-live-0123, not a number');
    expect(said).toContainEqual(expect.stringMatching(/^refused: .*sk-live-0123/));
  });
});
