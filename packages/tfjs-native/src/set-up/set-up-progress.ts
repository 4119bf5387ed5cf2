/** What set-up is doing at the moment. */
export interface SetUpProgress {
  readonly step: 'download' | 'unpack' | 'compile' | 'check';
  /** For people, for example `Downloading TensorFlow 2.15.1 (207 MB): 40 %`. */
  readonly message: string;
  /** Bytes so far, while downloading. */
  readonly receivedBytes?: number;
  /** Bytes in all, while downloading. */
  readonly totalBytes?: number;
}

/** What the steps of set-up share. */
export interface SetUpContext {
  /** The temporary folder in which the engine is made. */
  readonly making: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: SetUpProgress) => void;
}

/** Bytes for people: `207 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
