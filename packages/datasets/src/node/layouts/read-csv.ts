import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { notData } from '../../not-data.js';
import { problemReason } from '../file-problem.js';

/** One row of a CSV file: the wished columns, in the order of the wish, and the line that it ends on. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const mostRowBytes = 2 ** 20;

/**
 * Streams a CSV file (comma, `"` for quotes, a first row of names) and gives each row's wished columns: the file may be larger than memory.
 *
 * @param path - The file.
 * @param choose - Is given the names of the columns and chooses; may throw.
 * @param take - Is given each row; may throw.
 * @throws {RangeError} When the file is not UTF-8, a row has other columns than the first or more than 1 MiB, or quotes are wrong: says the line.
 * @throws {Error} When the file cannot be read.
 */
export async function readCsv(
  path: string,
  choose: (names: readonly string[]) => readonly number[],
  take: (row: CsvRow) => void,
  signal?: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: mostRowBytes,
    // Files that several programs have written have them mixed.
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    trim: true,
  });
  let bytesDone = 0;
  async function* asText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    for await (const chunk of chunks) {
      const other = bytesDone === 0 ? notData(chunk) : undefined;
      if (other !== undefined) throw new RangeError(`${path} is ${other}.`);
      yield decode(chunk);
      bytesDone += chunk.length;
    }
    yield decode(undefined);
  }
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (error) {
      throw new RangeError(`${path} is not UTF-8 text: see the bytes after byte ${bytesDone}.`, {
        cause: error,
      });
    }
  };
  const takeAll = async (
    rows: AsyncIterable<{ info: { lines: number }; record: string[] }>,
  ): Promise<void> => {
    let columns: readonly number[] | undefined;
    for await (const { info, record } of rows) {
      if (columns) take({ line: info.lines, cells: columns.map((column) => record[column]!) });
      else columns = choose(record);
    }
    if (!columns) throw new RangeError(`${path} is empty; its first row must name the columns.`);
  };
  try {
    await pipeline(createReadStream(path), asText, parser, takeAll, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CsvError)
      throw new RangeError(`${path}: ${error.message.replace(/\.?$/, '.')}`, { cause: error });
    if (error instanceof RangeError) throw error;
    throw new Error(`${path} cannot be read: ${problemReason(error)}.`, { cause: error });
  }
}
