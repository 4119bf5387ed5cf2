export { globeLines } from './globe.js';
export { type Palette, palettes, type Paper, seriesColor, shareColor } from './palette.js';
export type { Point } from './point.js';
export { alongAxes, principalAxes } from './principal-axes.js';
export { isFlat, type Projection, projectionOf, projectionSentence } from './projection.js';
export { front, rotate, rotateAll, type Rotation, tilted, turn, upright } from './rotation.js';
