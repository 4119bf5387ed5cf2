import { util, type DataId, type Tensor } from '@tensorflow/tfjs';
import { frames, notePlace } from './call-place.js';
import { dataType } from './data-type.js';
import type { BackendInternals } from './backend-internals.js';
import { outputName, type BuiltOperation, type GraphBuilder } from './graph-builder.js';
import type { ConstantTensor } from './graph-def.js';
import type { NativeGraph, NativeTensor } from './native-graph.js';
import { createPendingTensors } from './pending-tensors.js';
import { RecordingError } from './recording-error.js';
import type { GraphInput, GraphSource, Recording } from './recording.js';
import { createRefusals, type About, type Refusals } from './refusals.js';
import { runError } from './run-error.js';
import { createRecordedTensors } from './recorded-tensors.js';
import type { TensorOrigin } from './tensor-origin.js';
import { isVariable } from './tensor-tree.js';

/**
 * Listens to what a step asks of the backend, and writes it down as a graph. Nothing is computed meanwhile: operations give
 * tensors that stand for outputs of the graph, and one run at the end computes those that are left. Where that will not do,
 * because the step reads a tensor or a shape depends on values, the run comes at that moment, and from there on the step
 * runs as it is.
 */
export interface Recorder {
  readonly inputs: readonly GraphInput[];
  readonly captured: ReadonlySet<DataId>;
  /** Why the step cannot run as a graph. */
  readonly refusals: Refusals;
  /** Tells what a tensor is that the step is about to see. */
  introduce(tensor: Tensor, source: GraphSource): void;
  originOf(tensor: Tensor): TensorOrigin | undefined;
  /** The graph's name of a tensor's value, to be fetched after a run. */
  fetchable(tensor: Tensor): string;
  /** Tensors that operations of the step made and nobody has deleted. */
  living(): Map<number, TensorOrigin & { kind: 'node' }>;
  /**
   * Computes what the step has made and not deleted, unless that has happened; `first` are outputs that are wanted in any
   * case, and `through` a recording of the same nodes, whose graph may have run before.
   *
   * @throws Error of TensorFlow, for example of an index that is out of range; what the step did is lost then
   */
  compute(first: readonly string[], through?: Pick<Recording, 'graph' | 'fused'>): void;
  /** What the step did is lost. */
  readonly isLost: boolean;
  /** Deletes what the step deleted and its graph was to be given, once nothing will be computed. */
  deleteInputs(): void;
  /** From here on the backend's calls are heard. */
  start(): void;
  /** Puts the backend back as it was. */
  stop(): void;
}

/** Operations that draw from a generator hidden in TensorFlow: eager and graph would differ. */
const hiddenRandomness = /^(Random|Multinomial|TruncatedNormal|ParameterizedTruncatedNormal)/;

/** `callStep` is the name of the function that calls the user's step. */
export function createRecorder(
  backend: BackendInternals,
  graph: NativeGraph,
  builder: GraphBuilder,
  { callStep, describe }: { readonly callStep: string; readonly describe: (source: GraphSource) => string },
): Recorder {
  const { binding } = backend;
  const originals = {
    getInputTensorIds: backend.getInputTensorIds.bind(backend),
    move: backend.move.bind(backend),
    readSync: backend.readSync.bind(backend),
    createOutputTensor: backend.createOutputTensor.bind(backend),
  };
  const pending = createPendingTensors();
  /** Inputs that the step has deleted, and the graph is given nevertheless. */
  const deletedInputs = new Set<number>();
  let isComputing = false;
  let isLost = false;
  const deleted = new Set<number>();

  const refusals = createRefusals(callStep);
  const { refuse } = refusals;
  const tensors = createRecordedTensors(backend, builder, refuse);
  const { origins, inputs } = tensors;

  const deleteInputs = (): void => {
    for (const id of deletedInputs) binding.deleteTensor(id);
    deletedInputs.clear();
  };

  const compute: Recorder['compute'] = (first, through = { graph, fused: new Map() }) => {
    if (isComputing) return;
    isComputing = true;
    try {
      const run = (fetches: readonly string[]): NativeTensor[] =>
        through.graph.prepare(
          inputs.map(({ name }) => name),
          fetches.map((output) => through.fused.get(output) ?? output),
        )(Int32Array.from(tensors.given));
      for (const [id, real] of pending.compute(first, run, binding)) {
        origins.set(real, origins.get(id)!);
        origins.delete(id);
      }
    } catch (error) {
      isLost = true;
      throw runError(error, builder.nodes, callStep);
    }
    deleteInputs();
  };

  const executeOp: typeof binding.executeOp = (operation, attributes, ids, outputCount) => {
    const place = notePlace(executeOp);
    const about: About = { operation, place };
    if (outputCount === 0) {
      refuse(`The operation ${operation} has no output, so that a graph would leave it out.`, about);
    }
    if (hiddenRandomness.test(operation)) {
      refuse(
        `The operation ${operation} draws random numbers from a generator that no seed of the step controls: ` +
          'give random numbers as an argument, or use statelessRandomUniform with a seed.',
        about,
      );
    }
    const names =
      refusals.first === undefined ? ids.map((id) => tensors.nodeInput(id, operation, place)) : [];
    const node = builder.nodes.length;
    let built: BuiltOperation | undefined;
    let reason: string | undefined;
    if (refusals.first === undefined) {
      try {
        built = builder.operation(operation, names, attributes, place);
      } catch (error) {
        reason = (error as Error).message;
      }
    }
    const introduceOutputs = (outputs: NativeTensor[]): NativeTensor[] => {
      outputs.forEach(({ id, dtype }, index) => {
        origins.set(id, { kind: 'node', output: outputName(built!.name, index), dtype, node });
      });
      return outputs;
    };
    if (built !== undefined && !isComputing && isInferred(built, outputCount)) {
      return introduceOutputs(
        built.outputs.map(({ dtype, shape }, index) => {
          return { id: pending.add(outputName(built.name, index)), dtype, shape: shape! };
        }),
      );
    }
    compute([]);
    const made = binding.executeOp(
      operation,
      attributes,
      ids.map((id) => pending.resolve(id)),
      outputCount,
    );
    // What is wrong with the operation as such has been thrown by now.
    if (reason !== undefined) {
      refuse(`TensorFlow refuses the operation ${operation} in a graph: ${reason}`, about);
    }
    if (made.some(({ dtype }) => isWithoutNumbers(dtype))) {
      refuse(`The operation ${operation} makes strings or resources, which cannot be recorded.`, about);
    }
    return built === undefined ? made : introduceOutputs(made);
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
    if (origin ? origin.kind === 'input' && origin.source.kind === 'captured' : tensors.isOlder(id)) {
      refuse(
        'The step disposes a tensor that it did not make: state that goes from call to call belongs in a tf.variable.',
        { place: notePlace(deleteTensor) },
      );
    }
    deleted.add(id);
    if (pending.has(id)) pending.delete(id);
    else if (!isComputing && origin?.kind === 'input') deletedInputs.add(id);
    else binding.deleteTensor(id);
  };

  const readSync: BackendInternals['readSync'] = (dataId) => {
    const { id, shape, values } = backend.tensorMap.get(dataId);
    if (values === null) {
      tensors.introduceCaptured(dataId);
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
      if (pending.has(id)) {
        if (isCheck) return new Int32Array(util.sizeFromShape(shape));
        compute([]);
      }
    }
    return originals.readSync(dataId);
  };

  return {
    inputs,
    captured: tensors.captured,
    refusals,
    introduce: (tensor, source) => {
      tensors.introduce(tensor, source);
    },
    compute,
    get isLost() {
      return isLost;
    },
    deleteInputs,
    originOf: (tensor) => origins.get(backend.tensorMap.get(tensor.dataId).id),
    fetchable: (tensor) => (refusals.first === undefined ? tensors.fetchable(tensor) : 'unknown'),
    living() {
      const alive = [...origins].filter(
        (entry): entry is [number, TensorOrigin & { kind: 'node' }] =>
          entry[1].kind === 'node' && !deleted.has(entry[0]),
      );
      return new Map(alive);
    },
    start() {
      tensors.start();
      const runSavedModel = (): never => {
        throw new RecordingError('The step runs a SavedModel, which cannot be recorded.');
      };
      const heard = { executeOp, createTensor, deleteTensor, runSavedModel };
      // The addon's own properties cannot be written to.
      backend.binding = Object.create(
        binding,
        Object.fromEntries(Object.entries(heard).map(([name, value]) => [name, { value }])),
      ) as typeof binding;
      const getInputTensorIds: BackendInternals['getInputTensorIds'] = (given) => {
        for (const tensor of given) {
          if ('isDisposed' in tensor && tensor.isDisposed === true) {
            const message = isVariable(tensor)
              ? `The step uses the variable ${tensor.name}, which was disposed.`
              : 'The step uses a tensor that was disposed: state that goes from call to call belongs in a tf.variable.';
            throw refusals.error(message, { place: notePlace(getInputTensorIds) });
          }
          if ('dataId' in tensor) tensors.introduceCaptured(tensor.dataId);
        }
        return originals.getInputTensorIds(given);
      };
      backend.getInputTensorIds = getInputTensorIds;
      backend.move = (dataId, ...rest) => {
        tensors.noteMade(dataId);
        originals.move(dataId, ...rest);
      };
      backend.readSync = readSync;
      backend.createOutputTensor = (metadata) => {
        const tensor = originals.createOutputTensor(metadata);
        pending.attach(metadata.id, backend.tensorMap.get(tensor.dataId));
        return tensor;
      };
    },
    stop() {
      backend.binding = binding;
      const own: Partial<BackendInternals> = backend;
      delete own.getInputTensorIds;
      delete own.move;
      delete own.readSync;
      delete own.createOutputTensor;
    },
  };
}

/** Whether all is known of an operation's outputs that TensorFlow.js must know, before they are computed. */
function isInferred({ outputs }: BuiltOperation, outputCount: number): boolean {
  return (
    outputs.length === outputCount &&
    outputs.every(({ dtype, shape }) => shape !== undefined && !isWithoutNumbers(dtype))
  );
}

/** Strings and resources. */
function isWithoutNumbers(dtype: number): boolean {
  return dtype === dataType.string || dtype === dataType.resource;
}
