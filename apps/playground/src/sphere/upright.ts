import { turn, type Rotation } from '../../../bench/src/watch/page/rotation.js';

/** The first axis upright, seen a little from above: for poles. */
export const upright: Rotation = turn(
  [
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, -1],
  ],
  2.4,
  0.3,
);
