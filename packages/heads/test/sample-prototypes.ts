import type { Prototypes } from '@hyperspherical/prototypes';

/** Three directions in the plane, wide apart. */
export const threeDirections: Prototypes = {
  classes: 3,
  dimensions: 2,
  method: 'given',
  values: Float32Array.of(1, 0, 0, 1, -0.6, -0.8),
};

/** Three directions in space, none along an axis alone. */
export const threeInSpace: Prototypes = {
  classes: 3,
  dimensions: 3,
  method: 'given',
  values: Float32Array.of(0, 1, 0, 0, -0.6, 0.8, 0, -0.6, -0.8),
};
