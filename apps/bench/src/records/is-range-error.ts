/** Whether a library refused a value, in whichever realm its error was made. */
export function isRangeError(error: unknown): error is RangeError {
  return (error as { readonly name?: unknown } | null | undefined)?.name === 'RangeError';
}
