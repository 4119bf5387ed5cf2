import type { Training } from '../experiment/training-schema.js';

type Schedule = Training['schedule'];

/**
 * The learning rate of one step.
 *
 * `one-cycle` rises on a line from 1/25 of the peak in the first `warmUp` share of the steps and falls on a line to 0 at the end.
 * `cosine` rises on a line from 0 in the first `warmUp` share of the steps, then falls as half a cosine to 0. `steps` multiplies by `factor` after each epoch of `atEpochs`.
 *
 * @param peak - The optimiser's learning rate.
 * @param step - From 0, over the whole run.
 */
export function learningRateAt(
  schedule: Schedule,
  peak: number,
  step: number,
  { stepsPerEpoch, epochs }: { readonly stepsPerEpoch: number; readonly epochs: number },
): number {
  switch (schedule.kind) {
    case 'constant':
      return peak;
    case 'one-cycle': {
      const total = stepsPerEpoch * epochs;
      const top = Math.max(1, schedule.warmUp * total);
      if (step < top) return peak * (1 / 25 + (24 / 25) * (step / top));
      return peak * Math.max(0, (total - step) / (total - top));
    }
    case 'cosine': {
      const total = stepsPerEpoch * epochs;
      const top = schedule.warmUp * total;
      if (step < top) return (peak * (step + 1)) / top;
      return (peak * (1 + Math.cos((Math.PI * (step - top)) / (total - top)))) / 2;
    }
    case 'steps': {
      const epoch = Math.floor(step / stepsPerEpoch);
      return peak * schedule.factor ** schedule.atEpochs.filter((at) => epoch >= at).length;
    }
  }
}
