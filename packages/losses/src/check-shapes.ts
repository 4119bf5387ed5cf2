import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/** Throws unless `tensor` is a matrix `[batch, width]`; `width` may name the size that its rows must have. */
export function checkMatrix(name: string, tensor: Tensor, width?: number): asserts tensor is Tensor2D {
  if (tensor.rank === 2 && tensor.shape[1] === 0 && width !== 0) {
    throw new RangeError(`${name} must have at least one column; its shape is [${tensor.shape.join(', ')}]`);
  }
  if (tensor.rank === 2 && (width === undefined || tensor.shape[1] === width)) return;
  const allowed = width === undefined ? 'a matrix, one row an example' : `a matrix with rows of ${width}`;
  throw new RangeError(`${name} must be ${allowed}; its shape is [${tensor.shape.join(', ')}]`);
}

/** Throws unless `tensor` is a vector; `size` may name the size that it must have. */
export function checkVector(name: string, tensor: Tensor, size?: number): asserts tensor is Tensor1D {
  if (tensor.rank === 1 && (size === undefined || tensor.shape[0] === size)) return;
  const allowed = size === undefined ? 'a vector' : `a vector of ${size}`;
  throw new RangeError(`${name} must be ${allowed}; its shape is [${tensor.shape.join(', ')}]`);
}

/** Throws unless both tensors have one shape. */
export function checkSameShape(name: string, tensor: Tensor, otherName: string, other: Tensor): void {
  if (tensor.shape.join() === other.shape.join()) return;
  throw new RangeError(
    `${name} and ${otherName} must have one shape; they have [${tensor.shape.join(', ')}] and [${other.shape.join(', ')}]`,
  );
}

/** Throws unless `labels` are class numbers, int32 `[batch]`. */
export function checkLabelTensor(labels: Tensor, batch?: number): asserts labels is Tensor1D {
  checkVector('labels', labels, batch);
  if (labels.dtype !== 'int32') {
    throw new TypeError(`labels must be int32, and are ${labels.dtype}; cast them with labels.toInt()`);
  }
}
