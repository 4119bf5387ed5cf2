import type { ConstantTensor } from './graph-def.js';
import type { GraphSource } from './recording.js';

/** Where a tensor of the recorded call comes from. */
export type TensorOrigin =
  | { readonly kind: 'node'; readonly output: string; readonly dtype: number; readonly node: number }
  | {
      readonly kind: 'input';
      readonly source: GraphSource;
      readonly dtype: number;
      readonly shape: readonly number[];
    }
  | ({ readonly kind: 'constant' } & ConstantTensor);

/** What a source is, in the user's words. */
export function describeSource(source: GraphSource, feedNames: readonly string[]): string {
  switch (source.kind) {
    case 'variable':
      return `the variable ${source.variable.name}`;
    case 'feed':
      return feedNames[source.feed]!;
    case 'learning rate':
      return "the optimizer's learning rate";
    case 'captured':
      return 'a tensor made outside of the step';
  }
}
