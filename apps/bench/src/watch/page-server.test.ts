import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleEpoch,
  exampleEvaluation,
  exampleProgress,
  exampleResult,
  writeExampleRun,
} from '../../test/example-run.js';
import { loadPageFiles } from './page-files.js';
import { createPageServer, loopback } from './page-server.js';
import type { RunView, WatchMessage } from './messages.js';
import { createRunWatcher } from './run-watcher.js';

let folder = '';
let port = 0;
let close: () => void;
const files = await loadPageFiles();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
  const page = createPageServer({
    folder: 'runs',
    watcher: createRunWatcher(folder),
    files,
    pollMilliseconds: 50,
  });
  ({ close } = page);
  await new Promise<void>((done) => page.server.listen(0, loopback, done));
  ({ port } = page.server.address() as AddressInfo);
});

afterEach(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** A request as it is, without a client that tidies its path. */
function ask(path: string, { method = 'GET', host = `127.0.0.1:${port}` } = {}): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request({ host: loopback, port, path, method, headers: { host } }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      answer.on('end', () => {
        done({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      });
    });
    sent.on('error', fail).end();
  });
}

/** The page's news, one message a call. */
function news(): { readonly next: () => Promise<WatchMessage>; readonly stop: () => void } {
  const waiting: WatchMessage[] = [];
  const wanted: ((message: WatchMessage) => void)[] = [];
  let text = '';
  const sent = request({ host: loopback, port, path: '/events' }, (answer) => {
    answer.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        if (!block.startsWith('data: ')) continue;
        const message = JSON.parse(block.slice(6)) as WatchMessage;
        const want = wanted.shift();
        if (want) want(message);
        else waiting.push(message);
      }
    });
  });
  sent.on('error', () => undefined).end();
  return {
    next: () =>
      new Promise((done) => {
        const message = waiting.shift();
        if (message) done(message);
        else wanted.push(done);
      }),
    stop() {
      sent.destroy();
    },
  };
}

describe('createPageServer', () => {
  it('serves the page and its modules, all of them from itself', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'/);
    expect(body).not.toMatch(/https?:/);
    expect([...files.keys()].sort().join(' ')).toContain('/page.css /page.js');
    for (const [path, file] of files) {
      expect((await ask(path)).body).toBe(file.body);
      for (const [, name] of file.body.matchAll(/^import .* from '\.\/(.*)';$/gm))
        expect(files.has(`/${name}`)).toBe(true);
    }
  });

  it('sends all runs at first, then what is new, changed and gone', async () => {
    const run = join(folder, 'a');
    writeExampleRun(run, { progress: exampleProgress(), epochs: [exampleEpoch(1)] });
    const { next, stop } = news();
    const first = await next();
    expect(first).toMatchObject({
      kind: 'snapshot',
      folder: 'runs',
      runs: [
        {
          path: 'a',
          title: 'hyperspherical',
          experiment: 'quick/hyperspherical',
          status: 'training',
          epoch: 1,
          epochs: 3,
          curves: { epochs: [1], trainLoss: [1], metrics: { accuracy: [0.5] } },
        },
      ],
    });
    writeExampleRun(run, { progress: exampleProgress({ step: 9, loss: 0.25 }) });
    const second = await next();
    expect(second).toMatchObject({ kind: 'changes', gone: [], runs: [{ step: 9, loss: 0.25 }] });
    expect(second.runs[0]).not.toHaveProperty('curves');
    writeExampleRun(join(folder, 'study', 'b'), {
      result: exampleResult({ status: 'diverged', reason: 'the loss became NaN' }),
    });
    expect((await next()).runs).toMatchObject([
      { path: join('study', 'b'), status: 'diverged', explanation: 'the loss became NaN' },
    ]);
    rmSync(run, { recursive: true });
    expect(await next()).toEqual({ kind: 'changes', runs: [], gone: [first.runs[0]!.id] });
    stop();
  });

  it('goes on when the whole folder is deleted and made again', async () => {
    writeExampleRun(join(folder, 'a'), { progress: exampleProgress() });
    const { next, stop } = news();
    await next();
    rmSync(folder, { recursive: true });
    expect(await next()).toMatchObject({ runs: [], gone: [expect.any(String)] });
    writeExampleRun(join(folder, 'a'), { progress: exampleProgress() });
    expect((await next()).runs).toHaveLength(1);
    stop();
  });

  it('answers with the evaluation of a run that it knows, and with nothing else', async () => {
    const evaluation = exampleEvaluation();
    writeExampleRun(join(folder, 'a'), { progress: exampleProgress(), evaluation });
    writeExampleRun(join(folder, 'bad'), {
      progress: exampleProgress(),
      evaluation: { ...evaluation, epoch: -1 },
    });
    const { next, stop } = news();
    const { runs } = await next();
    const of = (path: string): RunView => runs.find((run) => run.path === path)!;
    const answer = await ask(`/evaluation?run=${of('a').id}`);
    expect(JSON.parse(answer.body)).toEqual(evaluation);
    for (const id of [of('bad').id, '', 'a', '../a', '%2e%2e%2fa', encodeURIComponent(folder)])
      expect((await ask(`/evaluation?run=${id}`)).status).toBe(404);
    stop();
  });

  it('knows no paths but the page’s own', async () => {
    for (const path of [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '//etc/passwd',
      '/page.ts',
      '/messages.d.ts',
      `/${folder}`,
      '/tsconfig.json',
      'http://127.0.0.1/x',
    ])
      expect(await ask(path)).toMatchObject({ status: 404, body: 'There is nothing here.\n' });
  });

  it('answers while runs have files of 200 MB, lines without an end, and pipes in place of files', async () => {
    const make = {
      large: (path: string) => {
        writeFileSync(path, '');
        truncateSync(path, 200 * 2 ** 20);
      },
      'long-line': (path: string) => {
        writeFileSync(path, `${'['.repeat(2 ** 20)}\n`);
      },
      pipe: (path: string) => execFileSync('mkfifo', [path]),
      device: (path: string) => {
        symlinkSync('/dev/zero', path);
      },
    };
    for (const [kind, makeFile] of Object.entries(make))
      for (const name of ['epochs.jsonl', 'progress.json', 'result.json', 'evaluation.json', 'config.json']) {
        const run = join(folder, `${kind}-${name.replace('.', '-')}`);
        writeExampleRun(run, { progress: exampleProgress() });
        rmSync(join(run, name), { force: true });
        makeFile(join(run, name));
      }
    writeExampleRun(join(folder, 'good'), { progress: exampleProgress(), evaluation: exampleEvaluation() });
    const { next, stop } = news();
    const seen = new Map<string, RunView>();
    while (seen.size < 21) for (const run of (await next()).runs) seen.set(run.path, run);
    expect(seen.get('good')!.status).not.toBe('unreadable');
    for (const kind of Object.keys(make))
      for (const name of ['epochs-jsonl', 'progress-json', 'result-json'])
        expect(seen.get(`${kind}-${name}`)).toMatchObject({ status: 'unreadable' });
    expect(seen.get('large-epochs-jsonl')!.explanation).toMatch(/has 209715200 bytes; at most 16777216 are/);
    expect(seen.get('pipe-epochs-jsonl')!.explanation).toMatch(/is a named pipe, not a file/);
    for (const kind of Object.keys(make)) {
      const { id } = seen.get(`${kind}-evaluation-json`)!;
      expect((await ask(`/evaluation?run=${id}`)).status).toBe(404);
    }
    expect((await ask(`/evaluation?run=${seen.get('good')!.id}`)).status).toBe(200);
    stop();
  });

  it('shows nothing of what links of a run lead to outside of its folder', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'bench-outside-'));
    writeExampleRun(outside, {
      progress: exampleProgress({ title: 'secret' }),
      result: exampleResult({ title: 'secret' }),
      evaluation: exampleEvaluation(),
    });
    symlinkSync(outside, join(folder, 'linked'));
    const run = join(folder, 'run');
    mkdirSync(run);
    for (const name of ['result.json', 'evaluation.json']) symlinkSync(join(outside, name), join(run, name));
    const { next, stop } = news();
    const first = await next();
    expect(JSON.stringify(first)).not.toContain('secret');
    expect(first.runs.map(({ path, status }) => [path, status])).toEqual([['run', 'unreadable']]);
    expect((await ask(`/evaluation?run=${first.runs[0]!.id}`)).status).toBe(404);
    stop();
    rmSync(outside, { recursive: true });
  });

  it('refuses names that are not this machine’s, so that pages elsewhere cannot read it', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '192.168.0.2',
    ])
      expect((await ask('/', { host })).status).not.toBe(200);
    expect((await ask('/events', { host: 'evil.example' })).body).toMatch(
      /served to 127\.0\.0\.1 and localhost only/,
    );
    // A tunnel may have another port.
    for (const host of ['localhost', 'localhost:9999', '127.0.0.1:9999'])
      expect((await ask('/', { host })).status).toBe(200);
  });

  it('only shows', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await ask('/', { method })).status).toBe(405);
    expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });
});
