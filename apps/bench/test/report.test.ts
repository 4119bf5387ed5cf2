import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../src/report/compare/compare-runs.js';
import { writeReport, type ReportOptions } from '../src/report/write-report.js';
import { exampleExperiments, writeSyntheticRuns } from './synthetic-runs.js';
import { UserError } from '../src/records/user-error.js';
import { runBench } from './run-bench.js';

let folder = '';
let runs = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
  runs = join(folder, 'runs');
  writeSyntheticRuns(runs, exampleExperiments);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function good(words: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await runBench(words);
  expect(code, stderr).toBe(0);
  return { stdout, stderr };
}

describe('bench report', () => {
  it('prints Markdown, every mean with its spread and number of runs', async () => {
    const { stdout, stderr } = await good(['report', runs]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^# Results\n\n23 completed runs of 9 configurations in 3 studies; 2 others left out/,
    );
    expect(stdout).toMatch(
      /\| Prototypes, 10 dimensions +\| +\*\*5\d\.\d ± \d\.\d\*\* \| 51\.1 ± 0\.7 <sup>2<\/sup> \|.*\| 2, 1 diverged \|/,
    );
    expect(stdout).toMatch(
      /\| diverged +\| dimensions\/prototypes-10, seed 2 +\| It diverged: the loss became NaN in epoch 20, step 7\. /,
    );
  });

  it('puts claims first and their pictures beside them, in Markdown and on the page', async () => {
    const [claims, pictures, out] = ['claims.json', 'pictures.json', 'claimed'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    const [better, than] = ['ten-classes/hyperspherical', 'ten-classes/softmax'];
    const claim = { name: 'more', sentence: 'A <claim>.', metric: 'accuracy' };
    const picture = { name: 'two', title: 'Two', kind: 'differences', claims: ['more'], says: ['more'] };
    writeFileSync(claims, JSON.stringify({ ...claim, cells: [{ label: 'here', better, than }] }));
    writeFileSync(pictures, JSON.stringify(picture));
    const document = join(folder, 'front.md');
    writeFileSync(document, '# Front\n\n<!-- pictures:begin -->\n<!-- pictures:end -->\n');
    const words = ['--claims', claims, '--pictures', pictures, '--pictures-into', document];
    await good(['report', runs, '--out', out, ...words]);
    const markdown = readFileSync(join(out, 'report.md'), 'utf8');
    expect(markdown).toMatch(
      /## Claims\n\n\| claim [^]*\n\| A &lt;claim&gt;\. \| \*\*(not shown|shown|contrary)\*\* /,
    );
    expect(markdown).toMatch(
      /## Pictures\n\n!\[Two\..*\]\(\.\/figures\/two\.svg\)\n\nTwo\. .*A &lt;claim&gt;\./,
    );
    expect(readFileSync(document, 'utf8')).toMatch(
      /begin -->\n\n!\[Two\..*\]\(\.\/claimed\/figures\/two\.svg\)/,
    );
    expect(readFileSync(join(out, 'figures', 'two.svg'), 'utf8')).toContain('prefers-color-scheme');
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).toMatch(/<h2>Claims<\/h2>[^]*A &#60;claim&#62;\.[^]*<h2>Pictures<\/h2>/);
  });

  it('writes documents and pictures that show one another, and nothing of the network', async () => {
    const out = join(folder, 'out');
    const { stderr } = await good([
      'report',
      runs,
      '--out',
      out,
      '--format',
      'markdown,html,svg,png,latex',
      '--title',
      'A <title>',
    ]);
    expect(stderr).toMatch(
      /^Wrote .*report\.md, .*report\.html, .*report\.tex, 54 pictures in .*figures\.\n$/,
    );
    const markdown = readFileSync(join(out, 'report.md'), 'utf8');
    for (const [, address] of markdown.matchAll(/\]\((\.[^)]*)\)/g))
      expect(readFileOrFolder(join(out, decodeURI(address!)))).toBe(true);
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    expect(html).toContain('<h1>A &#60;title&#62;</h1>');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toMatch(/https?:|<script|url\(/);
    const png = readFileSync(join(out, 'figures', 'dimensions-accuracy-curves.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(1440);
    expect(readFileSync(join(out, 'report.tex'), 'utf8').match(/\\begin\{table\}/g)).toHaveLength(3);
  });

  it('puts itself into a document, below the heading there, and changes nothing the second time', async () => {
    const document = join(folder, 'RESULTS.md');
    writeFileSync(
      document,
      '# Numbers\n\n## Ours\n\n<!-- report:begin -->\n<!-- report:end -->\n\nThe end.\n',
    );
    await good(['report', runs, '--into', document]);
    const first = readFileSync(document, 'utf8');
    expect(first).toMatch(
      /<!-- report:begin -->\n\n23 completed runs.*\n\n### dimensions\n[^]*<!-- report:end -->\n\nThe end\.\n$/,
    );
    expect(first).toContain('](./runs/dimensions/prototypes-3/seed-0)');
    await good(['report', runs, '--into', document]);
    expect(readFileSync(document, 'utf8')).toBe(first);
  });

  it('gives all numbers as one JSON document', async () => {
    const { stdout } = await good(['report', runs, runs, '--json']);
    const report = JSON.parse(stdout) as {
      studies: { name: string; tables: { rows: { final: { n: number } }[] }[] }[];
    };
    // The same folder twice is the same runs once.
    expect(report.studies.map(({ tables }) => tables[0]!.rows.map(({ final }) => final.n))).toEqual([
      [4, 2, 2, 1, 3],
      [3, 3],
      [2, 3],
    ]);
  });

  it('names broken results and goes on with the others', async () => {
    const bad = join(runs, 'ten-classes', 'old');
    mkdirSync(bad);
    writeFileSync(join(bad, 'result.json'), '{"schemaVersion":1}');
    writeFileSync(join(runs, 'rotation', 'prototypes', 'seed-0', 'evaluation.json'), '{"schemaVersion":1');
    const { stdout, stderr } = await good(['report', runs]);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        /old\/result\.json has schema version 1, and this bench reads version 2\. Run it again, or/,
      ),
      expect.stringMatching(/seed-0\/evaluation\.json is not valid JSON: .*\. It is left out\.$/),
      '',
    ]);
    expect(stdout).toMatch(/\| unreadable +\| – +\| .*old\/result\.json has schema version 1/);
    rmSync(bad, { recursive: true });
  });

  it.each([
    [['none'], {}, 2, /^Cannot read none: it does not exist\.$/],
    [['EMPTY'], {}, 2, /^No completed run below .*empty: a run is a folder that holds result\.json\.$/],
    [['RUNS'], { format: ['svg'] }, 2, /^--format svg needs --out <folder>: where the pictures go\.$/],
    [
      ['RUNS'],
      { format: ['html', 'latex'] },
      2,
      /^--format html,latex needs --out <folder>: where the files go\.$/,
    ],
    [
      ['RUNS'],
      { into: 'none.md' },
      2,
      /^Cannot read none\.md: it does not exist\. Give a document that has the markers\.$/,
    ],
    [
      ['RUNS'],
      { out: '/dev/null/x' },
      1,
      /^Cannot write \/dev\/null\/x.*: a file stands where a folder is needed/,
    ],
  ] as [string[], Partial<ReportOptions>, number, RegExp][])(
    'refuses %j with %j by a sentence',
    async (words, options, exitCode, message) => {
      mkdirSync(join(folder, 'empty'), { recursive: true });
      const places: Record<string, string> = { RUNS: runs, EMPTY: join(folder, 'empty') };
      const folders = words.map((word) => places[word] ?? word);
      const refused = await caught(() =>
        writeReport(folders, { marker: 'report', title: 'Results', ...options }),
      );
      expect(refused.message).toMatch(message);
      expect(refused.exitCode).toBe(exitCode);
    },
  );

  it.each([
    [['--format', 'pdf'], /Give some of markdown, html, svg, png, latex, with commas between/],
    [['--marker', '-->'], /Give lower-case letters, digits and hyphens\./],
  ])('refuses %j before it reads anything', async (words, message) => {
    const { code, stdout, stderr } = await runBench(['report', 'none', ...words]);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('bench compare', () => {
  it('compares two experiments seed by seed', async () => {
    const { stdout } = await good([
      'compare',
      'rotation/squared-error',
      'rotation/prototypes',
      '--runs',
      runs,
    ]);
    expect(stdout).toMatch(/^A {2}Squared error \(rotation\/squared-error\)\nB {2}Hyperspherical regression/);
    expect(stdout).toMatch(
      /paired t test p = 0\.\d{3}, n = 3\.\nB is better\. B is better in 3 of 3 pairs\./,
    );
    expect(stdout).toMatch(/They differ in head\.kind \("squared-error", "prototypes"\)\./);
  });

  it('takes folders, names seeds without a partner, and gives JSON', async () => {
    const place = (name: string): string => join(runs, 'ten-classes', name);
    const { stdout } = await good([
      'compare',
      place('softmax'),
      place('hyperspherical'),
      '--at',
      'best',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      metric: 'accuracy',
      at: 'best',
      onlyA: [2],
      onlyB: [],
      difference: { n: 2 },
      b: { leftOut: [{ kind: 'interrupted' }] },
    });
  });

  it.each([
    [
      ['dimensions/softmax', 'rotation/prototypes'],
      /^A is judged by accuracy and B by meanAbsoluteError\. They have no metric in common\.$/,
    ],
    [
      ['dimensions/softmax', 'dimensions/softmx'],
      /^There is no run of dimensions\/softmx below .*; there is dimensions\/prototypes-3, /,
    ],
    [
      ['dimensions/softmax', 'none'],
      /^There is no folder none; give one, or <study>\/<name> of runs below --runs /,
    ],
    [
      ['dimensions/softmax', 'dimensions/prototypes-3', '--metric', 'loss'],
      /^A and B do not both have loss\. Choose with --metric: accuracy\.$/,
    ],
    [
      ['RUNS', 'dimensions/softmax'],
      /holds runs of 9 configurations: dimensions\/prototypes-3 \(Prototypes, 3 dimensions\), .*Give the folder of one\.$/,
    ],
  ])('refuses %j with a sentence', async (words, message) => {
    const [a, b, , metric] = words.map((word) => (word === 'RUNS' ? runs : word)) as [
      string,
      string,
      ...string[],
    ];
    const options = { at: 'final' as const, runs, ...(metric === undefined ? {} : { metric }) };
    const refused = await caught(() => {
      compareRuns(a, b, options);
    });
    expect(refused.message).toMatch(message);
    expect(refused.exitCode).toBe(2);
  });
});

async function caught(run: () => unknown): Promise<UserError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

function readFileOrFolder(path: string): boolean {
  try {
    readFileSync(path);
  } catch {
    readdirSync(path);
  }
  return true;
}
