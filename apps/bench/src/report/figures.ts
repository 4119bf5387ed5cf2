import { extent } from 'd3-array';
import { describeSample, type Sample } from './statistics/sample.js';
import type { Chart } from './charts/chart.js';
import { confusionChart } from './charts/confusion-chart.js';
import { intervalChart } from './charts/interval-chart.js';
import { lineChart, valueDomain, type Series } from './charts/line-chart.js';
import { scatterChart } from './charts/scatter-chart.js';
import { mostSeries } from './charts/chart-style.js';
import { sphereChart } from './charts/sphere-chart.js';
import type { Configuration, Report, ResultRow, Study } from './report-model.js';

/** The most rows of one chart of intervals. */
const mostRows = 24;

/** A chart with the name of its file. */
export interface Figure {
  /** Without an ending: letters, digits and hyphens. */
  readonly name: string;
  /** Of the study as a whole, or of one configuration. */
  readonly about: Study | Configuration;
  readonly chart: Chart;
  /** What its title does not say. */
  readonly caption: string;
}

/** Draws all figures of a report. */
export function drawFigures({ studies }: Report): Figure[] {
  const used = new Set<string>();
  const unique = (text: string): string => {
    const plain = fileName(text);
    let name = plain;
    for (let count = 2; used.has(name); count += 1) name = `${plain}-${count}`;
    used.add(name);
    return name;
  };
  return studies.flatMap((study) => [
    ...studyCharts(study).map((figure) => ({
      ...figure,
      name: unique(`${study.name}-${figure.name}`),
      about: study,
    })),
    ...study.configurations.flatMap((configuration) =>
      configurationCharts(configuration).map((figure) => ({
        ...figure,
        name: unique(`${study.name}-${configuration.name}-${figure.name}`),
        about: configuration,
      })),
    ),
  ]);
}

type NamedChart = Omit<Figure, 'about'>;

function studyCharts(study: Study): NamedChart[] {
  const intervals = study.tables.flatMap((table) =>
    parts(comparableRows(table.rows), mostRows).map((rows, index, { length }) => {
      const title = `Test ${table.metric.title}${partOf(index, length)}`;
      const beside = rows.some(({ published }) => published?.value !== undefined)
        ? ', and published values'
        : '';
      const caption = `Runs after the last epoch, their mean and standard deviation${beside}.`;
      const chart = intervalChart(rows, table, { title, label: `${study.name}: ${title}. ${caption}` });
      return { name: `${table.metric.name}-results`, chart, caption };
    }),
  );
  const judged = study.tables.map(({ metric }) => ({
    key: metric.name,
    title: `Test ${metric.title}`,
    factor: metric.factor,
  }));
  const curves = [
    ...judged,
    { key: 'trainLoss', title: 'Training loss, each by its own loss function', factor: 1 },
  ].flatMap(({ key, title, factor }) => {
    const series = study.configurations.flatMap((configuration) => curveOf(configuration, key));
    const domain = valueDomain(series, factor);
    return parts(series, mostSeries).map((some, index, { length }) => {
      const heading = `${title}${partOf(index, length)}`;
      const caption = 'Mean over seeds after each epoch; bands: one standard deviation.';
      const label = `${study.name}: ${heading}. ${caption}`;
      const chart = lineChart({ title: heading, label, series: some, factor, domain });
      return { name: `${key}-curves`, chart, caption };
    });
  });
  return [...intervals, ...curves];
}

/** Each row with the published value that it can be set beside; where that is of other data, the configuration stands alone, once. */
function comparableRows(rows: readonly ResultRow[]): ResultRow[] {
  const shown = rows.map(({ published, comparison, ...row }): ResultRow => {
    if (published?.comparable === false) return row;
    return { ...row, ...(published && { published }), ...(comparison && { comparison }) };
  });
  return shown.filter(
    ({ configuration, published }, index) =>
      published !== undefined || shown[index - 1]?.configuration !== configuration,
  );
}

/** Over the epochs that all of the runs have. */
function curveOf({ label, runs }: Configuration, key: string): Series[] {
  const histories = runs.flatMap(({ result }) =>
    result.history[key] === undefined ? [] : [result.history[key]],
  );
  const [length = 0] = extent(histories.map((history) => history.length));
  if (histories.length === 0 || length < 2) return [];
  const epochs = Array.from({ length }, (_, epoch): Sample =>
    describeSample(histories.map((history) => history[epoch]!)),
  );
  return [{ label, epochs }];
}

function configurationCharts({ label, evaluation }: Configuration): NamedChart[] {
  if (evaluation === undefined) return [];
  const { seed, details } = evaluation;
  const { confusion, classNames = [], predictions, sphere, valueName = 'value', valueUnit } = details;
  const charts: NamedChart[] = [];
  const add = (
    name: string,
    what: string,
    draw: (labels: { readonly title: string; readonly label: string }) => Chart,
  ): void => {
    const caption = `${what}: seed ${seed}, epoch ${details.epoch}.`;
    charts.push({ name, caption, chart: draw({ title: label, label: `${label}. ${caption}` }) });
  };
  if (confusion !== undefined && confusion.length > 0)
    add('confusion', 'Confusion matrix', (labels) => confusionChart(confusion, { ...labels, classNames }));
  if (predictions !== undefined && predictions.length > 0) {
    const axis = valueUnit === undefined ? valueName : `${valueName}, ${valueUnit}`;
    add('predictions', 'Predictions for test images', (labels) =>
      scatterChart(predictions, { ...labels, axis }),
    );
  }
  if (sphere !== undefined && sphere.outputs.length > 0)
    add('sphere', 'Outputs for test images', (labels) => sphereChart(sphere, labels));
  return charts;
}

function parts<T>(items: readonly T[], most: number): T[][] {
  const count = Math.ceil(items.length / most);
  // Of about equal size, not a full one and a rest.
  return Array.from({ length: count }, (_, index) =>
    items.slice(Math.floor((index * items.length) / count), Math.floor(((index + 1) * items.length) / count)),
  );
}

function partOf(index: number, length: number): string {
  return length === 1 ? '' : ` (${index + 1} of ${length})`;
}

function fileName(text: string): string {
  const plain = text
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return plain.slice(0, 100) || 'figure';
}
