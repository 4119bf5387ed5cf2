import { engine, tensor, variable, type Rank, type ShapeMap, type Variable } from '@tensorflow/tfjs-core';
import { randomSource } from './random-source.js';

/** A variable and what it is called inside its network, for example `stages.0.blocks.1.first.filter`. */
export interface Parameter {
  readonly name: string;
  readonly variable: Variable;
}

/** How a variable begins. Random ones draw from the network's seed, in the order in which variables are made. */
export type Initialiser =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly standardDeviation: number }
  | { readonly kind: 'uniform'; readonly limit: number };

/** Collects the variables of a network while its layers are made. */
export interface Parameters {
  readonly list: readonly Parameter[];
  /** Makes one float32 variable; `trainable` is true unless said otherwise. */
  create<R extends Rank>(
    name: string,
    options: { readonly shape: ShapeMap[R]; readonly initialiser: Initialiser; readonly trainable?: boolean },
  ): Variable<R>;
}

/** An empty collection. */
export function createParameters({
  kind,
  seed,
}: {
  readonly kind: string;
  readonly seed: number;
}): Parameters {
  const list: Parameter[] = [];
  const random = randomSource(seed);
  const prefix = unusedPrefix(kind);
  return {
    list,
    create<R extends Rank>(
      name: string,
      {
        shape,
        initialiser,
        trainable = true,
      }: { shape: ShapeMap[R]; initialiser: Initialiser; trainable?: boolean },
    ) {
      const size = (shape as readonly number[]).reduce((product, length) => product * length, 1);
      const start = tensor<R>(initialValues(initialiser, size), shape, 'float32');
      const made = variable(start, trainable, `${prefix}/${name}`);
      start.dispose();
      list.push({ name, variable: made });
      return made;
    },
  };

  function initialValues(initialiser: Initialiser, size: number): Float32Array {
    switch (initialiser.kind) {
      case 'constant':
        return new Float32Array(size).fill(initialiser.value);
      case 'normal':
        return random.normal(size, initialiser.standardDeviation);
      case 'uniform':
        return random.uniform(size, initialiser.limit);
    }
  }
}

/** tfjs wants each variable's name once in a process, so each network gets a number. */
function unusedPrefix(kind: string): string {
  const taken = new Set(Object.keys(engine().registeredVariables).map((name) => name.split('/', 1)[0]));
  let number = 1;
  while (taken.has(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}
