import { writeFileSync } from 'node:fs';
import { claimJsonSchema } from '../src/report/claims/claim-json-schema.js';
import { experimentJsonSchema } from '../src/experiment/experiment-json-schema.js';
import { paperJsonSchema, partsJsonSchema, studyJsonSchema } from '../src/experiment/study-json-schema.js';
import { pictureJsonSchema } from '../src/report/pictures/picture-json-schema.js';
import { sweepJsonSchema } from '../src/sweep/sweep-json-schema.js';

const folder = new URL('../schema/', import.meta.url);
const schemas = {
  experiment: experimentJsonSchema(),
  study: studyJsonSchema(),
  parts: partsJsonSchema(),
  paper: paperJsonSchema(),
  sweep: sweepJsonSchema(),
  claim: claimJsonSchema(),
  picture: pictureJsonSchema(),
};
for (const [name, schema] of Object.entries(schemas))
  writeFileSync(new URL(`${name}.schema.json`, folder), `${JSON.stringify(schema, undefined, 2)}\n`);
