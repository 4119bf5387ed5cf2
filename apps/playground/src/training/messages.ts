/** Where TensorFlow.js computes. */
export type EngineName = 'webgl' | 'wasm' | 'cpu';

/** What to train. */
export type Task =
  | { readonly kind: 'classes'; readonly dimensions: number; readonly seed: number }
  | { readonly kind: 'rotation'; readonly seed: number };

/** Rows of points, one after the other. */
export interface Points {
  readonly dimensions: number;
  /** `[count, dimensions]`. */
  readonly values: Float32Array;
}

/** What a training begins with. */
export interface TrainingStarted {
  readonly kind: 'started';
  readonly engine: EngineName;
  readonly steps: number;
  /** Class prototypes, or the upper and the lower pole. */
  readonly prototypes: Points;
  /** Of the points shown: the class, for classes. */
  readonly labels: Int32Array;
  /** Of the points shown: the angle in degrees, for rotation. */
  readonly values: Float32Array | undefined;
}

/** The state after some steps. */
export interface TrainingProgress {
  readonly kind: 'progress';
  readonly step: number;
  readonly secondsTraining: number;
  /** Unit outputs of the points shown. */
  readonly outputs: Points;
  /** For classes: shares from 0 to 1. For rotation: mean absolute errors in degrees. Over all test images. */
  readonly hyperspherical: number;
  readonly opponent: number;
  /** Predicted values of the points shown, for rotation. */
  readonly predictions: Float32Array | undefined;
}

/** What an image got from a loaded model. */
export interface ModelAnswer {
  /** The network's outputs. */
  readonly outputs: number[];
  /** What the head makes of them: cosines, or logits, a class; or a cosine a value. */
  readonly scores: number[];
  /** Predicted values, for regression. */
  readonly values: number[];
}

export type WorkerMessage =
  | TrainingStarted
  | TrainingProgress
  | { readonly kind: 'finished' }
  | { readonly kind: 'loaded'; readonly engine: EngineName }
  | { readonly kind: 'answer'; readonly answer: ModelAnswer }
  | { readonly kind: 'problem'; readonly message: string };

export type PageMessage =
  | {
      readonly kind: 'train';
      readonly task: Task;
      readonly engines: readonly EngineName[];
      /** The file of digits, as an absolute address. */
      readonly digits: string;
    }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | {
      readonly kind: 'load';
      readonly engines: readonly EngineName[];
      readonly model: unknown;
      readonly weights: ArrayBuffer;
      readonly head: unknown;
      readonly imageShape: readonly [number, number, number];
    }
  | {
      readonly kind: 'predict';
      /** `[height, width, channels]`, from 0 to 1, normalised already. */
      readonly pixels: Float32Array;
      readonly shape: readonly [number, number, number];
    };
