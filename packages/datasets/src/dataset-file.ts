/** A file's bytes, and the name that errors call it by. */
export interface DatasetFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
