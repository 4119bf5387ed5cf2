import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Whether the registry has this version of a package; throws where it gives no answer. */
export function isPublished({ name, version }) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', `${name}@${version}`, 'version'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0 && !stderr.includes('E404')) throw new Error(stderr);
  return status === 0 && stdout.trim() === version;
}
