import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tensor, type Variable } from '@tensorflow/tfjs';
import type { TensorMetadata } from '../../vendor/dist/tfjs_binding.js';
import type { Feed } from './argument-tree.js';
import { backendInternals, nativeId, type BackendInternals } from './engine-internals.js';
import { encodeSavedModel, stepTag } from './graph-def.js';
import type { GraphInput, Recording } from './recording.js';

/** A recorded step, ready to run. */
export interface GraphSession {
  /** One step: variables in, their new values out. The result is as the step's own. */
  run(feeds: readonly Feed[]): unknown;
  close(): void;
}

/** Hands a recorded graph to TensorFlow. */
export function openGraphSession({
  nodes,
  inputs,
  outputs,
  result,
  updates,
  disposedFeeds,
}: Recording): GraphSession {
  const backend = backendInternals();
  const { binding } = backend;
  const session = loadGraph(
    backend,
    nodes.map(({ bytes }) => bytes),
  );
  const fetches = [...outputs, ...updates.map(({ output }) => output)];
  // Names are `node:output`, separated by commas.
  const inputNames = inputs.map(({ name }) => `${name}:0`).join();
  const fetchNames = fetches.map((output) => (output.includes(':') ? output : `${output}:0`)).join();

  return {
    run(feeds) {
      const scalars: number[] = [];
      let fetched: TensorMetadata[];
      try {
        const ids = inputs.map((input) => inputId(backend, input, feeds, scalars));
        fetched = binding.runSavedModel(session, ids, inputNames, fetchNames);
      } finally {
        for (const id of scalars) binding.deleteTensor(id);
      }
      updates.forEach(({ variable }, index) => {
        setVariable(backend, variable, fetched[outputs.length + index]!);
      });
      for (const index of disposedFeeds) {
        const feed = feeds[index];
        if (feed instanceof Tensor) feed.dispose();
      }
      return result.rebuild(
        fetched.slice(0, outputs.length).map((metadata) => backend.createOutputTensor(metadata)),
      );
    },
    close() {
      binding.deleteSavedModel(session);
    },
  };
}

function loadGraph({ binding }: BackendInternals, nodes: readonly Buffer[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-native-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), encodeSavedModel(nodes));
    return binding.loadSavedModel(folder, stepTag);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The addon's number of what an input is given; `scalars` collects those made for this run. */
function inputId(
  backend: BackendInternals,
  { source }: GraphInput,
  feeds: readonly Feed[],
  scalars: number[],
): number {
  switch (source.kind) {
    case 'variable':
      return nativeId(backend, source.variable);
    case 'learning rate':
      return nativeId(backend, source.optimizer.c);
    case 'captured':
      return backend.tensorMap.get(source.dataId).id;
    case 'feed': {
      const feed = feeds[source.feed]!;
      if (typeof feed !== 'number') return nativeId(backend, feed);
      const id = backend.binding.createTensor([], backend.binding.TF_FLOAT, Float32Array.of(feed));
      scalars.push(id);
      return id;
    }
  }
}

/** What `variable.assign` does, without a tensor in between where nobody shares the variable's data. */
function setVariable(backend: BackendInternals, variable: Variable, value: TensorMetadata): void {
  const entry = backend.tensorMap.get(variable.dataId);
  if (entry.refCount > 1) {
    const tensor = backend.createOutputTensor(value);
    variable.assign(tensor);
    tensor.dispose();
    return;
  }
  if (entry.values === null) backend.binding.deleteTensor(entry.id);
  entry.values = null;
  entry.id = value.id;
}
