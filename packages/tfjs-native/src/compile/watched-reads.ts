import { isPlainObject, isTensor } from './tensor-tree.js';

/** A property that a recorded step read, and the value it had. */
export interface ReadProperty {
  readonly object: object;
  readonly key: string | number;
  readonly value: unknown;
}

/** Notes what a step reads of objects. */
export interface ReadWatcher {
  /** Watches an object and the plain objects, arrays, layers, regularizers and the like that it holds. */
  watch(root: object): void;
  /** Puts the objects back as they were; what was read, as far as the step left it unchanged. */
  stop(): ReadProperty[];
}

/** Longer arrays are data: only their identity counts. */
const longestArray = 10_000;

/**
 * Watches by putting accessors in the place of properties. What the step itself writes before it reads it, or changes
 * after it has read it, comes from no outside and is left out.
 */
export function watchReads(): ReadWatcher {
  const seen = new Set<object>();
  const reads: ReadProperty[] = [];
  const restorers: (() => void)[] = [];

  const note = (object: object, key: string | number, value: unknown): void => {
    reads.push({ object, key, value });
    if (!Array.isArray(value) || value.length > longestArray) return;
    reads.push({ object: value, key: 'length', value: value.length });
    for (const [index, item] of value.entries()) note(value, index, item);
  };

  const replace = (object: object, key: string, { value, ...rest }: PropertyDescriptor): void => {
    let current: unknown = value;
    let isSettled = false;
    const get = (): unknown => {
      if (!isSettled) {
        isSettled = true;
        note(object, key, current);
      }
      return current;
    };
    const set = (next: unknown): void => {
      isSettled = true;
      current = next;
    };
    const { configurable = true, enumerable = true } = rest;
    Object.defineProperty(object, key, { get, set, configurable, enumerable });
    restorers.push(() => {
      if (Object.getOwnPropertyDescriptor(object, key)?.get !== get) return;
      Object.defineProperty(object, key, { ...rest, value: current });
    });
  };

  /** Hears of properties that there are not yet, by a proxy between an object and its class. */
  const watchAbsent = (object: object): void => {
    const plain = Object.getPrototypeOf(object) as object;
    const noted = new Set<string>();
    const listening = new Proxy(Object.create(plain) as object, {
      get(target, key, receiver) {
        if (receiver === object && typeof key === 'string' && !(key in target) && !noted.has(key)) {
          noted.add(key);
          note(object, key, undefined);
        }
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    Object.setPrototypeOf(object, listening);
    restorers.push(() => {
      Object.setPrototypeOf(object, plain);
    });
  };

  return {
    watch(root) {
      const waiting: unknown[] = [root];
      while (waiting.length > 0) {
        const object = waiting.pop();
        if (!isWatchable(object) || seen.has(object)) continue;
        seen.add(object);
        if (isInstance(object)) watchAbsent(object);
        for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
          if (!('value' in descriptor)) continue;
          waiting.push(descriptor.value);
          if (!Array.isArray(object) && descriptor.configurable && descriptor.writable) {
            replace(object, key, descriptor);
          }
        }
      }
    },
    stop() {
      for (const restore of restorers.splice(0)) restore();
      return reads.filter(isUnchanged);
    },
  };
}

/** Whether a property still has the value that was read. */
export function isUnchanged({ object, key, value }: ReadProperty): boolean {
  return Object.is((object as Record<string | number, unknown>)[key], value);
}

/** Whether it has a class that tells what properties there may be. */
function isInstance(object: object): boolean {
  return !Array.isArray(object) && !isPlainObject(object) && Object.isExtensible(object);
}

/** Containers, what tf.layers and tf.train call serializable (layers, optimizers, regularizers), and weights of layers. */
function isWatchable(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || isTensor(value)) return false;
  if (Array.isArray(value)) return value.length <= longestArray;
  const isWeight = 'val' in value && 'constraint' in value;
  return isWeight || isPlainObject(value) || ('getClassName' in value && 'getConfig' in value);
}
