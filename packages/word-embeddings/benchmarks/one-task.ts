/** One task in a process of its own; prints one line of JSON. See against-gensim.ts. */
import { readFileSync } from 'node:fs';
import { analogy, nearestWords } from '../src/index.js';
import { openWordVectors } from '../src/node.js';

const [task, path, cacheFolder, ...words] = process.argv.slice(2);
const start = performance.now();
const table = await openWordVectors(path, {
  cache: cacheFolder !== '',
  ...(cacheFolder !== '' && { cacheFolder }),
  ...(task === 'look-up' && { words }),
});
const found = words.map((word) => table.vector(word)).filter((vector) => vector !== undefined);
const seconds = (performance.now() - start) / 1000;
// The peak of this program alone; resourceUsage().maxRSS begins with that of the program that started it.
const megabytes = Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;
let sum = 0;
for (const vector of found) for (const value of vector) sum += value;
let more = {};
if (task === 'whole') {
  nearestWords(table, 'dog');
  const before = performance.now();
  const near = nearestWords(table, 'frog', { count: 5 });
  const nearSeconds = (performance.now() - before) / 1000;
  more = {
    near,
    nearSeconds,
    analogy: analogy(table, { positive: ['king', 'woman'], negative: ['man'], count: 3 }),
  };
}
process.stdout.write(`${JSON.stringify({ seconds, megabytes, words: table.size, sum, ...more })}\n`);
