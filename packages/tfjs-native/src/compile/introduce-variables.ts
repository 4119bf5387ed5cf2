import type { Variable } from '@tensorflow/tfjs';
import type { BackendInternals } from './backend-internals.js';
import { aliasOf, nativeId, numericVariables } from './engine-internals.js';
import type { Recorder } from './recorder.js';

/** Tells the recorder of all variables; which of them the step uses is seen later. */
export function introduceVariables(backend: BackendInternals, recorder: Recorder): Map<Variable, number> {
  const before = new Map<Variable, number>();
  for (const variable of numericVariables()) {
    if (backend.tensorMap.get(variable.dataId).refCount > 1) separate(backend, variable);
    recorder.introduce(variable, { kind: 'variable', variable });
    before.set(variable, nativeId(backend, variable));
  }
  return before;
}

/** Gives a variable a number of its own, where it shares one with another variable or a clone. */
function separate(backend: BackendInternals, variable: Variable): void {
  assignNative(backend, variable, nativeId(backend, variable));
}

/** Makes a variable hold the tensor of a number of the addon's, without sharing that number. */
export function assignNative(backend: BackendInternals, variable: Variable, id: number): void {
  const alias = backend.createOutputTensor(aliasOf(backend, id));
  variable.assign(alias);
  alias.dispose();
}
