import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Sweep } from './sweep-schema.js';

type Json = z.core.util.JSONType;

/** One combination of a grid's values. */
export interface GridPoint {
  readonly settings: readonly { readonly path: string; readonly value: Json }[];
  /** Of those settings that the grid varies: `dimensions=25,learningRate=0.1`; empty where it varies none. Good in a file's name. */
  readonly label: string;
}

/** Every combination of a grid's values, the last path varying fastest. */
export function gridPoints(grid: Sweep['grid']): GridPoint[] {
  const paths = Object.keys(grid);
  const varied = paths.filter((path) => grid[path]!.length > 1);
  const combinations = paths.reduce<GridPoint['settings'][]>(
    (points, path) => points.flatMap((point) => grid[path]!.map((value) => [...point, { path, value }])),
    [[]],
  );
  return combinations.map((settings) => ({
    settings,
    label: settings
      .filter(({ path }) => varied.includes(path))
      .map(({ path, value }) => `${shortName(path, varied)}=${valueLabel(value, grid[path]!)}`)
      .join(','),
  }));
}

/** The end of a path, as long as it needs to be to differ from the others'. */
function shortName(path: string, paths: readonly string[]): string {
  const words = path.split('.');
  for (let length = 1; length < words.length; length++) {
    const end = words.slice(-length).join('.');
    if (paths.every((other) => other === path || !`.${other}`.endsWith(`.${end}`))) return end;
  }
  return path;
}

const longest = 32;

/** A value as a part of a file's name: itself where it is short, plain and alone, else its beginning and a digest. */
function valueLabel(value: Json, values: readonly Json[]): string {
  const text = valueText(value);
  const plain = text.replaceAll(/[^\w.+-]+/g, '-').replaceAll(/^-(?!\d)|-$/g, '');
  // Some disks cannot tell `Age` from `age`, and some leave out a dot at the end.
  const alike = (other: Json): boolean =>
    other !== value && valueText(other).toLowerCase() === text.toLowerCase();
  const alone = !(text !== text.toLowerCase() && values.some(alike)) && !text.endsWith('.');
  if (plain === text && text.length <= longest && text !== '' && alone) return text;
  const digest = createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
  return [plain.slice(0, longest), digest].filter((part) => part !== '').join('-');
}

function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
