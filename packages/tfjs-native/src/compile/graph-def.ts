import type { NativeAttribute } from '../engine/native-backend.js';
import { dataType } from './data-type.js';
import { bytesField, float32, floatField, varint, varintField } from './protobuf.js';

/** Typed arrays that hold a tensor's elements, as tfjs-node hands them over. */
export type ElementArray = Float32Array | Int32Array | Uint8Array;

/** A constant's type, shape and elements. */
export interface ConstantTensor {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: ElementArray;
}

/** The addon's `TF_ATTR_` constants. */
const attributeType = { string: 0, integer: 1, float: 2, boolean: 3, type: 4, shape: 5 } as const;

/** An attribute of a graph's node: its name, and the bytes of an `AttrValue`. */
export interface EncodedAttribute {
  readonly name: string;
  readonly value: Buffer;
}

/** A `NodeDef`. Inputs are `node` or `node:output`. */
export function encodeNode(
  name: string,
  operation: string,
  inputs: readonly string[],
  attributes: readonly EncodedAttribute[],
): Buffer {
  return Buffer.concat([
    bytesField(1, name),
    bytesField(2, operation),
    ...inputs.map((input) => bytesField(3, input)),
    ...attributes.map((attribute) =>
      bytesField(5, Buffer.concat([bytesField(1, attribute.name), bytesField(2, attribute.value)])),
    ),
  ]);
}

/** An attribute of a node, from what an eager operation is given. */
export function encodeAttribute({ name, type, value }: NativeAttribute): EncodedAttribute {
  return { name, value: attributeValue(name, type, value) };
}

/** An attribute that holds an element type. */
export function typeAttribute(name: string, dtype: number): EncodedAttribute {
  return { name, value: varintField(6, dtype) };
}

/** An attribute that holds a shape. */
export function shapeAttribute(name: string, shape: readonly number[]): EncodedAttribute {
  return { name, value: bytesField(7, encodeShape(shape)) };
}

/** The attribute that holds a constant's elements. */
export function tensorAttribute(name: string, tensor: ConstantTensor): EncodedAttribute {
  return {
    name,
    value: bytesField(
      8,
      Buffer.concat([
        varintField(1, tensor.dtype),
        bytesField(2, encodeShape(tensor.shape)),
        encodeElements(tensor),
      ]),
    ),
  };
}

/** Whether all elements are the same bits: tfjs's gradients make large arrays of ones and zeros. */
export function isUniform(values: ElementArray): boolean {
  const first = values[0];
  return values.length > 1 && values.every((value) => Object.is(value, first));
}

function attributeValue(name: string, type: number, value: NativeAttribute['value']): Buffer {
  const list = Array.isArray(value) ? (value as readonly (number | boolean)[]) : undefined;
  switch (type) {
    case attributeType.string:
      return bytesField(2, value as string);
    case attributeType.integer:
      return list
        ? bytesField(1, bytesField(3, Buffer.concat(list.map((item) => varint(Number(item))))))
        : varintField(3, value as number);
    case attributeType.float:
      return list
        ? bytesField(1, bytesField(4, Buffer.concat(list.map((item) => float32(Number(item))))))
        : floatField(4, value as number);
    case attributeType.boolean:
      return list
        ? bytesField(1, bytesField(5, Buffer.from(list.map(Number))))
        : varintField(5, Number(value));
    case attributeType.type:
      return varintField(6, value as number);
    case attributeType.shape:
      return bytesField(7, encodeShape(value as number[]));
    default:
      throw new Error(`the attribute ${name} is of kind ${type}, which no graph can be written with`);
  }
}

function encodeShape(shape: readonly number[]): Buffer {
  return Buffer.concat(shape.map((size) => bytesField(2, varintField(1, size))));
}

function encodeElements({ dtype, values }: ConstantTensor): Buffer {
  if (isUniform(values)) {
    const value = values[0]!;
    if (dtype === dataType.float32) return bytesField(5, float32(value));
    if (dtype === dataType.int32) return bytesField(7, varint(value));
    if (dtype === dataType.bool) return bytesField(11, varint(value));
  }
  return bytesField(4, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
