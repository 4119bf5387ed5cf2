import type { Point } from '../point.js';

/** What is on a sphere that a page shows. */
export interface SphereScene {
  /** Whether all points are on a circle, which is seen from the front and does not turn. */
  readonly flat: boolean;
  /** Whether the points have unit length, so that those on their way stay on the surface. */
  readonly exact: boolean;
  readonly prototypes: readonly Point[];
  readonly prototypeNames: readonly string[];
  /** Whether prototype k has the color of class k; otherwise all have the color of the text. */
  readonly colored: boolean;
  readonly outputs: readonly Point[];
  /** The class of each output. */
  readonly labels?: ArrayLike<number> | undefined;
  /** From 0 to 1, the color of each output where there are no labels. */
  readonly shares?: readonly number[] | undefined;
  /** The class that is shown alone. */
  readonly only?: number | undefined;
  /** Read by a screen reader. */
  readonly description: string;
}

/** A sphere without points. */
export const emptyScene: SphereScene = {
  flat: false,
  exact: true,
  prototypes: [],
  prototypeNames: [],
  colored: false,
  outputs: [],
  description: 'An empty sphere.',
};
