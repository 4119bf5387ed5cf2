import type { Tensor, Variable } from '@tensorflow/tfjs';

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

/** Whether a value is an object of no class, of whatever realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

/** Whether a value is a tensor or a variable, of whatever copy of TensorFlow.js. */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dataId' in value && 'throwIfDisposed' in value;
}

/** Whether a value is a variable, of whatever copy of TensorFlow.js. */
export function isVariable(value: unknown): value is Variable {
  return isTensor(value) && 'assign' in value;
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  const { constructor } = value as { readonly constructor?: { readonly name?: string } };
  return constructor?.name === undefined ? 'an object' : `a ${constructor.name}`;
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
