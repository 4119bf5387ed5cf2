/** A value for an error message, in a few characters and without calling code of its own: JSON may nest it a million deep. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (value === null || ['number', 'boolean', 'undefined', 'bigint'].includes(typeof value))
    return String(value);
  return Array.isArray(value) || ArrayBuffer.isView(value) ? 'an array' : `of type ${typeof value}`;
}
