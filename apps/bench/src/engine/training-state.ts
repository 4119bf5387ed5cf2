import type { Backbone } from '@hyperspherical/backbones';
import { tensor, type Variable } from '@tensorflow/tfjs-core';
import type { NamedArray } from './safetensors.js';

/** All numbers that a run moves, under names that do not depend on how many others this process has made. */
export interface TrainingState {
  /** Copies them to the host. */
  read(): NamedArray[];
  /** @throws {RangeError} If one is missing, unknown, or of another shape. */
  load(arrays: readonly NamedArray[]): void;
}

const backbonePrefix = 'backbone/';

/** The state of a network, its head and its optimiser. */
export function trainingState(
  backbone: Backbone,
  headVariables: readonly Variable[],
  optimizerState: readonly Variable[],
): TrainingState {
  const others = new Map([...numbered('head', headVariables), ...numbered('optimizer', optimizerState)]);
  return {
    read() {
      return [
        ...backbone.weights().map(({ name, shape, values }) => ({
          name: backbonePrefix + name,
          shape,
          values,
        })),
        ...[...others].map(([name, variable]) => ({
          name,
          shape: variable.shape,
          values: variable.dataSync<'float32'>(),
        })),
      ];
    },
    load(arrays) {
      const isBackbone = ({ name }: NamedArray): boolean => name.startsWith(backbonePrefix);
      const rest = arrays.filter((array) => !isBackbone(array));
      if (rest.length !== others.size)
        throw new RangeError(`there are ${rest.length} arrays of head and optimiser, not ${others.size}`);
      for (const { name, shape } of rest) {
        if (others.get(name)?.shape.join() !== shape.join())
          throw new RangeError(`${name} has another shape, or is unknown`);
      }
      backbone.loadWeights(
        arrays.filter(isBackbone).map(({ name, shape, values }) => ({
          name: name.slice(backbonePrefix.length),
          shape: [...shape],
          values,
        })),
      );
      for (const { name, shape, values } of rest) {
        const restored = tensor(values, [...shape]);
        others.get(name)!.assign(restored);
        restored.dispose();
      }
    },
  };
}

function numbered(kind: string, variables: readonly Variable[]): [string, Variable][] {
  return variables.map((variable, index) => [`${kind}/${String(index).padStart(3, '0')}`, variable]);
}
