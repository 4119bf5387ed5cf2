import type { DataId, Tensor } from '@tensorflow/tfjs';
import type { CallPlace } from './call-place.js';
import { dataType } from './data-type.js';
import type { BackendInternals } from './backend-internals.js';
import { nativeId } from './engine-internals.js';
import type { GraphBuilder } from './graph-builder.js';
import type { Refusals } from './refusals.js';
import type { GraphInput, GraphSource } from './recording.js';
import type { TensorOrigin } from './tensor-origin.js';

/** The tensors that a recorded step sees, by the addon's numbers, and their names in the graph. */
export interface RecordedTensors {
  readonly origins: Map<number, TensorOrigin>;
  /** What the graph is given, by first use. */
  readonly inputs: readonly GraphInput[];
  /** The numbers of that at the recording. */
  readonly given: readonly number[];
  readonly captured: ReadonlySet<DataId>;
  /** From here on tensors are the step's own. */
  start(): void;
  /** Whether a tensor was there before the step. */
  isOlder(id: number): boolean;
  /** Tells what a tensor is that the step is about to see. */
  introduce(tensor: Tensor, source: GraphSource): void;
  /** Tells that the step has made data on the host. */
  noteMade(dataId: DataId): void;
  /** Looks whether data that the step uses is from outside. */
  introduceCaptured(dataId: DataId): void;
  /** The graph's name of an operation's input. */
  nodeInput(id: number, operation: string, place: CallPlace | undefined): string;
  /** The graph's name of a tensor's value, to be fetched after a run. */
  fetchable(tensor: Tensor): string;
}

/** None yet. */
export function createRecordedTensors(
  backend: BackendInternals,
  builder: GraphBuilder,
  refuse: Refusals['refuse'],
): RecordedTensors {
  const { binding } = backend;
  const origins = new Map<number, TensorOrigin>();
  const placeholders = new Map<GraphSource, string>();
  const fetches = new Map<string, string>();
  const madeInside = new WeakSet<DataId>();
  const captured = new Set<DataId>();
  const inputs: GraphInput[] = [];
  const given: number[] = [];
  let newestBefore = -1;

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
    given.push(id);
    return name;
  };

  return {
    origins,
    inputs,
    given,
    captured,
    start() {
      // The addon numbers tensors in the order in which they are made.
      newestBefore = binding.createTensor([], dataType.int32, Int32Array.of(0));
      binding.deleteTensor(newestBefore);
    },
    isOlder: (id) => id <= newestBefore,
    introduce(tensor, source) {
      const id = nativeId(backend, tensor);
      const { dtype, shape } = backend.tensorMap.get(tensor.dataId);
      origins.set(id, { kind: 'input', source, dtype, shape });
    },
    noteMade(dataId) {
      madeInside.add(dataId);
    },
    introduceCaptured,
    nodeInput,
    fetchable(tensor) {
      const id = nativeId(backend, tensor);
      const origin = origins.get(id);
      if (origin?.kind === 'node') return origin.output;
      const value = nodeInput(id, 'Identity', undefined);
      const known = fetches.get(value);
      if (known !== undefined) return known;
      const name = builder.identity(value, origin?.dtype ?? 0);
      fetches.set(value, name);
      return name;
    },
  };
}
