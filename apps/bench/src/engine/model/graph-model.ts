import type { Backbone } from '@hyperspherical/backbones';
import { tidy, zeros, type NamedAttrMap, type Rank, type Tensor } from '@tensorflow/tfjs-core';
import { type KernelCall, traceKernels } from './trace-kernels.js';

/** The files of a model that `tf.loadGraphModel` reads. */
export interface GraphModelFiles {
  /** `model.json`. */
  readonly model: unknown;
  /** `weights.bin`, which `model.json` names. */
  readonly weights: readonly Uint8Array[];
}

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

const inputName = 'images';
const outputName = 'outputs';
const float = { type: 'DT_FLOAT' };
const int = { type: 'DT_INT32' };

/**
 * A backbone in evaluation mode as a graph model of TensorFlow.js: `images` `[batch, height, width, channels]` in, `outputs`
 * `[batch, dimensions]` out, any batch size. Made by listing the kernels of one call, so that every backbone can be exported.
 *
 * @param imageShape - `[height, width, channels]`.
 * @throws {TypeError} When the network runs a kernel that has no counterpart here.
 */
export function graphModel(
  backbone: Backbone,
  imageShape: readonly [number, number, number],
): GraphModelFiles {
  const batch = unusedSize([...imageShape, ...backbone.variables.flatMap(({ shape }) => shape)]);
  let files: GraphModelFiles | undefined;
  tidy(() => {
    const images = zeros<Rank.R4>([batch, ...imageShape]);
    const { result, calls } = traceKernels(() => backbone.apply(images, { training: false }));
    // Not returned from here: tidy looks for tensors in every number of what it returns.
    files = writeGraph(calls, { images, result, batch, imageShape, backbone });
  });
  return files!;
}

/** The least number above 1 that no dimension has: where it comes up, it is the batch. */
function unusedSize(dimensions: readonly number[]): number {
  let size = 2;
  while (dimensions.includes(size)) size += 1;
  return size;
}

function writeGraph(
  calls: readonly KernelCall[],
  graph: {
    readonly images: Tensor;
    readonly result: Tensor;
    readonly batch: number;
    readonly imageShape: readonly number[];
    readonly backbone: Backbone;
  },
): GraphModelFiles {
  const nodes: Node[] = [];
  const names = new Map<number, string>([[graph.images.id, inputName]]);
  const weights: { name: string; shape: number[]; dtype: string; bytes: Uint8Array }[] = [];
  const anyBatch = { shape: { dim: [-1, ...graph.imageShape].map((size) => ({ size: String(size) })) } };
  nodes.push({ name: inputName, op: 'Placeholder', attr: { dtype: float, shape: anyBatch } });

  const constant = (
    name: string,
    dtype: 'float32' | 'int32',
    shape: number[],
    values: ArrayLike<number>,
  ): string => {
    const array = dtype === 'int32' ? new Int32Array(values) : new Float32Array(values);
    weights.push({ name, shape, dtype, bytes: new Uint8Array(array.buffer) });
    nodes.push({ name, op: 'Const', attr: { dtype: dtype === 'int32' ? int : float } });
    return name;
  };
  const nameOf = (tensor: Tensor): string => {
    const known = names.get(tensor.id);
    if (known !== undefined) return known;
    // What no call has made is a weight, or a number that the network keeps.
    const name = constant(`constant_${names.size}`, 'float32', [...tensor.shape], tensor.dataSync());
    names.set(tensor.id, name);
    return name;
  };

  for (const [index, { name: kernel, inputs, attributes, output }] of calls.entries()) {
    const translate = translations[kernel];
    if (translate === undefined)
      throw new TypeError(`the backbone runs the kernel ${kernel}, which an exported model cannot`);
    const name = output.id === graph.result.id ? outputName : `${kernel}_${index}`;
    const list = (values: readonly number[], suffix: string, shape = [values.length]): string =>
      constant(`${name}/${suffix}`, 'int32', shape, values);
    const { op, extra = [], attr } = translate(attributes, list, graph.batch, inputs.length);
    nodes.push({
      name,
      op,
      input: [...inputs.map(nameOf), ...extra],
      attr: { T: float, ...attr },
    });
    names.set(output.id, name);
  }
  return {
    model: {
      format: 'graph-model',
      generatedBy: '@hyperspherical/bench',
      convertedBy: null,
      signature: {
        inputs: { [inputName]: { name: `${inputName}:0`, dtype: float.type, tensorShape: anyBatch.shape } },
        outputs: {
          [outputName]: {
            name: `${outputName}:0`,
            dtype: float.type,
            tensorShape: { dim: [{ size: '-1' }, { size: String(graph.backbone.outputDimensions) }] },
          },
        },
      },
      modelTopology: { node: nodes, library: {}, versions: { producer: 1395 } },
      weightsManifest: [
        {
          paths: ['weights.bin'],
          weights: weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
        },
      ],
    },
    weights: weights.map(({ bytes }) => bytes),
  };
}

type Translate = (
  attributes: NamedAttrMap,
  list: (values: readonly number[], suffix: string, shape?: number[]) => string,
  batch: number,
  inputs: number,
) => {
  readonly op: string;
  readonly extra?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
};

const window: Translate = ({ filterSize, strides, pad }) => ({
  op: '',
  attr: {
    ksize: spatial(filterSize),
    strides: spatial(strides),
    padding: padding(pad),
    data_format: text('NHWC'),
  },
});

/** TensorFlow's operation for each kernel that the backbones run. */
const translations: Readonly<Record<string, Translate>> = {
  Conv2D: ({ strides, pad, dilations }) => ({
    op: 'Conv2D',
    attr: {
      strides: spatial(strides),
      dilations: spatial(dilations),
      padding: padding(pad),
      data_format: text('NHWC'),
    },
  }),
  FusedBatchNorm: ({ varianceEpsilon }) => ({
    op: 'FusedBatchNormV3',
    attr: { epsilon: { f: varianceEpsilon }, is_training: { b: false }, data_format: text('NHWC') },
  }),
  Relu: () => ({ op: 'Relu' }),
  Add: () => ({ op: 'AddV2' }),
  MaxPool: (...call) => ({ ...window(...call), op: 'MaxPool' }),
  AvgPool: (...call) => ({ ...window(...call), op: 'AvgPool' }),
  PadV2: ({ paddings, constantValue }, list) => {
    if (constantValue !== 0) throw new TypeError('an exported model can pad with zeros alone');
    const pairs = paddings as [number, number][];
    return {
      op: 'Pad',
      extra: [list(pairs.flat(), 'paddings', [pairs.length, 2])],
      attr: { Tpaddings: int },
    };
  },
  Mean: ({ axis, keepDims }, list) => ({
    op: 'Mean',
    extra: [list([axis].flat() as number[], 'axis')],
    attr: { keep_dims: { b: keepDims }, Tidx: int },
  }),
  Reshape: ({ shape }, list, batch) => {
    const [first, ...rest] = shape as number[];
    return {
      op: 'Reshape',
      extra: [list([first === batch ? -1 : first!, ...rest], 'shape')],
      attr: { Tshape: int },
    };
  },
  BatchMatMul: ({ transposeA, transposeB }) => ({
    op: 'BatchMatMulV2',
    attr: { adj_x: { b: transposeA }, adj_y: { b: transposeB } },
  }),
  Concat: ({ axis }, list, _batch, inputs) => ({
    op: 'ConcatV2',
    extra: [list([axis as number], 'axis', [])],
    attr: { N: { i: String(inputs) }, Tidx: int },
  }),
  // Outputs are float32 throughout.
  Cast: () => ({ op: 'Identity' }),
};

function spatial(sizes: unknown): unknown {
  const [height, width] = Array.isArray(sizes) ? (sizes as number[]) : [sizes as number, sizes as number];
  return { list: { i: [1, height, width, 1].map(String) } };
}

function padding(pad: unknown): unknown {
  if (typeof pad === 'string') return text(pad.toUpperCase());
  throw new TypeError('an exported model knows the paddings same and valid alone');
}

/** Bytes stand in base64. */
function text(value: string): unknown {
  return { s: Buffer.from(value).toString('base64') };
}
