import { engine, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';

/** One kernel that a function ran. */
export interface KernelCall {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: NamedAttrMap;
  readonly output: Tensor;
}

/**
 * Runs a function and lists the kernels that it called, in order. Tensors are told apart by id; those of the list are kept from being
 * disposed by being looked at no further.
 *
 * @throws {TypeError} When a kernel has several outputs: the networks here have none.
 */
export function traceKernels<T>(run: () => T): { readonly result: T; readonly calls: readonly KernelCall[] } {
  const calls: KernelCall[] = [];
  const traced = engine();
  const inherited = traced.runKernel.bind(traced);
  const listen = (name: string, inputs: Record<string, Tensor>, attributes: NamedAttrMap = {}): unknown => {
    const output = inherited<Tensor | Tensor[]>(name, inputs, attributes);
    if (Array.isArray(output))
      throw new TypeError(`the kernel ${name} has several outputs, which cannot be traced`);
    calls.push({ name, inputs: Object.values(inputs), attributes, output });
    return output;
  };
  // An own property hides the method of the class until it is deleted.
  Object.defineProperty(traced, 'runKernel', { value: listen, configurable: true });
  try {
    return { result: run(), calls };
  } finally {
    Reflect.deleteProperty(traced, 'runKernel');
  }
}
