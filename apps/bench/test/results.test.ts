import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configurationDigest } from '../src/experiment/configuration-digest.js';
import { findRuns } from '../src/records/find-runs.js';
import { readExperiment } from '../src/experiment/read-experiment.js';
import { runBench } from './run-bench.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const generated = ['RESULTS.md', 'README.md', 'results'];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-results-'));
  for (const name of generated) cpSync(join(root, name), join(folder, name), { recursive: true });
  rmSync(join(folder, 'results', 'figures'), { recursive: true, force: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The words of `pnpm results`, after the command line's own file. */
function resultsCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return scripts.results!.split(/cli\.ts /)[1]!.split(' ');
}

describe('RESULTS.md', () => {
  it('is what the committed files give, byte for byte, with its pictures; after a change: pnpm results', async () => {
    const { code, stderr } = await runBench(resultsCommand(), { folder });
    expect(code, stderr).toBe(0);
    const figures = (place: string): string[] =>
      existsSync(join(place, 'results', 'figures')) ? readdirSync(join(place, 'results', 'figures')) : [];
    expect(figures(root)).toEqual(figures(folder));
    for (const file of ['RESULTS.md', 'README.md', ...figures(root).map((name) => `results/figures/${name}`)])
      expect(readFileSync(join(folder, file), 'utf8') === readFileSync(join(root, file), 'utf8'), file).toBe(
        true,
      );
  });

  it('has pictures on the front page that cut no label short', () => {
    const pictures = [
      ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/\]\((\.\/results\/figures\/.+?\.svg)\)/g),
    ].map(([, path]) => path!);
    expect(pictures).toHaveLength(3);
    for (const path of pictures) expect(readFileSync(join(root, path), 'utf8'), path).not.toContain('…');
  });

  it('leads nowhere but to files that are there', () => {
    const text = readFileSync(join(root, 'RESULTS.md'), 'utf8');
    const links = [...text.matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, link]) =>
      decodeURIComponent(link!),
    );
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });
});

describe('the committed results', () => {
  const { runs, unfinished, unreadable } = findRuns(join(root, 'results'));

  it('are readable, ended, and lie where their names say', () => {
    expect({ unfinished, unreadable }).toEqual({ unfinished: [], unreadable: [] });
    for (const { folder: place, result } of runs) {
      expect(result.status).not.toBe('interrupted');
      expect(place).toBe(join(root, 'results', result.study, result.name, `seed-${result.seed}`));
    }
  });

  it('belong to the settings beside them, one configuration a name', () => {
    const names = new Map<string, string>();
    for (const { folder: place, result } of runs) {
      const digest = configurationDigest(readExperiment(join(place, 'config.json')));
      expect(result.configuration, place).toBe(digest);
      const name = `${result.study}/${result.name}`;
      expect(names.get(name) ?? digest, name).toBe(digest);
      names.set(name, digest);
    }
  });

  it('are small, and tell nothing of where they were made', () => {
    for (const { folder: place } of runs) {
      const files = readdirSync(place);
      expect(files.sort()).toEqual(['config.json', 'environment.json', 'result.json']);
      for (const file of files) {
        const path = join(place, file);
        expect(statSync(path).size, path).toBeLessThan(50_000);
        expect(readFileSync(path, 'utf8')).not.toMatch(/"\/|\/(?:home|root|tmp|Users)\//);
      }
    }
  });
});
