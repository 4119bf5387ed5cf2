import { datasetCard, listDatasets } from '@hyperspherical/datasets';
import { encodeNpy, semanticPrototypes } from '@hyperspherical/prototypes';
import type { ClassVectors } from '@hyperspherical/word-embeddings';
import { readClassVectors, type WordsReading } from '../engine/task/class-word-vectors.js';
import { printJson } from '../printing/print-json.js';
import { createProgressPrinter } from '../printing/progress-printer.js';
import { stopSignal } from '../printing/stop-signal.js';
import { isRangeError } from '../records/is-range-error.js';
import { UserError } from '../records/user-error.js';
import { isAbsent } from '../records/is-absent.js';
import { readRegularFile } from '../records/read-regular-file.js';
import { writePrototypes } from './write-prototypes.js';

/** What `bench prototypes --semantic` was asked for. */
export interface SemanticOptions {
  /** A dataset, or a file of class names. */
  readonly semantic: string;
  readonly dimensions: number;
  /** A name or file that `openWordVectors` takes. */
  readonly words: string;
  readonly wordsReading?: WordsReading;
  readonly seed: number;
  readonly restarts?: number;
  readonly out?: string;
  readonly json?: true;
}

/** Places classes by the meaning of their names, prints how far that succeeded and how far apart they are, and writes them if asked. */
export async function printSemanticPrototypes(options: SemanticOptions): Promise<void> {
  const { semantic, dimensions, words, wordsReading, seed, restarts, out, json } = options;
  const stop = stopSignal();
  const printer = createProgressPrinter(process.stderr);
  try {
    const found = await readClassVectors(
      readNames(semantic),
      { words, wordsReading },
      {
        signal: stop.signal,
        onProgress(progress) {
          if (progress.event === 'not-cached') return;
          const stage = progress.event === 'download' ? `Fetching ${words}` : `Reading ${words}`;
          printer.show(stage, `${stage}: ${Math.floor((100 * progress.bytesDone) / progress.bytesTotal)} %`);
        },
      },
    );
    const start = performance.now();
    const { prototypes, rankingAgreement, separation } = await semanticPrototypes({
      wordVectors: found.rows,
      dimensions,
      seed,
      restarts,
      signal: stop.signal,
      onProgress({ done }) {
        printer.show('Placing classes by meaning', `Placing classes by meaning: ${Math.floor(100 * done)} %`);
      },
    });
    printer.close();
    const seconds = (performance.now() - start) / 1000;
    if (out !== undefined) writePrototypes(out, encodeNpy(prototypes));
    if (json) {
      printJson({
        classes: prototypes.classes,
        dimensions,
        method: prototypes.method,
        words,
        seed,
        rankingAgreement,
        ...separation,
        seconds,
        matches: found.matches,
        ...(out === undefined ? {} : { out }),
      });
      return;
    }
    const { maxCosine, meanNearestCosine, minAngleDegrees } = separation;
    process.stdout.write(
      [
        `${prototypes.classes} classes in ${dimensions} dimensions by the meaning of their names in ${words}, ${seconds.toFixed(1)} s`,
        `  ranking agreement       ${rankingAgreement.toFixed(4)}  (share of class triplets in the right order; 0.5 is chance)`,
        `  largest cosine          ${maxCosine.toFixed(6)}  (smallest angle ${minAngleDegrees.toFixed(3)} degrees)`,
        `  mean nearest cosine     ${meanNearestCosine.toFixed(6)}`,
        ...describeMatches(found),
        ...(out === undefined ? [] : [`  written to ${out}`]),
        '',
      ].join('\n'),
    );
  } catch (error) {
    // The libraries refuse what a person gave: words that are unknown, a file that is damaged, sizes without an answer.
    if (isRangeError(error)) throw new UserError(error.message, { cause: error });
    throw error;
  } finally {
    printer.close();
    stop.release();
  }
}

/** The class names of a dataset, or the lines of a file. */
function readNames(semantic: string): readonly string[] {
  if (listDatasets().some(({ name }) => name === semantic)) {
    return Object.values(datasetCard(semantic).classNames)[0]!;
  }
  try {
    // A byte order mark is not part of the first name.
    const names = readRegularFile(semantic, { advice: 'Give a file of class names, one per line.' })
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/);
    return names.map((name) => name.trim()).filter((name) => name !== '');
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
    const datasets = listDatasets().map(({ name }) => name);
    throw new UserError(
      `--semantic ${semantic} is neither a dataset (${datasets.join(', ')}) nor a file of class names, one per line.`,
      { cause },
    );
  }
}

/** Which names are not simply words of the vocabulary. */
function describeMatches({ matches }: ClassVectors): string[] {
  const others = matches.filter(({ how }) => how !== 'whole');
  const whole = `  class names found       ${matches.length - others.length} as they are, ${others.length} by their parts`;
  return [whole, ...others.map(({ name, words }) => `    ${name}: ${words.join(' + ')}`)];
}
