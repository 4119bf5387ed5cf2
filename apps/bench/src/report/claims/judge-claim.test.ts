import { describe, expect, it } from 'vitest';
import type { FoundRun } from '../../records/find-runs.js';
import { drawSyntheticRuns, type SyntheticExperiment } from '../../../test/synthetic-runs.js';
import { claimSchema, type Claim } from './claim-schema.js';
import { claimsMarkdown } from './claims-markdown.js';
import { judgeClaim, type JudgedClaim } from './judge-claim.js';
import { resultsByName } from './results-by-name.js';

const config = (): undefined => undefined;

function draw(name: string, level: number, changes: Partial<SyntheticExperiment> = {}): FoundRun[] {
  const experiment = { study: 'study', name, seeds: 3, level, spread: 0.004, ...changes };
  return drawSyntheticRuns(experiment).map(({ result }) => ({
    folder: `/runs/${name}/${result.seed}`,
    result,
  }));
}

function claim(cells: readonly [better: string, than: string][], changes: object = {}): Claim {
  return claimSchema.parse({
    name: 'claim',
    sentence: 'A claim.',
    metric: 'accuracy',
    cells: cells.map(([better, than]) => ({
      label: `${better} above ${than}`,
      better: `study/${better}`,
      than: `study/${than}`,
    })),
    ...changes,
  });
}

function judge(asked: Claim, ...runs: readonly FoundRun[][]): JudgedClaim {
  return judgeClaim(asked, resultsByName(runs.flat()), { config });
}

describe('judgeClaim', () => {
  const low = draw('low', 0.5);
  const high = draw('high', 0.6);

  it('shows what is there, and calls the opposite contrary', () => {
    expect(judge(claim([['high', 'low']]), low, high)).toMatchObject({
      verdict: 'shown',
      signs: { pairs: 3, wins: 3, losses: 0, p: 0.25 },
    });
    expect(judge(claim([['low', 'high']]), low, high).verdict).toBe('contrary');
  });

  it('does not show a difference that the seeds hide', () => {
    const wide = draw('wide', 0.505, { spread: 0.05 });
    expect(judge(claim([['wide', 'low']]), low, wide).verdict).toBe('not shown');
  });

  it('wants every cell shown, or their mean where the claim is one of averages', () => {
    const cells: [string, string][] = [
      ['high', 'low'],
      ['low', 'high'],
    ];
    const middle: [string, string][] = [
      ['high', 'low'],
      ['same', 'low'],
    ];
    const same = draw('same', 0.5);
    expect(judge(claim(cells), low, high)).toMatchObject({
      verdict: 'not shown',
      cells: [{ verdict: 'shown' }, { verdict: 'contrary' }],
    });
    expect(judge(claim(middle), low, high, same).verdict).toBe('not shown');
    expect(judge(claim(middle, { holds: 'on average' }), low, high, same).verdict).toBe('shown');
  });

  it('says what has not run yet, whatever the rest shows', () => {
    const judged = judge(
      claim([
        ['high', 'low'],
        ['absent', 'low'],
      ]),
      low,
      high,
    );
    expect(judged).toMatchObject({
      verdict: 'not run yet',
      cells: [{ verdict: 'shown' }, { verdict: 'not run yet', missing: ['study/absent'] }],
    });
    const [table, , details] = claimsMarkdown([judged]);
    expect(table).toContain('**not run yet**: shown in 1, not run yet in 1 of 2 cells');
    expect(details).toContain('no run yet of study/absent');
  });

  it('tests nothing with one seed', () => {
    expect(judge(claim([['high', 'low']]), low.slice(0, 1), high).verdict).toBe('not tested');
  });

  it('allows a loss within the margin, and no more', () => {
    const near = draw('near', 0.495);
    expect(judge(claim([['near', 'low']], { margin: 0.03 }), low, near).verdict).toBe('shown');
    expect(judge(claim([['low', 'high']], { margin: 0.03 }), low, high).verdict).toBe('contrary');
  });

  it('counts a diverged run as the worse one, and shows nothing of what diverges', () => {
    const diverging = draw('diverging', 0.7, { seeds: 4, diverged: [3] });
    const steady = draw('low', 0.5, { seeds: 4 });
    expect(judge(claim([['diverging', 'low']]), diverging, steady)).toMatchObject({
      verdict: 'not shown',
      signs: { pairs: 4, wins: 3, losses: 1 },
      cells: [{ diverged: { better: 1, than: 0 } }],
    });
    const gone = draw('gone', 0.4, { diverged: [0, 1, 2] });
    // Three pairs are too few for the sign test, six are enough.
    expect(judge(claim([['low', 'gone']]), low, gone)).toMatchObject({
      verdict: 'not shown',
      cells: [{ verdict: 'diverged' }],
      signs: { pairs: 3, wins: 3 },
    });
    const six = { seeds: 6, diverged: [0, 1, 2, 3, 4, 5] };
    const [many, none] = [draw('low', 0.5, { seeds: 6 }), draw('gone', 0.4, six)];
    expect(judge(claim([['low', 'gone']]), many, none).verdict).toBe('shown');
    expect(judge(claim([['gone', 'low']]), many, none).verdict).toBe('contrary');
  });

  it('knows that less of an error is better, and compares spreads over settings', () => {
    const error = { task: 'regression' as const };
    const robust = [draw('a', 20, { ...error, spread: 0.1 }), draw('b', 21, { ...error, spread: 0.1 })];
    const fragile = [draw('c', 20, { ...error, spread: 0.1 }), draw('d', 60, { ...error, spread: 0.1 })];
    const direct = claim([['a', 'd']], { metric: 'meanAbsoluteError' });
    expect(judge(direct, ...robust, ...fragile)).toMatchObject({ verdict: 'shown' });
    const spread = claimSchema.parse({
      ...direct,
      cells: [
        {
          label: 'over settings',
          better: { spreadOver: ['study/a', 'study/b'] },
          than: { spreadOver: ['study/c', 'study/d'] },
        },
      ],
    });
    const judged = judge(spread, ...robust, ...fragile);
    expect(judged.verdict).toBe('shown');
    expect(judged.mean!.difference).toBeGreaterThan(35);
    // A side of which one setting diverged has no spread that could be called small.
    const broken = draw('b', 21, { ...error, diverged: [0, 1, 2] });
    expect(judge(spread, robust[0]!, broken, ...fragile)).toMatchObject({
      verdict: 'not shown',
      signs: { wins: 0, losses: 3 },
    });
  });

  it('names what else differs between the sides', () => {
    const configs = (folder: string): unknown => ({
      head: { kind: folder.includes('high') ? 'a' : 'b' },
      training: { optimizer: { learningRate: folder.includes('high') ? 0.1 : 0.2 } },
    });
    const judged = judgeClaim(claim([['high', 'low']]), resultsByName([...low, ...high]), {
      config: configs,
    });
    expect(judged.alsoDiffers).toEqual(['training.optimizer.learningRate']);
  });
});
