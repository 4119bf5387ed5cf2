import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Copies a checkout as it is on disk, with what is built, into a folder, as a repository of its own. Files that git ignores
 * stay behind.
 */
export function copyWorkspace(from: string, to: string, built: readonly string[]): void {
  const git = (folder: string, ...words: string[]): string =>
    execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const listed = git(from, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  for (const file of new Set(listed.split('\0'))) {
    // A file that was removed is listed until that is committed.
    if (file === '' || !existsSync(join(from, file))) continue;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file), { preserveTimestamps: true });
  }
  for (const folder of built) {
    if (existsSync(join(from, folder))) {
      cpSync(join(from, folder), join(to, folder), { recursive: true, preserveTimestamps: true });
    }
  }
  git(to, 'init', '--quiet', '--initial-branch=main');
  git(to, 'add', '--all');
  commit(to, 'Before the release');
}

/** Commits everything in a repository; tags and commits need somebody's name. */
export function commit(folder: string, message: string): void {
  execFileSync('git', ['commit', '--quiet', '--all', '--message', message], {
    cwd: folder,
    env: { ...process.env, ...gitIdentity },
    stdio: 'inherit',
  });
}

/** Somebody who commits and tags. */
export const gitIdentity = {
  GIT_AUTHOR_NAME: 'Rehearsal',
  GIT_AUTHOR_EMAIL: 'rehearsal@example.invalid',
  GIT_COMMITTER_NAME: 'Rehearsal',
  GIT_COMMITTER_EMAIL: 'rehearsal@example.invalid',
};
