import { repositoryFiles } from './repository-files.js';

/** Every Markdown file of the repository but changelogs and API reports, which are made by programs: paths relative to `root`. */
export function markdownFiles(root: string): string[] {
  return repositoryFiles(root, '*.md').filter((file) => !/CHANGELOG\.md$|\.api\.md$/.test(file));
}
