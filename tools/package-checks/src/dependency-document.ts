import { format, resolveConfig } from 'prettier';
import { type DependencyRecord, type DependencyUse, licenceOf } from './dependencies.js';
import type { LockedPackage } from './lockfile.js';

/** What the generated parts of `docs/dependencies.md` are made of. */
export interface DocumentFacts {
  readonly use: DependencyUse;
  readonly record: DependencyRecord;
  readonly catalog: Readonly<Record<string, string>>;
  /** Everything that production dependencies bring along, themselves included. */
  readonly closure: readonly LockedPackage[];
  /** Licences of direct dependencies, by name. */
  readonly licences: ReadonlyMap<string, string | undefined>;
}

/**
 * The document with its generated parts, between `<!-- name:begin -->` and `<!-- name:end -->`, written anew; what is around them stays.
 *
 * @throws {Error} If the document lacks a marker.
 */
export async function renderDependencyDocument(
  document: string,
  file: string,
  facts: DocumentFacts,
): Promise<string> {
  const parts = {
    production: productionTable(facts),
    development: developmentTable(facts),
    closure: closureTable(facts),
  };
  let text = document;
  for (const [name, content] of Object.entries(parts)) {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${file} must hold ${begin} and ${end}`);
    text = `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
  }
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}

function shortFolder(folder: string): string {
  return folder === '.' ? 'root' : folder.slice(folder.indexOf('/') + 1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function productionTable({ use, record, catalog, licences }: DocumentFacts): string {
  const rows = [...use.production.keys()].sort().map((name) => {
    const { reason = '', newest = '', released = '', kept } = record.production[name] ?? {};
    return [
      `\`${name}\``,
      catalog[name] ?? '',
      licences.get(name) ?? '',
      `${newest}, ${released}`,
      (use.production.get(name) ?? []).map(shortFolder).join(', '),
      kept === undefined ? `${reason}.` : `${reason}. Kept: ${kept}.`,
    ];
  });
  return table(['dependency', 'version here', 'licence', 'newest release', 'of', 'why'], rows);
}

function developmentTable({ use, record, catalog, licences }: DocumentFacts): string {
  const rows = [...use.development.keys()]
    .sort()
    .map((name) => [
      `\`${name}\``,
      catalog[name] ?? '',
      licences.get(name) ?? '',
      `${record.development[name] ?? ''}.`,
    ]);
  return table(['dependency', 'version', 'licence', 'why'], rows);
}

function closureTable({ closure, record }: DocumentFacts): string {
  const byLicence = new Map<string, string[]>();
  for (const one of closure) {
    const licence = licenceOf(one, record) ?? 'unknown';
    byLicence.set(licence, [...(byLicence.get(licence) ?? []), `${one.name} ${one.version}`]);
  }
  const rows = [...byLicence]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([licence, packages]) => [licence, String(packages.length), packages.join(', ')]);
  return `${closure.length} versions in all.\n\n${table(['licence', 'versions', 'packages'], rows)}`;
}
