import { z } from 'zod';

const dimensions = z.int().min(1).describe('Of the output space.');
const words = z
  .string()
  .default('wink-embeddings')
  .describe('Word vectors: a name that @hyperspherical/word-embeddings knows, or a file.');

const synonyms = z
  .record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]))
  .optional()
  .describe('What to look up in place of a class name, or of a word in one: {"jinrikisha": "rickshaw"}.');

const wordsReading = z
  .strictObject({
    format: z
      .enum(['glove', 'word2vec-text', 'word2vec-binary', 'json'])
      .optional()
      .describe('Default: recognized by the first bytes.'),
    limit: z.int().min(1).optional().describe('Rows to read, from the first one on. Default: all.'),
    encoding: z.string().optional().describe('What the words are written in. Default: utf-8.'),
    unicodeErrors: z
      .enum(['skip', 'strict', 'ignore', 'replace'])
      .optional()
      .describe(
        'For words that are not valid text: leave the row out (default), refuse the file, drop or replace what is wrong.',
      ),
    duplicates: z
      .enum(['error', 'keep-first'])
      .optional()
      .describe(
        'For words that are there twice. Default: refuse those that a class needs, keep the first of others.',
      ),
    cache: z.boolean().optional().describe('Whether a compact form is kept. Default: true.'),
  })
  .optional()
  .describe('How the file of word vectors is read.');

const assign = z
  .strictObject({ words, wordsReading, synonyms })
  .optional()
  .describe('Gives similar classes neighbouring prototypes; the points themselves stay.');

/** Where a run's class prototypes come from. */
export const prototypesSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z
      .enum([
        'auto',
        'circle',
        'simplex',
        'orthoplex',
        'code',
        'log-sum-exp',
        'hpn',
        'uniformity',
        'riesz',
        'equiangular',
        'one-hot',
        'random',
      ])
      .describe("A method of createPrototypes. The paper's own: hpn."),
    dimensions,
    restarts: z.int().min(1).optional(),
    assign,
  }),
  z
    .strictObject({
      method: z.literal('semantic'),
      dimensions,
      words,
      wordsReading,
      synonyms,
      weights: z
        .strictObject({
          ranking: z.number().min(0).default(1),
          separation: z.number().min(0).default(1),
        })
        .default({ ranking: 1, separation: 1 })
        .describe('The paper: 1 and 1.'),
    })
    .describe(
      "The paper's privileged information: far apart, and ranked as the word vectors of the classes.",
    ),
  z
    .strictObject({ method: z.literal('word-vectors'), dimensions, words, wordsReading, synonyms })
    .describe("The paper's baseline: the word vectors themselves, on as many principal axes as asked for."),
  z
    .strictObject({ method: z.literal('file'), path: z.string() })
    .describe('Rows of a .npy file, one a class; the path is relative to the working folder.'),
  z
    .strictObject({
      method: z.literal('run'),
      from: z
        .string()
        .describe(
          "A finished run's folder, relative to the working folder; {seed} stands for this run's seed.",
        ),
    })
    .describe(
      'The class vectors of another run, now fixed: those that a cosine classifier learned in a short one show which classes look alike.',
    ),
]);

/** Where a run's class prototypes come from, validated. */
export type PrototypesChoice = z.output<typeof prototypesSchema>;
