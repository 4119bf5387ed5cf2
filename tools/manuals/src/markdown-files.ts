import { execFileSync } from 'node:child_process';

/** Every Markdown file of the repository but changelogs and API reports, which are made by programs: paths relative to `root`. */
export function markdownFiles(root: string): string[] {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '*.md'];
  const files = execFileSync('git', words, { cwd: root, encoding: 'utf8' }).split('\n');
  return files.filter((file) => file !== '' && !/CHANGELOG\.md$|\.api\.md$/.test(file)).sort();
}
