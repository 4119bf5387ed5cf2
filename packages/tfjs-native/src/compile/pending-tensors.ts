import type { TFJSBinding } from '../../vendor/dist/tfjs_binding.js';
import type { TensorEntry } from './backend-internals.js';
import type { NativeTensor } from './native-graph.js';

/** Tensors of a recorded step that nobody has computed yet: numbers that stand for outputs of the step's graph. */
export interface PendingTensors {
  /** The number of a new one. */
  add(output: string): number;
  has(id: number): boolean;
  /** Tells what the backend knows of a tensor, so that it gets to know its real number. */
  attach(id: number, entry: TensorEntry): void;
  /** Nobody will want it any more. */
  delete(id: number): void;
  /** The tensor's real number, or what is no pending tensor's as it is. */
  resolve(id: number): number;
  /**
   * Computes those that are wanted still, by one run that fetches `first` and whatever else it takes; returns pairs of a
   * pending and a real number.
   *
   * @throws Error of the run; the tensors are lost then
   */
  compute(
    first: readonly string[],
    run: (fetches: readonly string[]) => NativeTensor[],
    binding: Pick<TFJSBinding, 'deleteTensor'>,
  ): (readonly [pending: number, real: number])[];
}

interface Pending {
  readonly output: string;
  entry?: TensorEntry;
}

/** Downwards from the largest number that the addon can be given, where its own count never comes; no number serves twice. */
let next = 2 ** 31 - 1;

/** No tensors. */
export function createPendingTensors(): PendingTensors {
  const wanted = new Map<number, Pending>();
  const computed = new Map<number, number>();
  return {
    add(output) {
      wanted.set(next, { output });
      return next--;
    },
    has: (id) => wanted.has(id),
    attach(id, entry) {
      const pending = wanted.get(id);
      if (pending !== undefined) pending.entry = entry;
    },
    delete(id) {
      wanted.delete(id);
    },
    resolve: (id) => computed.get(id) ?? id,
    compute(first, run, binding) {
      const known = new Set(first);
      const others = [...wanted.values()].flatMap(({ output, entry }) =>
        entry !== undefined && !known.has(output) ? [output] : [],
      );
      const fetches = [...first, ...others];
      let made: NativeTensor[];
      try {
        made = fetches.length === 0 ? [] : run(fetches);
      } catch (error) {
        // What was never made is never deleted.
        for (const { entry } of wanted.values()) if (entry !== undefined) entry.id = -1;
        wanted.clear();
        throw error;
      }
      const byOutput = new Map<string, number>();
      for (const [index, { id }] of made.entries()) {
        if (byOutput.has(fetches[index]!)) binding.deleteTensor(id);
        else byOutput.set(fetches[index]!, id);
      }
      const pairs: [number, number][] = [];
      for (const [pending, { output, entry }] of wanted) {
        const real = byOutput.get(output);
        if (entry === undefined || real === undefined) continue;
        byOutput.delete(output);
        entry.id = real;
        computed.set(pending, real);
        pairs.push([pending, real]);
      }
      wanted.clear();
      for (const id of byOutput.values()) binding.deleteTensor(id);
      return pairs;
    },
  };
}
