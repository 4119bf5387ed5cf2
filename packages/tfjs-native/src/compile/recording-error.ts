/**
 * A step that cannot run as a graph, and why: what to change is in the message. Its stack is that of the place in the
 * step, where there is one.
 */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  /** TensorFlow's name of the operation in question, for example `Multinomial`. */
  readonly operation: string | undefined;
  /** Where the step calls it: `file:line:column`. */
  readonly place: string | undefined;

  constructor(
    message: string,
    {
      operation,
      place,
      stack,
    }: {
      readonly operation?: string | undefined;
      readonly place?: string | undefined;
      readonly stack?: string | undefined;
    } = {},
  ) {
    super(place === undefined ? message : `${message} (at ${place})`);
    this.operation = operation;
    this.place = place;
    if (stack !== undefined) this.stack = `${this.name}: ${this.message}\n${stack}`;
  }
}
