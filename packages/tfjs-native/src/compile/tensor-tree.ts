import { Tensor } from '@tensorflow/tfjs';

/** Makes a value of the same structure with other tensors in place. */
export type Rebuild = (tensors: readonly Tensor[]) => unknown;

/** What happens to a value that is no container: its rebuilder. */
export type VisitLeaf = (value: unknown, name: string, key: string[]) => Rebuild;

/**
 * Walks through arrays and plain objects, depth first. `key` gets a few words for each part, the same for all values of
 * one structure.
 */
export function walkTree(value: unknown, name: string, key: string[], visitLeaf: VisitLeaf): Rebuild {
  if (Array.isArray(value)) {
    key.push(`array ${value.length}`);
    const items = value.map((item, index) => walkTree(item, `${name}[${index}]`, key, visitLeaf));
    return (tensors) => items.map((item) => item(tensors));
  }
  if (isPlainObject(value)) {
    key.push('object');
    const entries = Object.entries(value).map(([property, item]) => {
      key.push(JSON.stringify(property));
      return [property, walkTree(item, `${name}.${property}`, key, visitLeaf)] as const;
    });
    key.push('end');
    return (tensors) => Object.fromEntries(entries.map(([property, item]) => [property, item(tensors)]));
  }
  return visitLeaf(value, name, key);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a value is a tensor or a variable. */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  return `a ${value.constructor.name}`;
}

/** All tensors in arrays and plain objects. */
export function tensorsIn(value: unknown): Tensor[] {
  const tensors: Tensor[] = [];
  walkTree(value, '', [], (leaf) => {
    if (isTensor(leaf)) tensors.push(leaf);
    return () => leaf;
  });
  return tensors;
}
