import * as os from 'node:os';
import { Worker } from 'node:worker_threads';
import { fileErrorReason } from './file-problem.js';

/** How an image that has another size is brought to the requested one; see `ImageFileOptions.fit`. */
export type ImageFit = 'cover' | 'contain' | 'fill';

/** What `decode` makes of each file. */
export interface DecodeOptions {
  readonly imageShape: readonly [height: number, width: number, channels: number];
  /** Absent: a file with an image of another size is refused. */
  readonly fit?: ImageFit;
  readonly signal?: AbortSignal;
}

/** Decodes image files in worker threads. */
export interface ImageDecoder {
  /** The images of these files, `[n, height, width, channels]`, one byte a channel; see `readImageFiles` for how they are read. */
  readonly decode: (paths: readonly string[], options: DecodeOptions) => Promise<Uint8Array>;
  /** The height and width that a file's header says, of the image upright. Of JPEG files it needs no sharp. */
  readonly probe: (path: string, signal?: AbortSignal) => Promise<readonly [height: number, width: number]>;
  /** Ends the threads. What is under way rejects, and so does what comes later. */
  readonly close: () => Promise<void>;
}

/** How many threads decode, and what they refuse. */
export interface ImageDecoderOptions {
  /** The number of worker threads. Default: see `defaultWorkers`. */
  readonly workers?: number;
  /** For tests: what is imported as sharp. */
  readonly sharpModule?: string;
}

interface Task {
  /** Of the pixels that it makes. */
  readonly bytes: number;
  readonly message: Readonly<Record<string, unknown>> & { readonly id: number };
  readonly done: (answer: Answer) => void;
  readonly failed: (error: Error) => void;
  readonly wanted: () => boolean;
}

interface Answer {
  readonly id: number;
  readonly pixels?: Uint8Array;
  readonly size?: readonly [number, number];
  readonly problem?: {
    readonly path: string;
    readonly code?: string;
    readonly sharpMissing: boolean;
    readonly message: string;
  };
}

interface Thread {
  readonly worker: Worker;
  /** Given to it and not answered yet, by their ids. */
  readonly tasks: Map<number, Task>;
}

// Of pixels. A thread has several tasks at once: an image that changes threads in sharp, or a main thread that is busy, leaves no core idle.
const taskBytes = 2 ** 19;
const threadBytes = 2 ** 22;
const mostImagesOfTask = 64;

/** One thread a core, and not more than sharp can keep busy: it decodes in libuv's threads, of which there are `UV_THREADPOOL_SIZE`, or 4. */
export function defaultWorkers(): number {
  const pool = Number(process.env.UV_THREADPOOL_SIZE ?? 4);
  return Math.max(1, Math.min(os.availableParallelism(), Number.isInteger(pool) && pool > 0 ? pool : 4));
}

/**
 * Starts a decoder; its threads start with the first image. JPEG files that have the wished size already, or are reduced by less than a half,
 * are decoded by libjpeg-turbo in WebAssembly, all others by the package sharp, which must be installed for these.
 *
 * @throws {RangeError} When `workers` is not a whole number from 1 to 64.
 */
export function createImageDecoder({
  workers = defaultWorkers(),
  sharpModule = 'sharp',
}: ImageDecoderOptions = {}): ImageDecoder {
  if (!Number.isInteger(workers) || workers < 1 || workers > 64) {
    throw new RangeError(`workers is ${workers}; it must be a whole number of threads from 1 to 64.`);
  }
  const threads: Thread[] = [];
  let queue: Task[] = [];
  let closed = false;
  let nextId = 0;

  const startThread = (): Thread => {
    const worker = new Worker(new URL('./decode-images-worker.js', import.meta.url), {
      workerData: { sharpModule },
      // What the process was started with, such as a loader, is not needed there.
      execArgv: [],
    });
    const thread: Thread = { worker, tasks: new Map() };
    worker.unref();
    worker.on('message', (answer: Answer) => {
      const task = thread.tasks.get(answer.id);
      thread.tasks.delete(answer.id);
      // More work first, so that the thread does not wait while its images are copied.
      giveWork();
      if (thread.tasks.size === 0) worker.unref();
      task?.done(answer);
    });
    worker.on('error', (error) => {
      threads.splice(threads.indexOf(thread), 1);
      const ended = new Error(`a thread that decodes images ended: ${error.message}`, { cause: error });
      for (const task of thread.tasks.values()) task.failed(ended);
      giveWork();
    });
    threads.push(thread);
    return thread;
  };

  const giveWork = (): void => {
    queue = queue.filter((task) => task.wanted());
    while (queue.length > 0 && !closed) {
      const idlest = threads.reduce<Thread | undefined>(
        (least, thread) => (least && least.tasks.size <= thread.tasks.size ? least : thread),
        undefined,
      );
      const free = idlest && (idlest.tasks.size === 0 || threads.length === workers) ? idlest : startThread();
      const task = queue[0]!;
      if (free.tasks.size > 0 && bytesUnderWay(free) + task.bytes > threadBytes) return;
      queue.shift();
      free.tasks.set(task.message.id, task);
      // The process may not end while somebody waits for an image.
      free.worker.ref();
      free.worker.postMessage(task.message);
    }
  };

  const run = async (
    messages: readonly object[],
    bytesOf: (index: number) => number,
    take: (answer: Answer, index: number) => void,
    signal?: AbortSignal,
  ) => {
    signal?.throwIfAborted();
    if (closed) throw closedError();
    let wanted = true;
    let stop: (() => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        stop = () => {
          reject(signal!.reason as Error);
        };
        signal?.addEventListener('abort', stop);
        let left = messages.length;
        if (left === 0) resolve();
        for (const [index, message] of messages.entries()) {
          queue.push({
            message: { ...message, id: (nextId += 1) },
            bytes: bytesOf(index),
            wanted: () => wanted,
            failed: reject,
            done: (answer) => {
              if (!wanted) return;
              if (answer.problem) {
                reject(decodeError(answer.problem));
                return;
              }
              take(answer, index);
              left -= 1;
              if (left === 0) resolve();
            },
          });
        }
        giveWork();
      });
    } finally {
      wanted = false;
      if (stop) signal?.removeEventListener('abort', stop);
    }
  };

  return {
    decode: async (paths, { imageShape, fit, signal }) => {
      const [height, width, channels] = imageShape;
      const bytes = height * width * channels;
      const images = new Uint8Array(paths.length * bytes);
      const share = Math.ceil(paths.length / workers);
      const step = Math.max(1, Math.min(mostImagesOfTask, Math.floor(taskBytes / bytes), share));
      const messages = Array.from({ length: Math.ceil(paths.length / step) }, (_, index) => ({
        kind: 'decode',
        paths: paths.slice(index * step, (index + 1) * step),
        height,
        width,
        channels,
        fit,
      }));
      await run(
        messages,
        (index) => messages[index]!.paths.length * bytes,
        ({ pixels }, index) => {
          images.set(pixels!, index * step * bytes);
        },
        signal,
      );
      return images;
    },
    probe: async (path, signal) => {
      let size: readonly [number, number] = [0, 0];
      await run(
        [{ kind: 'probe', paths: [path] }],
        () => 0,
        (answer) => {
          size = answer.size!;
        },
        signal,
      );
      return size;
    },
    close: async () => {
      closed = true;
      const waiting = [...queue, ...threads.flatMap(({ tasks }) => [...tasks.values()])];
      queue = [];
      for (const { failed } of waiting) failed(closedError());
      await Promise.all(threads.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}

function bytesUnderWay({ tasks }: Thread): number {
  let sum = 0;
  for (const { bytes } of tasks.values()) sum += bytes;
  return sum;
}

function closedError(): Error {
  return new Error('the dataset is closed; open it again to read from it.');
}

function decodeError({ path, code, sharpMissing, message }: NonNullable<Answer['problem']>): Error {
  if (sharpMissing) {
    return new Error(
      `decoding ${path} needs the package sharp, which cannot be loaded (${message.split('\n')[0]!}). Install it: npm install sharp.`,
    );
  }
  const reason = fileErrorReason(code) ?? message.split('\n')[0]!.replace(/\.$/, '');
  return new RangeError(`${path} cannot be decoded: ${reason}.`);
}
