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

/** The version of TensorFlow's graph format that the nodes are written in. */
const producer = 1395;

/** A `NodeDef`. Inputs are `node` or `node:output`. */
export function encodeNode(
  name: string,
  operation: string,
  inputs: readonly string[],
  attributes: readonly Buffer[],
): Buffer {
  return Buffer.concat([
    bytesField(1, name),
    bytesField(2, operation),
    ...inputs.map((input) => bytesField(3, input)),
    ...attributes,
  ]);
}

/** An attribute of a node, from what an eager operation is given. */
export function encodeAttribute({ name, type, value }: NativeAttribute): Buffer {
  return attributeEntry(name, attributeValue(name, type, value));
}

/** An attribute that holds an element type. */
export function typeAttribute(name: string, dtype: number): Buffer {
  return attributeEntry(name, varintField(6, dtype));
}

/** An attribute that holds a shape. */
export function shapeAttribute(name: string, shape: readonly number[]): Buffer {
  return attributeEntry(name, bytesField(7, encodeShape(shape)));
}

/** The attribute that holds a constant's elements. */
export function tensorAttribute(name: string, tensor: ConstantTensor): Buffer {
  return attributeEntry(
    name,
    bytesField(
      8,
      Buffer.concat([
        varintField(1, tensor.dtype),
        bytesField(2, encodeShape(tensor.shape)),
        encodeElements(tensor),
      ]),
    ),
  );
}

/** The addon knows steps by this tag, and loads them so that their numbers are the same in every process. */
export const stepTag = 'tfjs-native-step';

/** A `SavedModel` with the one tag `stepTag` and these nodes. */
export function encodeSavedModel(nodes: readonly Buffer[]): Buffer {
  const graph = Buffer.concat([
    ...nodes.map((node) => bytesField(1, node)),
    bytesField(4, varintField(1, producer)),
  ]);
  const metaInformation = bytesField(4, stepTag);
  const metaGraph = Buffer.concat([bytesField(1, metaInformation), bytesField(2, graph)]);
  return Buffer.concat([varintField(1, 1), bytesField(2, metaGraph)]);
}

/** Whether all elements are the same bits: tfjs's gradients make large arrays of ones and zeros. */
export function isUniform(values: ElementArray): boolean {
  const first = values[0];
  return values.length > 1 && values.every((value) => Object.is(value, first));
}

function attributeEntry(name: string, value: Buffer): Buffer {
  return bytesField(5, Buffer.concat([bytesField(1, name), bytesField(2, value)]));
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
