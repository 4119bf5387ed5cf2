// A worker whose runs are fake ones: `fake-worker.ts <url> <out> <jobs>`; it counts as dead after two seconds without a sign of life.
import { fileURLToPath } from 'node:url';
import { stopSignal } from '../src/printing/stop-signal.js';
import { childRunner } from '../src/sweep/child-runner.js';
import { connectRedis } from '../src/sweep/connect-redis.js';
import { workThroughRedis } from '../src/sweep/work-through-redis.js';

const [url = '', out = '', jobs = '1'] = process.argv.slice(2);
const onMessage = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const connection = await connectRedis(url, onMessage);
const command = [process.execPath, fileURLToPath(new URL('fake-run.js', import.meta.url))];
await workThroughRedis({
  connection,
  runner: childRunner({ command }),
  jobs: Number(jobs),
  out,
  signal: stopSignal().signal,
  onMessage,
  lockMilliseconds: 2000,
});
connection.close();
