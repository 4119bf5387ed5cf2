import { describe, expect, it } from 'vitest';
import '../index.js';
import { backendInternals } from './engine-internals.js';
import { inputArguments, inputLengths } from './operation-inputs.js';

const { binding } = backendInternals();

function argumentsOf(operation: string): ReturnType<typeof inputArguments> {
  return inputArguments(binding.operationDefinition(binding.createGraph(), operation));
}

describe("an operation's inputs", () => {
  it('are single tensors or lists, as its definition says', () => {
    const single = { isList: false, countAttribute: undefined };
    expect(argumentsOf('MatMul')).toEqual([single, single]);
    expect(argumentsOf('ConcatV2')).toEqual([{ isList: true, countAttribute: 'N' }, single]);
    expect(argumentsOf('IdentityN')).toEqual([{ isList: true, countAttribute: undefined }]);
    expect(argumentsOf('NoOp')).toEqual([]);
  });

  it('are dealt out: the only list gets what is left, several get the number that an attribute tells', () => {
    const { binding } = backendInternals();
    expect(inputLengths(argumentsOf('MatMul'), 2, [])).toEqual([-1, -1]);
    expect(inputLengths(argumentsOf('ConcatV2'), 4, [])).toEqual([3, -1]);
    const count = { name: 'N', type: binding.TF_ATTR_INT, value: 2 };
    expect(inputLengths(argumentsOf('DynamicStitch'), 4, [count])).toEqual([2, 2]);
  });

  it('of an unknown operation are an error that names it', () => {
    expect(() => argumentsOf('NoSuchOperation')).toThrow(/NoSuchOperation/);
  });
});
