import { z } from 'zod';
import {
  imageContradiction,
  imageReadingSchema,
  normaliseSchema,
} from '../../../bench/src/records/image-reading.js';

const headSchema = z.looseObject({
  title: z.string().optional(),
  dataset: z.string().optional(),
  imageShape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
  /** How image files are read; absent in exports of earlier versions. */
  images: imageReadingSchema.optional(),
  normalise: normaliseSchema,
  classNames: z.array(z.string()).optional(),
  valueName: z.string().optional(),
  valueUnit: z.string().optional(),
  head: z.looseObject({
    kind: z.string(),
    prototypes: z
      .looseObject({ classes: z.int(), dimensions: z.int(), values: z.array(z.number()) })
      .optional(),
  }),
});

const graphSchema = z.looseObject({
  format: z.literal('graph-model'),
  modelTopology: z.looseObject({}),
  weightsManifest: z.array(
    z.looseObject({
      weights: z.array(
        z.looseObject({ name: z.string(), shape: z.array(z.int()), dtype: z.enum(['float32', 'int32']) }),
      ),
    }),
  ),
});

/** What `head.json` says. */
export type ModelFacts = z.output<typeof headSchema>;

/** The files of an exported model, read and checked. */
export interface ExportedModel {
  readonly facts: ModelFacts;
  readonly model: unknown;
  readonly weights: ArrayBuffer;
}

/** The version of `head.json` that this page reads. */
const version = 1;
const wanted = ['model.json', 'weights.bin', 'head.json'] as const;

/**
 * Reads the three files that `bench export` writes.
 *
 * @throws {RangeError} A sentence that names the file and says what to do.
 */
export async function readExportedModel(files: readonly File[]): Promise<ExportedModel> {
  const found = wanted.map((name) => files.find((file) => file.name === name));
  const missing = wanted.filter((_, index) => !found[index]);
  if (missing.length > 0) {
    throw new RangeError(
      `${list(missing)} ${missing.length === 1 ? 'is' : 'are'} not among the chosen files. Choose all three that ` +
        '"bench export --run R --out F" wrote into F: model.json, weights.bin and head.json.',
    );
  }
  const [modelFile, weightsFile, headFile] = found as [File, File, File];
  const [model, head] = [await json(modelFile), await json(headFile)];
  if (isObject(model) && 'backbone' in model) {
    throw new RangeError(
      "This model.json is a run's own. Export the run first: bench export --run R --out F, and choose the files of F.",
    );
  }
  if (isObject(model) && model.format === 'layers-model') {
    throw new RangeError(
      'model.json holds a model of tf.layers. This page reads graph models, as "bench export" writes them.',
    );
  }
  if (isObject(head) && 'schemaVersion' in head && head.schemaVersion !== version) {
    throw new RangeError(
      `head.json is of version ${JSON.stringify(head.schemaVersion)}, and this page reads version ${version}. ` +
        'Export the run again with a bench of the same release as this page.',
    );
  }
  const graph = graphSchema.safeParse(model);
  if (!graph.success) throw new RangeError(otherVersion('model.json', graph.error));
  const facts = headSchema.safeParse(head);
  if (!facts.success) throw new RangeError(otherVersion('head.json', facts.error));
  const contradiction = imageContradiction(facts.data);
  if (contradiction !== undefined) {
    throw new RangeError(`head.json contradicts itself: ${contradiction}. Export the run again.`);
  }

  const bytes = graph.data.weightsManifest
    .flatMap(({ weights }) => weights)
    .reduce((sum, { shape }) => sum + 4 * shape.reduce((product, size) => product * size, 1), 0);
  if (weightsFile.size !== bytes) {
    throw new RangeError(
      `weights.bin has ${weightsFile.size} bytes, and model.json tells of ${bytes}. ` +
        'The two are of different exports, or one was cut short: export the run again.',
    );
  }
  return { facts: facts.data, model, weights: await weightsFile.arrayBuffer() };
}

/** The largest JSON that is read: prototypes of thousands of classes, as text. */
const mostJsonBytes = 64 * 2 ** 20;

async function json(file: File): Promise<unknown> {
  if (file.size > mostJsonBytes)
    throw new RangeError(
      `${file.name} has ${file.size} bytes; at most ${mostJsonBytes} are read. Is it the file that "bench export" wrote?`,
    );
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new RangeError(`${file.name} is no JSON, or was cut short. Export the run again.`);
  }
}

function otherVersion(name: string, error: z.ZodError): string {
  const [issue] = error.issues;
  return (
    `${name} is of another version, or not of "bench export": ${issue!.path.join('.') || 'the whole'}: ` +
    `${issue!.message.replace(/\.$/, '')}. Export the run again with a bench of the same release as this page.`
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
