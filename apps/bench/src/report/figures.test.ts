import { describe, expect, it } from 'vitest';
import { drawSyntheticRuns, exampleExperiments } from '../../test/synthetic-runs.js';
import { svgFile } from './charts/chart.js';
import { drawFigures } from './figures.js';
import { summariseRuns } from './summarise-runs.js';

const drawn = exampleExperiments.flatMap((experiment) =>
  drawSyntheticRuns(experiment).map((run) => ({
    ...run,
    folder: `/runs/${experiment.study}/${experiment.name}/${run.result.seed}`,
  })),
);
const report = summariseRuns(
  { runs: drawn, unfinished: [], unreadable: [] },
  {
    config: () => undefined,
    environment: () => ({}),
    evaluation: (folder) => drawn.find((run) => run.folder === folder)?.evaluation,
  },
);
const figures = drawFigures(report);
const svg = (name: string): string => svgFile(figures.find((figure) => figure.name === name)!.chart);

describe('drawFigures', () => {
  it('draws results and curves of each study, and the details of each configuration', () => {
    const names = figures.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('rotation'))).toEqual([
      'rotation-mean-absolute-error-results',
      'rotation-mean-absolute-error-curves',
      'rotation-train-loss-curves',
      'rotation-prototypes-predictions',
      'rotation-prototypes-sphere',
      'rotation-squared-error-predictions',
      'rotation-squared-error-sphere',
    ]);
    expect(names).toContain('dimensions-prototypes-10-confusion');
    expect(new Set(names).size).toBe(names.length);
  });

  it('places a mean and its runs on the scale of the axis', () => {
    const study = report.studies.find(({ name }) => name === 'rotation')!;
    const [row] = study.tables[0]!.rows;
    const picture = svg('rotation-mean-absolute-error-results');
    const ticks = [...picture.matchAll(/x="([\d.]+)" y="\d+" text-anchor="middle">([\d.]+)</g)].map(
      ([, x, value]) => [Number(x), Number(value)],
    );
    const [[x0, value0], [x1, value1]] = [ticks[0]!, ticks.at(-1)!] as [[number, number], [number, number]];
    const expected = x0 + ((row!.final.mean - value0) / (value1 - value0)) * (x1 - x0);
    const dot = Number(/class="dot"[^>]* cx="([\d.]+)"/.exec(picture)![1]);
    expect(Math.abs(dot - expected)).toBeLessThan(0.2);
  });

  it('draws a band where there are several seeds and none where there is one', () => {
    const bands = (name: string): number => svg(name).match(/fill-opacity="0.15"/g)?.length ?? 0;
    // Four of the five configurations have more than one run.
    expect(bands('dimensions-accuracy-curves')).toBe(4);
    expect(
      svg('dimensions-accuracy-curves').match(/<path class="line s\d" stroke-width="2" d="M/g),
    ).toHaveLength(5);
  });

  it('splits more curves than there are colours, on one scale', () => {
    const many = Array.from({ length: 14 }, (_, index) =>
      drawSyntheticRuns({ study: 's', name: `n-${index}`, seeds: 2, level: 0.05 * (index + 1) }),
    ).flat();
    const runs = many.map(({ result }, index) => ({ folder: `/r/${index}`, result }));
    const split = drawFigures(
      summariseRuns(
        { runs, unfinished: [], unreadable: [] },
        { config: () => undefined, environment: () => ({}), evaluation: () => undefined },
      ),
    ).filter(({ name }) => name.startsWith('s-accuracy-curves'));
    expect(split.map(({ name }) => name)).toEqual([
      's-accuracy-curves',
      's-accuracy-curves-2',
      's-accuracy-curves-3',
    ]);
    const axes = split.map(({ chart }) =>
      [...chart.content.text.matchAll(/text-anchor="end">([\d.]+)</g)].map(([, tick]) => tick),
    );
    expect(axes[1]).toEqual(axes[0]);
    expect(axes[2]).toEqual(axes[0]);
  });

  it('writes the shares of each true class into a small confusion matrix', () => {
    const { confusion } = drawn.find(({ folder }) => folder === '/runs/ten-classes/softmax/0')!.evaluation;
    const shown = [...svg('ten-classes-softmax-confusion').matchAll(/text-anchor="middle">(\d+)</g)].map(
      ([, text]) => Number(text),
    );
    // A hundred images a class: counts are percentages.
    expect(shown).toEqual(confusion!.flat().filter((count) => count > 0));
  });

  it('shows every output of the sphere once, in front or behind', () => {
    const points = svg('ten-classes-softmax-sphere').match(/h\.01/g);
    expect(points).toHaveLength(300);
    expect(svg('ten-classes-softmax-sphere').match(/<circle class="dot/g)).toHaveLength(10);
  });

  it('draws two dimensions as a circle', () => {
    const angle = (index: number): [number, number, number] => [Math.cos(index), Math.sin(index), 0];
    const flat = summariseRuns(
      { runs: drawn.slice(0, 1), unfinished: [], unreadable: [] },
      {
        config: () => undefined,
        environment: () => ({}),
        evaluation: () => ({
          schemaVersion: 1,
          epoch: 1,
          sphere: {
            projection: 'exact',
            outputs: [angle(1), angle(2)],
            labels: [0, 1],
            prototypes: [angle(0), angle(3)],
          },
        }),
      },
    );
    const [picture] = drawFigures(flat).filter(({ name }) => name.endsWith('sphere'));
    expect(picture!.chart.content.text).not.toContain('class="grid"');
    expect(picture!.chart.content.text).not.toContain('opacity="0.35"');
  });

  it('draws the same every time', () => {
    expect(drawFigures(report)).toEqual(figures);
  });
});
