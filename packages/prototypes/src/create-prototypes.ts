import { createBreather } from './breather.js';
import { checkSizes, describe } from './check-sizes.js';
import { circlePrototypes } from './circle-prototypes.js';
import { bestCode, codePrototypes } from './codes/code-prototypes.js';
import { equiangularPrototypes } from './equiangular-prototypes.js';
import { hpnPrototypes } from './hpn-prototypes.js';
import { logSumExpPrototypes } from './log-sum-exp-prototypes.js';
import { oneHotPrototypes } from './one-hot-prototypes.js';
import { orthoplexPrototypes } from './orthoplex-prototypes.js';
import type { RunOptions } from './progress.js';
import type { Prototypes } from './prototypes.js';
import { randomPrototypes } from './random-prototypes.js';
import { rieszPrototypes } from './riesz-prototypes.js';
import { largestCosine } from './rows.js';
import { separationBound } from './separation-bound.js';
import { simplexPrototypes } from './simplex-prototypes.js';
import { uniformityPrototypes } from './uniformity-prototypes.js';

/** Options that every method takes; those that a method has no use for change nothing. */
export interface CreatePrototypesOptions extends RunOptions {
  /** How many prototypes, at least 2. */
  readonly classes: number;
  /** Of the sphere's space, at least 1. */
  readonly dimensions: number;
  /** Default `auto`. */
  readonly method?: PrototypeMethod | undefined;
  /** Of everything random; a whole number from 0. The same seed gives the same bytes. Default 0. */
  readonly seed?: number | undefined;
  /** How many random starts an optimising method takes the best of. Default: by size. */
  readonly restarts?: number | undefined;
}

type Options = Omit<CreatePrototypesOptions, 'method'>;

type Method = (options: Options) => Prototypes | Promise<Prototypes>;

const methods = {
  auto,
  circle: ({ classes, dimensions }) => {
    if (dimensions !== 2) {
      throw new RangeError(`dimensions must be 2 for the method circle, and is ${dimensions}`);
    }
    return circlePrototypes({ classes });
  },
  simplex: simplexPrototypes,
  orthoplex: orthoplexPrototypes,
  code: codePrototypes,
  'log-sum-exp': logSumExpPrototypes,
  hpn: hpnPrototypes,
  uniformity: uniformityPrototypes,
  riesz: rieszPrototypes,
  equiangular: equiangularPrototypes,
  'one-hot': oneHotPrototypes,
  random: ({ classes, dimensions, seed = 0 }) => randomPrototypes({ classes, dimensions, seed }),
} satisfies Record<string, Method>;

/** The name of a way to make prototypes. */
export type PrototypeMethod = keyof typeof methods;

/** The names of all methods of `createPrototypes`. */
export const prototypeMethods = Object.keys(methods) as readonly PrototypeMethod[];

/**
 * Makes prototypes: one unit vector a class, as far apart as the method gets them.
 *
 * `auto` takes the exact optimum where one is known in closed form (a circle in 2 dimensions, a simplex up to
 * `dimensions + 1` classes, an orthoplex up to `2 dimensions`), and elsewhere the better of optimisation (`log-sum-exp`) and, where one
 * exists, a `code`. A code that reaches the proven bound is taken at once; so is one within 30 % of it where `classes^2 dimensions`
 * is above 2e8 and a search takes minutes.
 *
 * @returns Rows of `[classes, dimensions]`, each of length 1.
 * @throws {TypeError} If an argument is of the wrong type.
 * @throws {RangeError} If an argument is out of range, or the method has no answer for these sizes.
 *
 * @example
 * const prototypes = await createPrototypes({ classes: 100, dimensions: 10 });
 * separation(prototypes).maxCosine; // below 0.34
 */
export async function createPrototypes({
  method = 'auto',
  ...options
}: CreatePrototypesOptions): Promise<Prototypes> {
  checkSizes(options);
  if (!Object.hasOwn(methods, method)) {
    throw new RangeError(`method must be one of ${prototypeMethods.join(', ')}, and is ${describe(method)}`);
  }
  options.signal?.throwIfAborted();
  const create: Method = methods[method];
  return create(options);
}

async function auto(options: Options): Promise<Prototypes> {
  const { classes, dimensions } = options;
  if (dimensions === 2) return circlePrototypes({ classes });
  if (classes <= dimensions + 1) return simplexPrototypes({ classes, dimensions });
  if (classes <= 2 * dimensions) return orthoplexPrototypes({ classes, dimensions });
  const code = bestCode(classes, dimensions);
  if (!code) return logSumExpPrototypes(options);
  const { bound } = separationBound({ classes, dimensions });
  // Nothing can beat a code that is on the bound; and nothing that is found in minutes beats one near it.
  const enough = classes * classes * dimensions > 2e8 ? 1.3 * bound : bound + 1e-9;
  if (code.maxCosine <= enough) return codePrototypes(options);
  const found = await logSumExpPrototypes(options);
  const breather = createBreather(options.signal);
  const maxCosine = await largestCosine(Float64Array.from(found.values), dimensions, breather);
  return maxCosine <= code.maxCosine ? found : codePrototypes(options);
}
