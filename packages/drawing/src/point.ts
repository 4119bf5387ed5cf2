/** Three coordinates. Seen on a screen: to the right, up, and towards the viewer. */
export type Point = readonly [number, number, number];
