// Stands in for `bench run` where a test wants hundreds of runs in seconds: the same words, folder, lock, signals and exit codes, and
// no training. FAKE_LEDGER names a file that every beginning and end is added to; FAKE_MILLISECONDS is how long a run takes; an
// experiment that is called `crashes`, `crashes-once`, `diverges` or `is-refused` does so.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const [, , , experimentFile, , folder] = process.argv;
const experiment = JSON.parse(readFileSync(experimentFile, 'utf8'));
const { title, name, study, seed } = experiment;

const note = (what) => {
  if (process.env.FAKE_LEDGER) appendFileSync(process.env.FAKE_LEDGER, `${what} ${name} ${seed} ${folder}\n`);
};
const stop = (code, sentence) => {
  if (sentence) process.stderr.write(`${sentence}\n`);
  process.exit(code);
};
const write = (file, value) => {
  const path = join(folder, file);
  writeFileSync(`${path}.${process.pid}.tmp`, `${JSON.stringify(value)}\n`);
  renameSync(`${path}.${process.pid}.tmp`, path);
};

if (name === 'is-refused') stop(2, 'The data are not there. Fetch them with bench data get.');
if (existsSync(join(folder, 'result.json'))) stop(0);
mkdirSync(folder, { recursive: true });
const lock = join(folder, 'lock.json');
try {
  writeFileSync(lock, JSON.stringify({ process: process.pid }), { flag: 'wx' });
} catch {
  const holder = JSON.parse(readFileSync(lock, 'utf8')).process;
  let alive = true;
  try {
    process.kill(holder, 0);
  } catch {
    alive = false;
  }
  if (alive) stop(1, `${folder} is being written by process ${holder}.`);
  writeFileSync(lock, JSON.stringify({ process: process.pid }));
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    note('stop');
    rmSync(lock);
    stop(1, 'Interrupted.');
  });
}
write('config.json', experiment);
if (name === 'crashes-once' && !existsSync(join(folder, 'crashed'))) {
  writeFileSync(join(folder, 'crashed'), '');
  process.kill(process.pid, 'SIGKILL');
}
if (name === 'crashes') stop(3, 'Out of luck.');
note('begin');
setTimeout(
  () => {
    const diverged = name === 'diverges';
    const epoch = {
      epoch: 1,
      steps: 1,
      learningRate: 0.1,
      trainLoss: 1,
      testLoss: 1,
      metrics: { accuracy: 0.5 },
      trainSeconds: 1,
      testSeconds: 1,
      imagesPerSecond: 1,
    };
    write('environment.json', { by: process.pid });
    write('epochs.jsonl', epoch);
    write('result.json', {
      schemaVersion: 2,
      status: diverged ? 'diverged' : 'completed',
      ...(diverged ? { reason: 'the loss is NaN at step 1' } : {}),
      ...{ study, name, title, seed, configuration: '0' },
      task: 'classification',
      metric: { name: 'accuracy', higherIsBetter: true },
      reproduces: [],
      ...{ parameters: 1, epochs: 1, steps: 1, final: epoch, best: epoch },
      history: { trainLoss: [1], testLoss: [1], accuracy: [0.5] },
      ...{ seconds: 1, imagesPerSecond: 1 },
      startedAt: new Date().toISOString(),
      finishedAt: new Date().toISOString(),
      environment: {
        ...{ commit: null, dirty: null, bench: '0', tfjs: '0', tensorflow: null, node: '0', platform: '-' },
        ...{ cpu: '-', cores: 1, mode: 'graph' },
      },
    });
    rmSync(lock);
    note('end');
    stop(diverged ? 1 : 0);
  },
  Number(process.env.FAKE_MILLISECONDS ?? 10),
);
