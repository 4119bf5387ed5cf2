import { createPrototypes, encodeNpy, separation, type PrototypeMethod } from '@hyperspherical/prototypes';
import { printJson } from '../printing/print-json.js';
import { createProgressPrinter } from '../printing/progress-printer.js';
import { isRangeError } from '../records/is-range-error.js';
import { UserError } from '../records/user-error.js';
import { stopSignal } from '../printing/stop-signal.js';
import { writePrototypes } from './write-prototypes.js';

/** What `bench prototypes` was asked for. */
export interface PrototypesOptions {
  readonly classes: number;
  readonly dimensions: number;
  readonly method: PrototypeMethod;
  readonly seed: number;
  readonly restarts?: number;
  readonly out?: string;
  readonly json?: true;
}

/** Places classes on the sphere, prints how far apart they are and how far they could be, and writes them if asked. */
export async function printPrototypes({ out, json, ...options }: PrototypesOptions): Promise<void> {
  const stop = stopSignal();
  const printer = createProgressPrinter(process.stderr);
  const start = performance.now();
  try {
    const prototypes = await createPrototypes({
      ...options,
      signal: stop.signal,
      onProgress({ method, restart, restarts, done, bestMaxCosine }) {
        const stage = `Searching by ${method}`;
        const best = Number.isFinite(bestMaxCosine)
          ? `, largest cosine so far ${bestMaxCosine.toFixed(5)}`
          : '';
        printer.show(stage, `${stage}: ${Math.floor(100 * done)} %, start ${restart} of ${restarts}${best}`);
      },
    });
    printer.close();
    const seconds = (performance.now() - start) / 1000;
    const measured = separation(prototypes);
    if (out !== undefined) writePrototypes(out, encodeNpy(prototypes));
    if (json) {
      const { classes, dimensions, method } = prototypes;
      printJson({
        classes,
        dimensions,
        method,
        seed: options.seed,
        ...measured,
        seconds,
        ...(out === undefined ? {} : { out }),
      });
      return;
    }
    const { maxCosine, meanNearestCosine, meanCosine, minAngleDegrees, bound, boundName, gap } = measured;
    process.stdout.write(
      [
        `${prototypes.classes} classes in ${prototypes.dimensions} dimensions by ${prototypes.method}, ${seconds.toFixed(1)} s`,
        `  largest cosine          ${maxCosine.toFixed(6)}  (smallest angle ${minAngleDegrees.toFixed(3)} degrees)`,
        `  best that is possible   ${bound.toFixed(6)}  (${boundName}), ${gap.toExponential(1)} away`,
        `  mean nearest, mean      ${meanNearestCosine.toFixed(6)}, ${meanCosine.toFixed(6)}`,
        ...(out === undefined ? [] : [`  written to ${out}`]),
        '',
      ].join('\n'),
    );
  } catch (error) {
    // The library refuses what a person typed: a method without an answer for these sizes, an unknown method.
    if (isRangeError(error)) throw new UserError(error.message, { cause: error });
    throw error;
  } finally {
    printer.close();
    stop.release();
  }
}
