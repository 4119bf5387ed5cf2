import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { graphModel } from '../../engine/model/graph-model.js';
import { imageReadingOf } from '../../records/image-reading.js';
import { readDescription, readModel } from '../../engine/model/read-model.js';
import { prepareEngine } from '../../engine/prepare-engine.js';
import { printJson } from '../../printing/print-json.js';
import { UserError } from '../../records/user-error.js';
import { refuseNotFiniteWeights } from './refuse-not-finite.js';
import { writeFileDurably } from '../../records/write-file-durably.js';

/** What `bench export` was asked for. */
export interface ExportOptions {
  readonly run: string;
  readonly out: string;
  readonly force?: true;
  readonly json?: true;
}

/** Writes a finished run's model for a browser: the network as a graph model, and the head and what images need as JSON. */
export async function exportCommand({ run, out, force, json }: ExportOptions): Promise<void> {
  readDescription(run);
  if (!force && existsSync(out) && readdirSync(out).length > 0)
    throw new UserError(
      `${out} is not empty. Choose another folder with --out, or replace its model with --force.`,
    );
  await prepareEngine();
  const model = readModel(run);
  const { description, backbone, head } = model;
  refuseNotFiniteWeights(run, backbone);
  const { model: graph, weights } = graphModel(backbone, description.imageShape);
  const { name, title, task, dataset, imageShape, normalise, classNames, valueName, valueUnit } = description;
  const { images = imageReadingOf(imageShape) } = description;
  const described = {
    schemaVersion: 1,
    name,
    title,
    task,
    dataset,
    imageShape,
    images,
    normalise,
    classNames,
    valueName,
    valueUnit,
  };
  const files = {
    'weights.bin': weights,
    'head.json': [`${JSON.stringify({ ...described, head: head.toJSON() })}\n`],
    'model.json': [`${JSON.stringify(graph)}\n`],
  };
  for (const [name, parts] of Object.entries(files)) writeFileDurably(join(out, name), parts);
  model.dispose();
  if (json) printJson({ run, out, files: Object.keys(files) });
  else
    process.stdout.write(
      `${out}: model.json and weights.bin for tf.loadGraphModel, head.json for headFromJSON of @hyperspherical/heads.\n`,
    );
}
