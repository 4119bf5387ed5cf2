import { frames, userPlace } from './call-place.js';
import type { GraphNode } from './graph-builder.js';
import { RecordingError } from './recording-error.js';
import type { GraphSource, Recording } from './recording.js';

/** How two recordings of one step differ, as an error that names the first operation; undefined where they are equal. */
export function recordingDifference(
  earlier: Recording,
  later: Recording,
  callStep: string,
): RecordingError | undefined {
  const count = Math.max(earlier.nodes.length, later.nodes.length);
  for (let index = 0; index < count; index++) {
    const left = earlier.nodes[index];
    const right = later.nodes[index];
    if (left === undefined || right === undefined || !left.bytes.equals(right.bytes)) {
      return differentNodes(left, right, later, callStep);
    }
  }
  const differentInput = later.inputs.findIndex(
    ({ source }, index) => !isSameSource(source, earlier.inputs[index]!.source),
  );
  if (differentInput >= 0) return differentSource(later, later.inputs[differentInput]!.name, callStep);
  const isSameUse =
    earlier.outputs.join() === later.outputs.join() &&
    earlier.result.key === later.result.key &&
    earlier.disposedFeeds.join() === later.disposedFeeds.join() &&
    earlier.updates.length === later.updates.length &&
    later.updates.every(
      ({ variable, output }, index) =>
        earlier.updates[index]!.variable === variable && earlier.updates[index]!.output === output,
    );
  if (isSameUse) return undefined;
  return new RecordingError(
    'The step does not do the same in every call: it returns other things, or changes other variables.',
  );
}

function isSameSource(left: GraphSource, right: GraphSource): boolean {
  if (left.kind === 'variable') return right.kind === 'variable' && left.variable === right.variable;
  if (left.kind === 'feed') return right.kind === 'feed' && left.feed === right.feed;
  if (left.kind === 'learning rate') {
    return right.kind === 'learning rate' && left.optimizer === right.optimizer;
  }
  return right.kind === 'captured' && left.dataId === right.dataId;
}

function differentNodes(
  left: GraphNode | undefined,
  right: GraphNode | undefined,
  recording: Recording,
  callStep: string,
): RecordingError {
  const node = right ?? left!;
  if (left?.operation === 'Const' && right?.operation === 'Const') {
    const user = recording.nodes.find(({ inputs }) => inputs.includes(node.name));
    const operation = user?.operation ?? 'an operation';
    return errorAt(
      `The step does not do the same in every call: ${operation} gets numbers made in JavaScript, a tensor of shape ` +
        `[${(node.outputs[0]?.shape ?? []).join(', ')}], that change from call to call. Give such numbers as an argument; ` +
        'tf.randomUniform, tf.dropout without a seed and the like draw theirs in JavaScript too.',
      user ?? node,
      callStep,
    );
  }
  const was = left === undefined ? 'nothing' : left.operation;
  const is = right === undefined ? 'nothing' : right.operation;
  return errorAt(
    was === is
      ? `The step does not do the same in every call: ${is} has other inputs or attributes than in the call before.`
      : `The step does not do the same in every call: where it called ${was}, it now calls ${is}. ` +
          'JavaScript that decides between calls can get its decision as a boolean or string argument.',
    node,
    callStep,
  );
}

function differentSource(recording: Recording, name: string, callStep: string): RecordingError {
  const user = recording.nodes.find(({ inputs }) => inputs.includes(name));
  return errorAt(
    `The step does not do the same in every call: ${user?.operation ?? 'it'} uses another tensor from outside of the ` +
      'step than in the call before. Give it as an argument, or keep it in a tf.variable.',
    user,
    callStep,
  );
}

function errorAt(message: string, node: GraphNode | undefined, callStep: string): RecordingError {
  const place = node?.place;
  return new RecordingError(message, {
    operation: node?.operation,
    ...(place && { place: userPlace(place, callStep), stack: frames(place).join('\n') }),
  });
}
