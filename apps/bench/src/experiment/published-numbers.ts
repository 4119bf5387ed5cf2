import type { Experiment } from './experiment-schema.js';
import type { Reproduces } from '../records/reproduces.js';

/** The published numbers that an experiment stands beside, each with all that differs from the published setting. */
export function publishedNumbers({ reproduces, differs, comparable }: Experiment): Reproduces[] {
  return reproduces.map((published) => {
    const sentences = [differs, published.differs].filter((text) => text !== undefined);
    return {
      ...published,
      ...(comparable === false && { comparable }),
      ...(sentences.length > 0 && { differs: sentences.join(' ') }),
    };
  });
}
