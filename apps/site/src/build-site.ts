/**
 * Builds the manuals as a static site, into `dist/` beside it: the READMEs, the pages of `docs/`, and the API from the doc comments.
 *
 *     npx pnpm@12.21.0 build:site
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Application,
  Converter,
  DeclarationReflection,
  DocumentReflection,
  MinimalSourceFile,
  normalizePath,
  type ProjectReflection,
} from 'typedoc';

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
const out = join(root, 'apps/site/dist');
const repository = 'https://github.com/hyperspherical/hyperspherical';

interface Manifest {
  readonly name: string;
  readonly exports: Record<string, string | Record<string, string>>;
}

/** The entry points of the packages, each with its name and, of a package's main one, the README. */
const modules = readdirSync(join(root, 'packages')).flatMap((folder) => {
  const path = join(root, 'packages', folder);
  const { name, exports } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string') return [];
    const entry = join(path, target['@hyperspherical/source']!);
    const readme = subpath === '.' ? [join(path, 'README.md')] : [];
    return [{ name: join(name, subpath), entry, readme }];
  });
});

const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`)
  // A folder's own page comes before those that it holds.
  .sort((one, other) => Number(other.endsWith('README.md')) - Number(one.endsWith('README.md')));

/** Every other page, in the order of the navigation: Markdown files of `docs/`, of the bench and of the root. */
const pages = [
  ...new Set([
    'docs/method.md',
    'docs/tutorials/README.md',
    'docs/cookbook/README.md',
    'apps/bench/README.md',
    'apps/bench/experiments/README.md',
    'packages/tfjs-native/docs/compile.md',
    'RESULTS.md',
    'docs/how-the-numbers-were-made.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    ...documents,
    'SECURITY.md',
  ]),
]
  .filter((file) => existsSync(join(root, file)))
  .map((file) => join(root, file));

/** The page that a page stands under in the navigation. */
function parentOf(file: string): string {
  const folder = dirname(file);
  if (folder === join(root, 'docs/contributing')) return join(root, 'CONTRIBUTING.md');
  if (folder === join(root, 'apps/bench/experiments')) return join(root, 'apps/bench/README.md');
  return join(folder, 'README.md');
}

const onSite = new Set([join(root, 'README.md'), ...pages, ...modules.flatMap(({ readme }) => readme)]);

/** A page's text without comments and title, with links to files that the site does not hold turned to the repository. */
function readPage(file: string): { title: string; text: string } {
  const text = readFileSync(file, 'utf8').replaceAll(/<!--.*?-->\n*/gs, '');
  const title = /^# (.+)$/m.exec(text)![1]!;
  return {
    title: title.replaceAll('`', ''),
    text: text
      .replace(/^# .+\n/m, '')
      .replaceAll(
        /(!?\[[^\]]*\])\(([^)\s#:]+)(#[^)\s]*)?\)/g,
        (whole, label: string, path: string, anchor = '') => {
          const target = resolve(dirname(file), path);
          if (label.startsWith('!') || onSite.has(target) || !existsSync(target)) return whole;
          if (onSite.has(join(target, 'README.md')))
            return `${label}(${join(path, 'README.md')}${String(anchor)})`;
          const kind = statSync(target).isDirectory() ? 'tree' : 'blob';
          return `${label}(${repository}/${kind}/main/${target.slice(root.length + 1)}${String(anchor)})`;
        },
      ),
  };
}

/** Adds the pages to the project and the READMEs to its modules. */
function addPages(app: Application, project: ProjectReflection): void {
  const parse = (file: string, text: string) =>
    app.converter.parseRawComment(new MinimalSourceFile(text, normalizePath(file)), project.files).content;
  const added = new Map<string, DocumentReflection>();
  for (const file of pages) {
    const { title, text } = readPage(file);
    const parent = added.get(parentOf(file)) ?? project;
    const page = new DocumentReflection(title, parent, parse(file, text), {});
    parent.addChild(page);
    added.set(file, page);
    project.registerReflection(page, undefined, normalizePath(file));
    project.files.registerReflection(normalizePath(file), page);
  }
  for (const { name, readme } of modules) {
    const module = project.children?.find((child) => child.name === name);
    if (!(module instanceof DeclarationReflection)) throw new Error(`TypeDoc found no module ${name}.`);
    for (const file of readme) {
      module.readme = parse(file, readPage(file).text);
      project.files.registerReflectionPath(normalizePath(file), module);
    }
  }
  const home = join(root, 'README.md');
  project.readme = parse(home, readPage(home).text);
  project.files.registerReflectionPath(normalizePath(home), project);
}

const app = await Application.bootstrap({
  name: 'hyperspherical',
  entryPoints: modules.map(({ entry }) => entry),
  tsconfig: join(root, 'apps/site/tsconfig.json'),
  basePath: root,
  readme: 'none',
  skipErrorChecking: true,
  excludeInternal: true,
  excludeExternals: true,
  gitRevision: 'main',
  disableGit: true,
  sourceLinkTemplate: `${repository}/blob/main/{path}#L{line}`,
  searchInComments: true,
  searchInDocuments: true,
  headings: { readme: true, document: true },
  highlightLanguages: ['bash', 'console', 'html', 'javascript', 'json', 'jsx', 'python', 'tsx', 'typescript'],
  customCss: fileURLToPath(new URL('site.css', import.meta.url)),
  navigationLinks: { GitHub: repository },
  validation: {
    invalidLink: true,
    invalidPath: true,
    notExported: false,
    notDocumented: false,
    rewrittenLink: false,
    unusedMergeModuleWith: true,
  },
});
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const [index, module] of (project.children ?? []).entries()) module.name = modules[index]!.name;
  addPages(app, project);
});
const project = await app.convert();
if (project === undefined) throw new Error('TypeDoc could not read the packages.');
app.validate(project);
await app.generateDocs(project, out);
const playground = join(root, 'apps/playground/dist');
if (existsSync(playground)) await cp(playground, join(out, 'playground'), { recursive: true });
if (app.logger.hasErrors()) process.exitCode = 1;
