import { join } from 'node:path';
import { decimalNumber } from './decimal-number.js';
import { imageFinder } from './image-finder.js';
import { type ImageTable, labelsOf } from './image-table.js';
import { pathKind, sorted } from './list-images.js';
import { readCsv } from './read-csv.js';
import { shown, staysInside } from './read-lines.js';

/** Which columns of a CSV file describe images, and where these are. */
export interface CsvColumns {
  readonly csv: string;
  /** The folder that paths are relative to. */
  readonly root: string;
  /** The column of paths: the first of these names that the file has. */
  readonly image: readonly string[];
  /** Added to what the column says, such as `.jpg`. */
  readonly imageEnding?: string;
  readonly label?: string;
  readonly value?: string;
  readonly valueName?: string;
  readonly valueUnit?: string;
  readonly valueBounds?: readonly [lowest: number, highest: number];
  readonly classNames?: readonly string[];
  readonly skipIncomplete: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The images, labels and values that a CSV file lists.
 *
 * @throws {RangeError} When a column is missing, or a row has no image, an image that is not there or leads out of the folder, no label or one that is none of the classes,
 * another label than before, or a value that is no decimal number, too large for a float32 or out of bounds: says the file and the line. Rows that lack something are left out with `skipIncomplete`.
 */
export async function csvTable(columns: CsvColumns): Promise<ImageTable> {
  const { csv, root, label, value, valueBounds, classNames, skipIncomplete, signal } = columns;
  const known = classNames && new Set(classNames.map((name) => name.normalize()));
  const find = imageFinder(root);
  const paths: string[] = [];
  const names: string[] = [];
  const values: number[] = [];
  const labelled = new Map<string, { readonly name: string; readonly line: number }>();
  const problemOf = (path: string, name: string, text: string): string | undefined => {
    if (path === '') return 'there is no image';
    if (find(path) === undefined) return `the image "${shown(path)}" is not in ${root}`;
    if (label !== undefined && name === '') return `there is no ${label}`;
    if (label !== undefined && known && !known.has(name)) {
      return `the ${label} "${shown(name)}" is none of the ${known.size} classes`;
    }
    if (value === undefined) return undefined;
    if (text === '') return `there is no ${value}`;
    const number = decimalNumber(text);
    if (typeof number === 'string') return `the ${value} "${shown(text)}" ${number}`;
    if (valueBounds && (number < valueBounds[0] || number > valueBounds[1])) {
      return `the ${value} ${number} is outside of the bounds ${valueBounds[0]} to ${valueBounds[1]}`;
    }
    return undefined;
  };
  await readCsv(
    csv,
    (header) => chooseColumns(header, columns),
    ({ line, cells }) => {
      const [image = '', written = '', text = ''] = cells;
      // Class names are the same whatever their Unicode form.
      const name = written.normalize();
      const path = image === '' ? '' : cleanPath(`${image}${columns.imageEnding ?? ''}`);
      if (!staysInside(path)) {
        throw new RangeError(
          `${csv}, line ${line}: the image "${shown(path)}" leads out of ${root}; paths must be relative to that folder.`,
        );
      }
      const problem = problemOf(path, name, text);
      if (problem !== undefined) {
        if (skipIncomplete) return;
        throw new RangeError(
          `${csv}, line ${line}: ${problem}. The option skipIncomplete leaves such rows out.`,
        );
      }
      const found = find(path)!;
      paths.push(found);
      if (label !== undefined) {
        const before = labelled.get(found);
        if (before && before.name !== name) {
          throw new RangeError(
            `${csv}, line ${line}: the image "${shown(path)}" has the ${label} "${shown(name)}", but "${shown(before.name)}" in line ${before.line}; remove one of these rows.`,
          );
        }
        labelled.set(found, { name, line });
        names.push(name);
      }
      if (value !== undefined) values.push(Number(text));
    },
    signal,
  );
  if (paths.length === 0) throw new RangeError(`${csv} lists no images that can be used.`);
  const classes = classNames ?? sorted(new Set(names));
  return {
    root,
    paths,
    ...(label !== undefined && {
      labels: labelsOf(
        names,
        classes.map((name) => name.normalize()),
      ),
      classNames: classes,
    }),
    ...(value !== undefined && {
      values: Float32Array.from(values),
      valueName: columns.valueName ?? value,
      ...(columns.valueUnit !== undefined && { valueUnit: columns.valueUnit }),
      valueBounds: valueBounds ?? boundsOf(values),
    }),
  };
}

/** The classes of a column: all texts that differ, sorted by code point. */
export async function csvClasses(
  csv: string,
  label: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const names = new Set<string>();
  await readCsv(
    csv,
    (header) => [columnOf(header, [label], csv)],
    ({ cells: [name = ''] }) => {
      if (name !== '') names.add(name.normalize());
    },
    signal,
  );
  return sorted(names);
}

/** The first of these files that is there. */
export async function findCsv(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const path = join(folder, name);
    if ((await pathKind(path)) === 'file') return path;
  }
  return undefined;
}

function chooseColumns(header: readonly string[], { csv, image, label, value }: CsvColumns): number[] {
  return [
    columnOf(header, image, csv),
    label === undefined ? -1 : columnOf(header, [label], csv),
    value === undefined ? -1 : columnOf(header, [value], csv),
  ];
}

function columnOf(header: readonly string[], requested: readonly string[], csv: string): number {
  // Written as requested, else in any case and Unicode form.
  for (const form of [(name: string) => name, (name: string) => name.normalize('NFKC').toLowerCase()]) {
    const names = header.map(form);
    for (const name of requested) {
      const column = names.indexOf(form(name));
      if (column < 0) continue;
      const again = names.indexOf(form(name), column + 1);
      if (again < 0) return column;
      throw new RangeError(
        `${csv} has the column "${header[column]!}" twice, as columns ${column + 1} and ${again + 1}; rename one of them.`,
      );
    }
  }
  throw new RangeError(
    `${csv} has no column ${requested.map((name) => `"${name}"`).join(' or ')}; its columns are ${shown(header.join(', '))}.`,
  );
}

function cleanPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/+)+/, '');
}

const largestFloat = (2 - 2 ** -23) * 2 ** 127;

function boundsOf(values: readonly number[]): readonly [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  if (lowest < highest) return [Math.fround(lowest), Math.fround(highest)];
  // What is constant still needs two ends, which float32 tells apart.
  const margin = Math.max(1, Math.abs(lowest) / 1000);
  return [Math.max(lowest - margin, -largestFloat), Math.min(highest + margin, largestFloat)];
}
