import { createPrototypes, prototypeMethods, type PrototypeMethod } from '../create-prototypes.js';
import { extendPrototypes } from '../extend-prototypes.js';
import { randomPrototypes } from '../random-prototypes.js';
import { prototypesContract, type PrototypesContractOptions } from './prototypes-contract.js';

const cases: Record<PrototypeMethod, Omit<PrototypesContractOptions, 'create'>> = {
  auto: {
    sizes: [
      [9, 3],
      [2, 1],
      [5, 2],
      [4, 3],
      [6, 3],
      [24, 4],
    ],
    random: true,
  },
  circle: {
    sizes: [
      [5, 2],
      [2, 2],
    ],
    refuses: [[5, 3]],
  },
  simplex: {
    sizes: [
      [4, 3],
      [2, 1],
      [3, 9],
    ],
    refuses: [[5, 3]],
  },
  orthoplex: {
    sizes: [
      [6, 3],
      [2, 1],
      [3, 9],
    ],
    refuses: [[7, 3]],
  },
  code: {
    sizes: [
      [12, 3],
      [100, 30],
      [5, 4],
    ],
    refuses: [[13, 3]],
  },
  'log-sum-exp': {
    sizes: [
      [9, 3],
      [2, 1],
      [3, 5],
      [21, 4],
    ],
    random: true,
  },
  hpn: {
    sizes: [
      [9, 3],
      [20, 8],
    ],
    random: true,
  },
  uniformity: {
    sizes: [
      [9, 3],
      [2, 1],
      [20, 8],
    ],
    random: true,
  },
  riesz: {
    sizes: [
      [9, 3],
      [2, 1],
      [20, 8],
    ],
    random: true,
  },
  equiangular: {
    sizes: [
      [6, 3],
      [5, 5],
      [20, 8],
    ],
    random: true,
  },
  'one-hot': {
    sizes: [
      [3, 3],
      [2, 9],
    ],
    refuses: [[4, 3]],
  },
  random: {
    sizes: [
      [9, 3],
      [20, 8],
    ],
    random: true,
  },
};

for (const method of prototypeMethods) {
  prototypesContract(method, {
    ...cases[method],
    create: (options) => createPrototypes({ ...options, method }),
  });
}

prototypesContract('extendPrototypes', {
  sizes: [
    [9, 3],
    [20, 8],
  ],
  random: true,
  create: async ({ classes, dimensions, ...options }) => {
    const few = await createPrototypes({ classes, dimensions, method: 'random' });
    const kept = randomPrototypes({ classes: few.classes - 2, dimensions, seed: 1 });
    return extendPrototypes(kept, 2, options);
  },
});
