import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of the repository that git has or would add: paths relative to `root`, or those that match `pattern`. */
export function repositoryFiles(root: string, ...pattern: readonly string[]): string[] {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', ...pattern];
  const files = execFileSync('git', words, { cwd: root, encoding: 'utf8' }).split('\0');
  // git still has what was only just deleted.
  return files.filter((file) => file !== '' && existsSync(join(root, file))).sort();
}
