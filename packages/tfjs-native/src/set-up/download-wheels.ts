import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSha256 } from './engine-manifest.js';
import { type EngineRecipe, tensorflowVersion } from './engine-recipe.js';
import { runCommand } from './run-command.js';
import { megabytes, type SetUpContext } from './set-up-progress.js';
import { tellingLine } from './telling-line.js';
import type { WheelRecipe } from './wheel-recipe.js';

/** What pip writes when the network fails, the more telling words first. */
const networkFailures = [
  /Temporary failure in name resolution|Name or service not known|nodename nor servname/i,
  /Connection (refused|reset|aborted)|Network is unreachable|No route to host|timed out/i,
  /CERTIFICATE_VERIFY_FAILED|SSLError|ProxyError|IncompleteRead|Connection broken/i,
  /NewConnectionError|Max retries exceeded/i,
];

function networkFailure(output: string): string | undefined {
  return networkFailures.map((pattern) => pattern.exec(output)?.[0]).find((words) => words !== undefined);
}

function wrongChecksum({ requirement, sha256 }: WheelRecipe, found: string, cause: string): Error {
  return new Error(
    `The package index sent another file for ${requirement} than expected: sha256 ${found} instead of ${sha256}. ` +
      'Nothing of it was kept. Try again; if it stays so, the mirror that pip uses (python3 -m pip config list) is not to be trusted.',
    { cause },
  );
}

function explainFailure(wheel: WheelRecipe, neededBytes: number, output: string): Error {
  const { requirement } = wheel;
  if (/DO NOT MATCH THE HASHES|HashMismatch/i.test(output)) {
    return wrongChecksum(wheel, /Got\s+([0-9a-f]{64})/.exec(output)?.[1] ?? 'unknown', output);
  }
  if (/No space left on device/i.test(output)) {
    return new Error(
      `The disk became full while ${requirement} was downloaded: free ${megabytes(neededBytes)}, or set HYPERSPHERICAL_CACHE to a folder on a larger disk.`,
      { cause: output },
    );
  }
  const reason = networkFailure(output);
  if (reason !== undefined) {
    return new Error(
      `The Python package index could not be reached to download ${requirement} (${reason}): check the network and try again. ` +
        'pip follows PIP_INDEX_URL, HTTPS_PROXY and PIP_CERT where a mirror, a proxy or own certificates are needed.',
      { cause: output },
    );
  }
  return new Error(`pip could not download ${requirement}: ${tellingLine(output)}`, { cause: output });
}

async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    // pip moves and removes files while we look.
    if (entry.isFile())
      bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}

/** pip itself gives up on a silent server, but not on one that sends a byte now and then, or without an end. */
const patienceMilliseconds = 120_000;
const leastBytes = 1 << 17;
const extraBytes = 1 << 26;

/**
 * Reports how much has come, at most twice a second, until the function that it returns is called. Aborts a download that brings
 * less than 128 KiB in two minutes, or much more than is right.
 */
function watchDownload(
  folder: string,
  recipe: EngineRecipe,
  onProgress: SetUpContext['onProgress'],
  onAbort: (reason: Error) => void,
): () => void {
  const totalBytes = recipe.wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  const what =
    recipe.variant === 'gpu' ? `TensorFlow ${tensorflowVersion} and CUDA` : `TensorFlow ${tensorflowVersion}`;
  let stopped = false;
  let told = -1;
  const tell = (bytes: number): void => {
    // At the end of a file pip has it twice for a moment.
    const receivedBytes = Math.min(bytes, totalBytes);
    const percent = Math.round((100 * receivedBytes) / totalBytes);
    if (stopped || percent <= told) return;
    told = percent;
    onProgress({
      step: 'download',
      message: `Downloading ${what} (${megabytes(totalBytes)}): ${percent} %`,
      receivedBytes,
      totalBytes,
    });
  };
  tell(0);
  let counted = 0;
  let since = performance.now();
  const limit = (bytes: number): void => {
    // At the end of a file pip has it twice for a moment.
    if (bytes > 2 * totalBytes + extraBytes) {
      onAbort(
        new Error(
          `The package index sent more than ${megabytes(bytes)}, and ${megabytes(totalBytes)} are right. Nothing of it was kept: ` +
            'check the mirror that pip uses (python3 -m pip config list).',
        ),
      );
    }
    if (Math.abs(bytes - counted) >= leastBytes) {
      counted = bytes;
      since = performance.now();
    } else if (performance.now() - since > patienceMilliseconds) {
      onAbort(
        new Error(
          `The package index sent almost nothing for ${patienceMilliseconds / 1000} seconds: check the network and try again.`,
        ),
      );
    }
  };
  const timer = setInterval(() => {
    void folderBytes(folder).then((bytes) => {
      if (stopped) return;
      limit(bytes);
      tell(bytes);
    });
  }, 500);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

/**
 * Downloads the recipe's wheels with pip, which follows the user's mirrors, proxies and certificates, and checks the sha256 of
 * each.
 *
 * @returns the wheels' paths, inside `making`, in the recipe's order
 * @throws Error when pip fails, the index cannot be reached, goes almost silent or sends far too much, the disk is full or a checksum differs
 */
export async function downloadWheels(recipe: EngineRecipe, context: SetUpContext): Promise<string[]> {
  const downloads = join(context.making, 'download');
  await mkdir(downloads);
  const limit = new AbortController();
  const stopWatching = watchDownload(downloads, recipe, context.onProgress, (reason) => {
    limit.abort(reason);
  });
  const signal = context.signal ? AbortSignal.any([context.signal, limit.signal]) : limit.signal;
  try {
    const paths: string[] = [];
    for (const wheel of recipe.wheels) {
      const folder = join(downloads, String(paths.length));
      paths.push(await downloadWheel(wheel, folder, recipe.neededBytes, { ...context, signal }));
    }
    return paths;
  } finally {
    stopWatching();
  }
}

async function downloadWheel(
  wheel: WheelRecipe,
  folder: string,
  neededBytes: number,
  { environment, signal }: SetUpContext,
): Promise<string> {
  const temporary = join(folder, 'temporary');
  const wheels = join(folder, 'wheel');
  await mkdir(temporary, { recursive: true });
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const result = await runCommand(
    'python3',
    [
      ...['-m', 'pip', 'download', '--require-hashes', '--no-deps', '--only-binary=:all:'],
      ...['--implementation', 'cp', '--python-version', '3.11', '--abi', 'cp311', '--platform', wheel.tag],
      ...['--no-cache-dir', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'],
      ...['--dest', wheels, '--requirement', requirements],
    ],
    // pip's own temporary files belong on the disk whose space was checked. Nothing is installed, so no virtual
    // environment is needed.
    { environment: { ...environment, TMPDIR: temporary, PIP_REQUIRE_VIRTUALENV: '0' }, signal },
  );
  const output = `${result.stdout}\n${result.stderr}`;
  if (result.exitCode !== 0) throw explainFailure(wheel, neededBytes, output);
  const name = (await readdir(wheels).catch(() => [])).find((each) => each.endsWith('.whl'));
  if (name === undefined) throw explainFailure(wheel, neededBytes, `${output}\nit left no wheel`);
  const path = join(wheels, name);
  const sha256 = await fileSha256(path, signal);
  if (sha256 !== wheel.sha256) throw wrongChecksum(wheel, sha256, output);
  return path;
}
