import { Variable, type DataId, type Tensor } from '@tensorflow/tfjs';
import type { NativeAttribute } from '../engine/native-backend.js';
import { frames, notePlace, userPlace, type CallPlace } from './call-place.js';
import { dataType } from './data-type.js';
import { nativeId, type BackendInternals } from './engine-internals.js';
import type { GraphBuilder } from './graph-builder.js';
import type { ConstantTensor } from './graph-def.js';
import { RecordingError } from './recording-error.js';
import type { GraphInput, GraphSource } from './recording.js';
import type { TensorOrigin } from './tensor-origin.js';

/** What an error is about. */
export interface About {
  readonly operation?: string;
  readonly place?: CallPlace;
}

/** Listens to what a step asks of the backend, and writes it down as a graph. */
export interface Recorder {
  readonly inputs: readonly GraphInput[];
  readonly captured: ReadonlySet<DataId>;
  /** Why the step cannot run as a graph: the first reason found. */
  readonly refusal: RecordingError | undefined;
  /** Notes a reason; the step goes on, so that the call is a whole one. */
  refuse(message: string, about?: About): void;
  /** The same, with the place in the step that called `caller`. */
  refuseHere(message: string, caller: () => unknown): void;
  /** An error about the step. */
  error(message: string, about?: About): RecordingError;
  /** Tells what a tensor is that the step is about to see. */
  introduce(tensor: Tensor, source: GraphSource): void;
  originOf(tensor: Tensor): TensorOrigin | undefined;
  /** The graph's name of a tensor's value, to be fetched after a run. */
  fetchable(tensor: Tensor): string;
  /** Tensors that operations of the step made and nobody has deleted. */
  living(): Map<number, TensorOrigin & { kind: 'node' }>;
  /** From here on the backend's calls are heard. */
  start(): void;
  /** Puts the backend back as it was. */
  stop(): void;
}

/** Attributes that TensorFlow infers when it runs an operation at once, and wants spelled out in a graph. */
const inferredTypes: Readonly<Record<string, readonly (readonly [attribute: string, input: number])[]>> = {
  ExpandDims: [
    ['T', 0],
    ['Tdim', 1],
  ],
};

/** Operations that draw from a generator hidden in TensorFlow: eager and graph would differ. */
const hiddenRandomness = /^(Random|Multinomial|TruncatedNormal|ParameterizedTruncatedNormal)/;

/** `callStep` is the name of the function that calls the user's step. */
export function createRecorder(
  backend: BackendInternals,
  builder: GraphBuilder,
  { callStep, describe }: { readonly callStep: string; readonly describe: (source: GraphSource) => string },
): Recorder {
  const { binding } = backend;
  const originals = {
    getInputTensorIds: backend.getInputTensorIds.bind(backend),
    move: backend.move.bind(backend),
    readSync: backend.readSync.bind(backend),
  };
  const origins = new Map<number, TensorOrigin>();
  const placeholders = new Map<GraphSource, string>();
  const fetches = new Map<string, string>();
  const madeInside = new WeakSet<DataId>();
  const captured = new Set<DataId>();
  const deleted = new Set<number>();
  const inputs: GraphInput[] = [];
  let newestBefore = -1;
  let refusal: RecordingError | undefined;

  const error: Recorder['error'] = (message, { operation, place } = {}) =>
    new RecordingError(message, {
      operation,
      ...(place && { place: userPlace(place, callStep), stack: frames(place).join('\n') }),
    });
  const refuse: Recorder['refuse'] = (message, about) => {
    refusal ??= error(message, about);
  };
  const refuseHere: Recorder['refuseHere'] = (message, caller) => {
    refuse(message, { place: notePlace(caller) });
  };

  const introduce: Recorder['introduce'] = (tensor, source) => {
    const id = nativeId(backend, tensor);
    const { dtype, shape } = backend.tensorMap.get(tensor.dataId);
    origins.set(id, { kind: 'input', source, dtype, shape });
  };

  const introduceCaptured = (dataId: DataId): void => {
    const entry = backend.tensorMap.get(dataId);
    if (entry.values !== null) {
      if (madeInside.has(dataId)) return;
      entry.id = binding.createTensor(entry.shape, entry.dtype, entry.values);
      entry.values = null;
    } else if (origins.has(entry.id) || entry.id > newestBefore) return;
    captured.add(dataId);
    const { id, dtype, shape } = entry;
    origins.set(id, { kind: 'input', source: { kind: 'captured', dataId }, dtype, shape });
  };

  const nodeInput = (id: number, operation: string, place: CallPlace | undefined): string => {
    const origin = origins.get(id);
    if (origin === undefined) {
      refuse(`The operation ${operation} uses a tensor that was made behind the backend's back.`, {
        operation,
        ...(place && { place }),
      });
      return 'unknown';
    }
    if (origin.kind === 'node') return origin.output;
    if (origin.kind === 'constant') {
      if (ArrayBuffer.isView(origin.values)) return builder.constant(origin, place);
      refuse(`The operation ${operation} uses strings, which cannot be recorded.`, {
        operation,
        ...(place && { place }),
      });
      return 'strings';
    }
    const known = placeholders.get(origin.source);
    if (known !== undefined) return known;
    // By first use: TensorFlow's rewriting of a graph depends on names, so that others would change a result's last bits.
    const name = builder.placeholder(`input_${inputs.length}`, origin.dtype, origin.shape);
    placeholders.set(origin.source, name);
    inputs.push({ name, source: origin.source });
    return name;
  };

  const executeOp: typeof binding.executeOp = (operation, attributes, ids, outputCount) => {
    const made = binding.executeOp(operation, attributes, ids, outputCount);
    const place = notePlace(executeOp);
    if (outputCount === 0) {
      refuse(`The operation ${operation} has no output, so that a graph would leave it out.`, {
        operation,
        place,
      });
    }
    if (hiddenRandomness.test(operation)) {
      refuse(
        `The operation ${operation} draws random numbers from a generator that no seed of the step controls: ` +
          'give random numbers as an argument, or use statelessRandomUniform with a seed.',
        { operation, place },
      );
    }
    if (made.some(({ dtype }) => dtype === dataType.string || dtype === dataType.resource)) {
      refuse(`The operation ${operation} makes strings or resources, which cannot be recorded.`, {
        operation,
        place,
      });
    }
    const names = ids.map((id) => nodeInput(id, operation, place));
    const inferred = (inferredTypes[operation] ?? [])
      .filter(([name]) => attributes.every((attribute) => attribute.name !== name))
      .map(([name, input]): NativeAttribute => {
        return { name, type: binding.TF_ATTR_TYPE, value: origins.get(ids[input]!)?.dtype ?? 0 };
      });
    const node = builder.nodes.length;
    const name = builder.operation(operation, names, [...attributes, ...inferred], place);
    made.forEach(({ id, dtype }, index) => {
      origins.set(id, { kind: 'node', output: index === 0 ? name : `${name}:${index}`, dtype, node });
    });
    return made;
  };

  const createTensor: typeof binding.createTensor = (shape, dtype, values) => {
    const id = binding.createTensor(shape, dtype, values);
    origins.set(id, {
      kind: 'constant',
      dtype,
      shape: [...shape],
      values: values as ConstantTensor['values'],
    });
    return id;
  };

  const deleteTensor: typeof binding.deleteTensor = (id) => {
    const origin = origins.get(id);
    if (origin ? origin.kind === 'input' && origin.source.kind === 'captured' : id <= newestBefore) {
      refuse(
        'The step disposes a tensor that it did not make: state that goes from call to call belongs in a tf.variable.',
        { place: notePlace(deleteTensor) },
      );
    }
    deleted.add(id);
    binding.deleteTensor(id);
  };

  const readSync: BackendInternals['readSync'] = (dataId) => {
    const { values } = backend.tensorMap.get(dataId);
    if (values === null) {
      introduceCaptured(dataId);
      const origin = origins.get(backend.tensorMap.get(dataId).id);
      const isFixed =
        origin?.kind === 'constant' || (origin?.kind === 'input' && origin.source.kind === 'captured');
      const place = notePlace(readSync);
      // tf.gather looks whether its indices are in range, as TensorFlow itself does again.
      const isCheck = frames(place)[0]?.includes('GatherV2.js') === true;
      if (!isFixed && !isCheck) {
        const operation = origin?.kind === 'node' ? builder.nodes[origin.node]?.operation : undefined;
        const what =
          origin?.kind === 'input' ? describe(origin.source) : `the result of ${operation ?? 'an operation'}`;
        refuse(
          `The step reads ${what} on the host (dataSync, arraySync, data, print): ` +
            'return the tensor, and read it outside of the step.',
          { ...(operation !== undefined && { operation }), place },
        );
      }
    }
    return originals.readSync(dataId);
  };

  const fetchable = (tensor: Tensor): string => {
    const id = nativeId(backend, tensor);
    const origin = origins.get(id);
    if (origin?.kind === 'node') return origin.output;
    const value = nodeInput(id, 'Identity', undefined);
    const known = fetches.get(value);
    if (known !== undefined) return known;
    const name = builder.identity(value, origin?.dtype ?? 0);
    fetches.set(value, name);
    return name;
  };

  return {
    inputs,
    captured,
    get refusal() {
      return refusal;
    },
    refuse,
    refuseHere,
    error,
    introduce,
    originOf: (tensor) => origins.get(backend.tensorMap.get(tensor.dataId).id),
    fetchable,
    living() {
      const alive = [...origins].filter(
        (entry): entry is [number, TensorOrigin & { kind: 'node' }] =>
          entry[1].kind === 'node' && !deleted.has(entry[0]),
      );
      return new Map(alive);
    },
    start() {
      // The addon numbers tensors in the order in which they are made.
      newestBefore = binding.createTensor([], dataType.int32, Int32Array.of(0));
      binding.deleteTensor(newestBefore);
      const runSavedModel = (): never => {
        throw new RecordingError('The step runs a SavedModel, which cannot be recorded.');
      };
      const heard = { executeOp, createTensor, deleteTensor, runSavedModel };
      // The addon's own properties cannot be written to.
      backend.binding = Object.create(
        binding,
        Object.fromEntries(Object.entries(heard).map(([name, value]) => [name, { value }])),
      ) as typeof binding;
      const getInputTensorIds: BackendInternals['getInputTensorIds'] = (tensors) => {
        for (const tensor of tensors) {
          if ('isDisposed' in tensor && tensor.isDisposed === true) {
            const message =
              tensor instanceof Variable
                ? `The step uses the variable ${tensor.name}, which was disposed.`
                : 'The step uses a tensor that was disposed: state that goes from call to call belongs in a tf.variable.';
            throw error(message, { place: notePlace(getInputTensorIds) });
          }
          if ('dataId' in tensor) introduceCaptured(tensor.dataId);
        }
        return originals.getInputTensorIds(tensors);
      };
      backend.getInputTensorIds = getInputTensorIds;
      backend.move = (dataId, ...rest) => {
        madeInside.add(dataId);
        originals.move(dataId, ...rest);
      };
      backend.readSync = readSync;
    },
    stop() {
      backend.binding = binding;
      const own: Partial<BackendInternals> = backend;
      delete own.getInputTensorIds;
      delete own.move;
      delete own.readSync;
    },
  };
}
