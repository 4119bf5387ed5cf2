import { userPlace } from './call-place.js';
import type { GraphNode } from './graph-builder.js';

/** Where a node comes from. */
export type NodePlace = Pick<GraphNode, 'name' | 'place'>;

/** An error of a graph's run, with the place in the step of the operation that TensorFlow names. */
export function runError(error: unknown, nodes: readonly NodePlace[], callStep: string): Error {
  const { message } = error as Error;
  const names = [...message.matchAll(/\{\{node ([^}]+)\}\}/g)].map(([, name]) => name);
  const place = nodes.find(({ name, place }) => place !== undefined && names.includes(name))?.place;
  const where = place && userPlace(place, callStep);
  return new Error(where === undefined ? message : `${message} (at ${where})`, { cause: error });
}
