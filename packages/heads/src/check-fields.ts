import { describeValue } from './describe-value.js';
import type { HeadConfiguration } from './head-configuration.js';

type Kind = HeadConfiguration['kind'];
type FieldOf<K extends Kind> = keyof Extract<HeadConfiguration, { kind: K }>;

const weighting = ['classWeights', 'ignoredLabel'] as const;

/** Every field that the JSON of a head may have. */
const knownFields: { readonly [K in Kind]: readonly FieldOf<K>[] } = {
  'prototype-classifier': ['kind', 'prototypes', ...weighting],
  'softmax-classifier': ['kind', 'classes', ...weighting],
  'prototype-regressor': ['kind', 'dimensions', 'bounds', 'clamp'],
  joint: ['kind', 'prototypes', 'bounds', 'weights', 'layout', 'clamp', ...weighting],
  'cosine-classifier': ['kind', 'prototypes', 'learned', 'loss', 'scale', 'margin', ...weighting],
  'linear-regressor': ['kind', 'standards'],
  'ordinal-classifier': ['kind', 'classes', 'distance', 'decoding', ...weighting],
  'nearest-mean-classifier': ['kind', 'means', 'decay', ...weighting],
};

/**
 * Refuses the JSON of a head that says more than this version understands: without that, the head would compute something else.
 *
 * @throws {RangeError} if the kind or a field is unknown
 */
export function checkFields(configuration: HeadConfiguration): void {
  const { kind } = configuration;
  const known: readonly string[] | undefined =
    typeof kind === 'string' && Object.hasOwn(knownFields, kind) ? knownFields[kind] : undefined;
  const remedy =
    'If a newer version has written it, install that one: npm install @hyperspherical/heads@latest';
  if (known === undefined) {
    throw new RangeError(`the JSON is of no known head: its kind is ${describeValue(kind)}. ${remedy}`);
  }
  const unknown = Object.keys(configuration).filter((field) => !known.includes(field));
  if (unknown.length > 0) {
    const few = unknown.slice(0, 5).map((field) => (field.length > 60 ? `${field.slice(0, 60)}...` : field));
    const more = unknown.length > 5 ? ` and ${unknown.length - 5} more` : '';
    throw new RangeError(`the JSON of a ${kind} has unknown fields: ${few.join(', ')}${more}. ${remedy}`);
  }
}
