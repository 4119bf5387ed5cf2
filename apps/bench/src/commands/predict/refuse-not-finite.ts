import type { Backbone } from '@hyperspherical/backbones';
import { UserError } from '../../records/user-error.js';

const remedy = 'Train it again with a smaller learning rate, or take a run that did not diverge.';

/**
 * Refuses a network's outputs, or what a head makes of them, where one is no finite number: nothing that follows from it is a prediction.
 *
 * @param values - `[rows, columns]`.
 * @param nameOf - What a row is of, such as the path of an image.
 * @throws UserError that names the row and the weight that is to blame, if one is.
 */
export function refuseNotFinite(
  values: ArrayLike<number>,
  columns: number,
  nameOf: (row: number) => string,
  backbone: Backbone,
): void {
  for (let at = 0; at < values.length; at += 1) {
    if (Number.isFinite(values[at])) continue;
    const weight = notFiniteWeight(backbone);
    const why =
      weight === undefined
        ? 'all weights of the network are finite, so its numbers overflow, or its head is to blame'
        : `the weight ${weight}`;
    throw new UserError(
      `The model gives ${values[at]} for ${nameOf(Math.floor(at / columns))}: ${why}. ${remedy}`,
      { exitCode: 1 },
    );
  }
}

/** @throws UserError that names the first weight of a network that is no finite number. */
export function refuseNotFiniteWeights(run: string, backbone: Backbone): void {
  const weight = notFiniteWeight(backbone);
  if (weight !== undefined) {
    throw new UserError(`The model of ${run} is of no use: the weight ${weight}. ${remedy}`, { exitCode: 1 });
  }
}

function notFiniteWeight(backbone: Backbone): string | undefined {
  for (const { name, values } of backbone.weights()) {
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) return `${name} holds ${wrong}`;
  }
  return undefined;
}
