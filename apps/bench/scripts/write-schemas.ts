import { writeFileSync } from 'node:fs';
import { experimentJsonSchema } from '../src/experiment/experiment-json-schema.js';

const folder = new URL('../schema/', import.meta.url);
writeFileSync(
  new URL('experiment.schema.json', folder),
  `${JSON.stringify(experimentJsonSchema(), undefined, 2)}\n`,
);
