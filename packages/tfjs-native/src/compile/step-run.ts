import type { Variable } from '@tensorflow/tfjs';
import type { Feed } from './argument-tree.js';
import type { BackendInternals } from './backend-internals.js';
import { backendInternals, nativeId } from './engine-internals.js';
import type { NativeTensor } from './native-graph.js';
import { callStep } from './record-step.js';
import type { GraphInput, Recording } from './recording.js';
import { runError, type NodePlace } from './run-error.js';
import { isTensor } from './tensor-tree.js';

/** One step: variables in, their new values out. The result is as the step's own. */
export type RunStep = (feeds: readonly Feed[]) => unknown;

/** The run of a recorded step. */
export function createStepRun({
  graph,
  nodes,
  fused,
  inputs,
  outputs,
  result,
  updates,
  disposedFeeds,
  checks,
}: Recording): RunStep {
  const backend = backendInternals();
  const { binding } = backend;
  const runGraph = graph.prepare(
    inputs.map(({ name }) => name),
    [...outputs, ...updates.map(({ output }) => output)].map((output) => fused.get(output) ?? output),
  );
  const ids = new Int32Array(inputs.length);
  const updated = new Int32Array(updates.length);
  const places = nodes.map(({ name, place }): NodePlace => ({ name, place }));

  return (feeds) => {
    for (const { feed, check } of checks) check(feeds[feed] as number);
    const scalars: number[] = [];
    let fetched: NativeTensor[];
    try {
      inputs.forEach((input, index) => {
        ids[index] = inputId(backend, input, feeds, scalars);
      });
      fetched = runGraph(ids, updated);
    } catch (error) {
      throw runError(error, places, callStep);
    } finally {
      for (const id of scalars) binding.deleteTensor(id);
    }
    updates.forEach(({ variable }, index) => {
      setVariable(backend, variable, updated[index]!);
    });
    for (const index of disposedFeeds) {
      const feed = feeds[index];
      if (isTensor(feed)) feed.dispose();
    }
    return result.rebuild(fetched.map((metadata) => backend.createOutputTensor(metadata)));
  };
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
function setVariable(backend: BackendInternals, variable: Variable, id: number): void {
  const entry = backend.tensorMap.get(variable.dataId);
  if (entry.refCount > 1) {
    const tensor = backend.createOutputTensor({ id, shape: entry.shape, dtype: entry.dtype });
    variable.assign(tensor);
    tensor.dispose();
    return;
  }
  if (entry.values === null) backend.binding.deleteTensor(entry.id);
  entry.values = null;
  entry.id = id;
}
