import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Frames between a native call and the step that asked for it can be many: tfjs nests a scope an operation. */
const frameLimit = 80;

/** Frames of these folders are not the user's. */
const foreignFolders = ['../../vendor/', '../kernels/', '../optimizers/', '../random/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

/** Nor are those of TensorFlow.js, wherever a package manager or a source map says they are. */
const tensorflowFiles =
  /\/node_modules\/@tensorflow\/|\/tfjs(-core|-layers|-converter|-data|-backend-\w+)?\/(src|dist)\//;

/** The stack at one moment, read only when an error needs it. */
export interface CallPlace {
  readonly stack?: string;
}

/** Notes the stack, without the frames above and including `above`. */
export function notePlace(above: (...values: never[]) => unknown): CallPlace {
  const place: CallPlace = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frameLimit;
  Error.captureStackTrace(place, above);
  Error.stackTraceLimit = limit;
  return place;
}

/** The frames, without the first line of `stack`. */
export function frames({ stack = '' }: CallPlace): string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line));
}

/**
 * The innermost place in the user's own code, `file:line:column`; undefined where there is none before `callStep`, the
 * name of the function that called the step.
 */
export function userPlace(place: CallPlace, callStep: string): string | undefined {
  for (const frame of frames(place)) {
    if (frame.includes(callStep)) return undefined;
    const location = /\(?((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*:\d+:\d+)\)?$/.exec(frame)?.[1];
    if (location === undefined) continue;
    const path = location.replace(/^file:\/\//, '').replaceAll('\\', '/');
    if (tensorflowFiles.test(path)) continue;
    if (foreignFolders.some((folder) => path.startsWith(folder.replaceAll('\\', '/')))) continue;
    const short = relative(process.cwd(), path);
    return short.startsWith('..') ? path : short;
  }
  return undefined;
}
