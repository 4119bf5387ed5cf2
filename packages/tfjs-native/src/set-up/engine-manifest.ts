import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The file that describes an engine; it is written last. */
export const manifestName = 'manifest.json';

/** The compiled addon's place in an engine folder. */
export const addonFile = 'addon/tfjs_binding.node';

/** One file of an engine, as it was when the engine was made. */
export interface ManifestFile {
  /** Relative to the engine's folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where an engine's addon comes from; `compiler` is the first line of its `--version`. */
export type AddonOrigin =
  | { readonly origin: 'compiled'; readonly compiler: string }
  | { readonly origin: 'prebuilt'; readonly compiler: string; readonly source: string };

/** What an engine's folder holds; written last, so that a folder without it is no engine. */
export interface EngineManifest {
  readonly key: string;
  readonly tensorflowVersion: string;
  /** What was fetched. */
  readonly wheels: readonly { readonly requirement: string; readonly sha256: string }[];
  /** Engines of earlier versions have a `compiler` instead: they were compiled where they are. */
  readonly addon?: AddonOrigin;
  readonly files: readonly ManifestFile[];
}

/** The sha256 of a file, in hexadecimal. */
export async function fileSha256(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest('hex');
}

/** Sizes and checksums of the given files of a folder. */
export async function describeFiles(
  folder: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const path of paths) {
    const file = join(folder, path);
    files.push({ path, bytes: (await stat(file)).size, sha256: await fileSha256(file, signal) });
  }
  return files;
}

/** Writes the manifest into an engine's folder. */
export async function writeManifest(folder: string, manifest: EngineManifest): Promise<void> {
  await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
}

function isManifestFile(value: unknown): value is ManifestFile {
  const { path, bytes, sha256 } = (value ?? {}) as Partial<ManifestFile>;
  return typeof path === 'string' && typeof bytes === 'number' && typeof sha256 === 'string';
}

function isManifest(value: unknown): value is EngineManifest {
  if (typeof value !== 'object' || value === null || !('files' in value)) return false;
  return Array.isArray(value.files) && value.files.every(isManifestFile);
}

function parseManifest(text: string): EngineManifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The state of an engine's folder: absent, ready, or damaged with the reason. */
export type EngineState =
  | { readonly state: 'absent' }
  | { readonly state: 'ready'; readonly manifest: EngineManifest }
  | { readonly state: 'damaged'; readonly reason: string };

/** Looks at an engine's folder quickly: the manifest, and the sizes of the files that it lists. */
export function engineState(folder: string): EngineState {
  let text;
  try {
    text = readFileSync(join(folder, manifestName), 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      return existsSync(folder)
        ? { state: 'damaged', reason: `${manifestName} is missing` }
        : { state: 'absent' };
    }
    return { state: 'damaged', reason: `${manifestName} cannot be read (${(error as Error).message})` };
  }
  const manifest = parseManifest(text);
  if (!manifest) return { state: 'damaged', reason: `${manifestName} is not what set-up writes` };
  for (const { path, bytes } of manifest.files) {
    const found = statSync(join(folder, path), { throwIfNoEntry: false });
    if (!found) return { state: 'damaged', reason: `${path} is missing` };
    if (found.size !== bytes) {
      return { state: 'damaged', reason: `${path} has ${found.size} bytes instead of ${bytes}` };
    }
  }
  return { state: 'ready', manifest };
}

function isMissing(error: unknown): boolean {
  // Under jest and vitest's vmThreads the errors of fs are no instances of the context's own Error.
  const { code } = error as { readonly code?: unknown };
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Like `engineState`, and reads every file to compare its sha256 (about 615 MB, with CUDA 3.5 GB). */
export async function engineStateBySha256(folder: string, signal?: AbortSignal): Promise<EngineState> {
  const quick = engineState(folder);
  if (quick.state !== 'ready') return quick;
  for (const { path, sha256 } of quick.manifest.files) {
    const found = await fileSha256(join(folder, path), signal);
    if (found !== sha256) {
      return { state: 'damaged', reason: `${path} has sha256 ${found} instead of ${sha256}` };
    }
  }
  return quick;
}
