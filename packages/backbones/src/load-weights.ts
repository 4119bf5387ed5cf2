import { tensor } from '@tensorflow/tfjs-core';
import type { LoadWeightsOptions, NamedWeight, NamedWeights } from './named-weights.js';
import { outputLayer } from './networks/network.js';
import type { Parameter } from './parameters.js';
import { unwrappedName } from './unwrapped-name.js';

/** Checks all weights first, then sets all variables. */
export function loadWeights(
  parameters: readonly Parameter[],
  weights: NamedWeights,
  { exceptOutput = false }: LoadWeightsOptions = {},
): void {
  const kept = (name: string): boolean => exceptOutput && name.startsWith(`${outputLayer}.`);
  const wanted = new Map(
    parameters.filter(({ name }) => !kept(name)).map(({ name, variable }) => [name, variable]),
  );
  const given = new Map<string, NamedWeight>();
  for (const weight of weights) {
    const name = unwrappedName(weight.name);
    if (kept(name)) continue;
    if (!wanted.has(name)) {
      throw new RangeError(
        `The weights hold ${name}, which this network lacks: they come from other options.`,
      );
    }
    if (given.has(name)) throw new RangeError(`The weights hold ${name} twice.`);
    given.set(name, weight);
  }
  for (const [name, { shape, size }] of wanted) {
    const weight = given.get(name);
    if (weight === undefined) throw new RangeError(`The weights lack ${name}, which this network needs.`);
    if (weight.shape.join() !== shape.join()) {
      throw new RangeError(
        `The weights of ${name} are [${weight.shape.join()}]; this network needs [${shape.join()}].`,
      );
    }
    if (weight.values.length !== size) {
      throw new RangeError(
        `The weights of ${name} hold ${weight.values.length} numbers; [${shape.join()}] needs ${size}.`,
      );
    }
  }
  for (const [name, variable] of wanted) {
    // A copy that is ours, and an array of tfjs's realm whatever realm the given one is of.
    const values = tensor(new Float32Array(given.get(name)!.values), variable.shape, 'float32');
    variable.assign(values);
    values.dispose();
  }
}
