import type { NativeAttribute } from '../engine/native-backend.js';
import { readFields } from './protobuf.js';

/** One input argument of an operation. */
export interface InputArgument {
  /** It takes any number of tensors. */
  readonly isList: boolean;
  /** The attribute that tells how many, where there is one. */
  readonly countAttribute: string | undefined;
}

/** The input arguments of an operation, from its `OpDef`. */
export function inputArguments(definition: Buffer): InputArgument[] {
  // OpDef.input_arg = 2; ArgDef.number_attr = 5, ArgDef.type_list_attr = 6.
  return readFields(definition)
    .filter(({ field }) => field === 2)
    .map(({ bytes }) => {
      const fields = readFields(bytes!);
      const count = fields.find(({ field }) => field === 5)?.bytes?.toString();
      return {
        isList: count !== undefined || fields.some(({ field }) => field === 6),
        countAttribute: count,
      };
    });
}

/** Deals an operation's inputs, which eager calls give in one list, out to its arguments: -1 for a single one, or a list's length. */
export function inputLengths(
  inputArguments: readonly InputArgument[],
  inputs: number,
  attributes: readonly NativeAttribute[],
): number[] {
  const lists = inputArguments.filter(({ isList }) => isList).length;
  return inputArguments.map(({ isList, countAttribute }) => {
    if (!isList) return -1;
    // The only list gets what the single ones leave.
    if (lists === 1) return inputs - (inputArguments.length - 1);
    return Number(attributes.find(({ name }) => name === countAttribute)?.value ?? 0);
  });
}
