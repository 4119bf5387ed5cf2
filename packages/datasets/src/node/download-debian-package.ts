import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { DownloadSource } from './download-source.js';

const run = promisify(execFile);

/**
 * Downloads a package of Debian to a file with apt, so that the user's mirrors and proxies apply, and checks its sum. Nothing is installed.
 *
 * @param source - Its `spec` is `apt:name@version`.
 * @throws {Error} When this is no Debian, apt cannot find or reach the package, or sends something else.
 */
export async function downloadDebianPackage(
  { spec, location, integrity }: DownloadSource,
  path: string,
  { signal, onBytes }: { readonly signal?: AbortSignal; readonly onBytes?: (bytesDone: number) => void },
): Promise<void> {
  const folder = await mkdtemp(join(dirname(path), 'apt-'));
  try {
    await run('apt-get', ['download', spec.replace(/^apt:/, '').replace('@', '=')], {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C' },
      ...(signal && { signal }),
    }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw explain(error);
    });
    const downloaded = join(folder, (await readdir(folder))[0] ?? '');
    const bytes = await readFile(downloaded);
    const algorithm = integrity.slice(0, integrity.indexOf('-'));
    const found = `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;
    if (found !== integrity) {
      throw new Error(`${location} sent ${bytes.length} bytes with the checksum ${found}, not ${integrity}`);
    }
    onBytes?.(bytes.length);
    await rename(downloaded, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function explain(error: unknown): Error {
  const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
  if (code === 'ENOENT') return new Error('there is no apt-get here, which only Debian and its kin have');
  const told = /^E: (.*)$/m.exec(stderr)?.[1] ?? 'apt-get failed';
  return new Error(`${told.replace(/\.$/, '')} (apt-get update may help)`);
}
