import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { claimSchema } from '../claims/claim-schema.js';
import { judgeClaim } from '../claims/judge-claim.js';
import { claimsFolder, readClaims } from '../claims/read-claims.js';
import { resultsByName } from '../claims/results-by-name.js';
import { bundledExperiment } from '../../experiment/bundled-digest.js';
import type { FoundRun } from '../../records/find-runs.js';
import { svgFile } from '../charts/chart.js';
import { drawSyntheticRuns, type SyntheticExperiment } from '../../../test/synthetic-runs.js';
import { drawPictures, type DrawnPicture } from './draw-pictures.js';
import { pictureJsonSchema } from './picture-json-schema.js';
import { pictureSchema } from './picture-schema.js';
import { picturesFolder, readPictures } from './read-pictures.js';

function draw(name: string, level: number, changes: Partial<SyntheticExperiment> = {}): FoundRun[] {
  const [study, experiment] = name.split('/') as [string, string];
  return drawSyntheticRuns({ study, name: experiment, seeds: 3, level, ...changes }).map(({ result }) => ({
    folder: `/runs/${name}/${result.seed}`,
    result,
  }));
}

const claim = claimSchema.parse({
  name: 'more',
  sentence: 'More is better.',
  short: 'more',
  metric: 'accuracy',
  cells: [{ label: 'here', better: 'own/large', than: 'own/small' }],
});
const curves = pictureSchema.parse({
  kind: 'curves',
  name: 'curve',
  title: 'By size',
  says: ['more'],
  metric: 'accuracy',
  axis: { label: 'size', scale: 'log' },
  series: [
    {
      label: 'ours',
      points: [
        { at: 10, experiment: 'own/large' },
        { at: 1, experiment: 'own/small' },
        { at: 100, experiment: 'own/absent' },
      ],
    },
  ],
});
const differences = pictureSchema.parse({ kind: 'differences', name: 'd', title: 'D', claims: ['more'] });

function drawn(runs: readonly FoundRun[], ...pictures: (typeof curves)[]): DrawnPicture[] {
  const runsOf = resultsByName(runs);
  return drawPictures(pictures, {
    runsOf,
    files: { config: () => undefined },
    claims: [judgeClaim(claim, runsOf, { config: () => undefined })],
  });
}

describe('drawPictures', () => {
  const runs = [...draw('own/large', 0.7), ...draw('own/small', 0.4)];

  it('draws what there is, and says of how many runs and what follows', () => {
    const [picture] = drawn(runs, curves);
    expect(picture!.caption).toBe(
      'By size. Test accuracy, % after the last epoch, mean ± one standard deviation. n = 3 runs a point. Shown: More is better.',
    );
    const svg = svgFile(picture!.chart);
    expect(svg.match(/<circle class="dot"[^>]* r="4"/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('leaves a picture out until one of its experiments has run, and claims that have not', () => {
    expect(drawn([], curves, differences)).toEqual([]);
    expect(drawn(draw('own/large', 0.7), curves)[0]!.caption).not.toContain('More is better');
  });

  it('tells the fewest and the most runs, and those that diverged', () => {
    const some = [...draw('own/large', 0.7, { diverged: [1] }), ...draw('own/small', 0.4)];
    expect(drawn(some, curves)[0]!.caption).toContain('n = 2 to 3 runs a point; 1 more diverged.');
  });

  it('draws differences with their intervals, on either side of 0 or across it', () => {
    const svg = (better: number): string =>
      svgFile(drawn([...draw('own/large', better), ...draw('own/small', 0.4)], differences)[0]!.chart);
    expect(svg(0.7)).toContain('>better</text>');
    expect(svg(0.1)).toContain('>worse</text>');
    expect(svg(0.401)).toContain('>not shown</text>');
  });

  it('draws no published value of other data', () => {
    const name = 'table-5-quick/hyperspherical-s1-0.01';
    const picture = (experiment: string, metric: string): typeof curves =>
      pictureSchema.parse({
        ...curves,
        says: [],
        metric,
        published: true,
        series: [{ label: 'ours', points: [{ at: 1, experiment }] }],
      });
    const other = drawn(draw(name, 9, { task: 'regression' }), picture(name, 'meanAbsoluteError'));
    expect(svgFile(other[0]!.chart)).not.toContain('the paper');
    const same = 'table-1-quick/cifar100-hyperspherical-10';
    expect(svgFile(drawn(draw(same, 0.4), picture(same, 'accuracy'))[0]!.chart)).toContain('the paper');
  });

  it('has two themes in one file', () => {
    const { chart } = drawn(runs, curves)[0]!;
    expect(svgFile(chart)).not.toContain('prefers-color-scheme');
    expect(svgFile(chart, 'light and dark')).toMatch(/@media \(prefers-color-scheme: dark\) \{\n\.chart/);
  });

  it('refuses a claim that there is not', () => {
    const wrong = { ...curves, says: ['nothing'] };
    expect(() => drawn(runs, wrong)).toThrow(
      'The picture curve names the claim nothing, which there is not.',
    );
  });
});

describe('the pictures that come with the bench', () => {
  const pictures = readPictures(picturesFolder);

  it('are three, of experiments and claims that there are', () => {
    expect(pictures).toHaveLength(3);
    const claims = new Set(readClaims(claimsFolder).map(({ name }) => name));
    for (const picture of pictures) {
      const names = [...picture.says, ...(picture.kind === 'differences' ? picture.claims : [])];
      expect(names.filter((name) => !claims.has(name))).toEqual([]);
      if (picture.kind === 'curves')
        for (const { experiment } of picture.series.flatMap(({ points }) => points))
          expect([experiment, bundledExperiment(experiment) === undefined]).toEqual([experiment, false]);
    }
  });

  it('compare claims of one metric', () => {
    const claims = readClaims(claimsFolder);
    for (const picture of pictures) {
      if (picture.kind !== 'differences') continue;
      const metrics = picture.claims.map((name) => claims.find((each) => each.name === name)?.metric);
      expect(new Set(metrics).size).toBe(1);
    }
  });

  it('have the schema that schema/picture.schema.json publishes; after a change: pnpm --filter @hyperspherical/bench write-schemas', () => {
    const published = new URL('../../../schema/picture.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(pictureJsonSchema());
  });
});
