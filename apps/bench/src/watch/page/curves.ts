import { createLineChart, type LineChart, type Series } from '@hyperspherical/drawing/page';
import { byId } from './by-id.js';
import { formatMetricValue, formatNumber, metricTitle } from './format.js';
import type { Curves, RunView } from '../messages.js';
import { runTitle } from './run-list.js';

/** A run whose curves are shown. */
export interface ShownCurves {
  readonly view: RunView;
  readonly color: string;
  readonly selected: boolean;
}

/** The charts of loss, metrics and learning rate; a metric has a chart as soon as a run has it. */
export function createCurves(): { update(runs: readonly ShownCurves[]): void } {
  const place = byId('charts');
  const charts = new Map<string, LineChart>();

  const chart = (key: string, make: () => LineChart): LineChart => {
    const made = charts.get(key) ?? make();
    charts.set(key, made);
    return made;
  };

  return {
    update(runs) {
      const anySelected = runs.some(({ selected }) => selected);
      const series = (
        pick: (curves: Curves) => readonly (number | null)[] | undefined,
        more: { readonly suffix?: string; readonly dashed?: boolean } = {},
      ): Series[] =>
        // The selected run's line is drawn last, above the others.
        runs
          .toSorted((a, b) => Number(a.selected) - Number(b.selected))
          .flatMap(({ view, color, selected }) => {
            const ys = view.curves && pick(view.curves);
            if (!ys) return [];
            return {
              label: `${runTitle(view)}${more.suffix ?? ''}`,
              color,
              dashed: more.dashed ?? false,
              faint: anySelected && !selected && runs.length > 2,
              xs: view.curves.epochs,
              ys,
            };
          });

      const loss = chart('loss', () =>
        createLineChart({
          title: 'Loss',
          unit: 'epoch',
          note: 'Full lines: training. Dashed: test.',
          format: formatNumber,
        }),
      );
      loss.update([
        ...series(({ trainLoss }) => trainLoss, { suffix: ' training' }),
        ...series(({ testLoss }) => testLoss, { suffix: ' test', dashed: true }),
      ]);
      const names = [...new Set(runs.flatMap(({ view }) => Object.keys(view.curves?.metrics ?? {})))];
      const metrics = names.map((name) => {
        const unit = runs.find(({ view }) => view.unit !== null)?.view.unit;
        const title = `Test ${metricTitle(name)}`;
        const made = chart(name, () =>
          createLineChart({ title, unit: 'epoch', format: (value) => formatMetricValue(name, value, unit) }),
        );
        made.update(series(({ metrics: values }) => values[name]));
        return made;
      });
      const rate = chart('learning rate', () =>
        createLineChart({ title: 'Learning rate', unit: 'epoch', format: formatNumber }),
      );
      rate.update(series(({ learningRate }) => learningRate));
      const wanted = [loss, ...metrics, rate].map((made) => made.element);
      if (
        wanted.length !== place.children.length ||
        wanted.some((made, index) => place.children[index] !== made)
      )
        place.replaceChildren(...wanted);
    },
  };
}
