import { mersenne } from 'pure-rand/generator/mersenne';

/** Random numbers from a seed alone. */
export interface RandomSource {
  /** `count` numbers of mean 0 and the given standard deviation, normally distributed. */
  normal(count: number, standardDeviation: number): Float32Array<ArrayBuffer>;
  /** `count` numbers in [-limit, limit), all equally likely. */
  uniform(count: number, limit: number): Float32Array<ArrayBuffer>;
}

/** A source of random numbers that depends on nothing but the seed: not on the backend, nor on what ran before. */
export function randomSource(seed: number): RandomSource {
  const generator = mersenne(seed);
  /** In [0, 1), 32 bits of it: more than a float32 holds. */
  const next = (): number => (generator.next() >>> 0) / 2 ** 32;
  return {
    normal(count, standardDeviation) {
      const values = new Float32Array(count);
      // Box and Muller's transformation gives two numbers at a time.
      for (let index = 0; index < count; index += 2) {
        const radius = standardDeviation * Math.sqrt(-2 * Math.log(1 - next()));
        const angle = 2 * Math.PI * next();
        values[index] = radius * Math.cos(angle);
        // Beyond the end of an odd count this write is ignored.
        values[index + 1] = radius * Math.sin(angle);
      }
      return values;
    },
    uniform(count, limit) {
      return Float32Array.from({ length: count }, () => limit * (2 * next() - 1));
    },
  };
}
