import { confusionView } from './confusion-view.js';
import { element } from '@hyperspherical/drawing/page';
import { byId } from './by-id.js';
import { formatMetricValue, formatNumber, formatSeconds, metricTitle } from './format.js';
import type { Evaluation, RunView } from '../messages.js';
import { runTitle, statusText } from './run-list.js';
import { scatterView } from './scatter-view.js';
import { createSphereCard, type SphereCard } from './sphere-card.js';

/** Shows one run whole: facts, its last evaluation, its epochs in numbers. */
export interface RunDetails {
  show(view: RunView | undefined): void;
}

/** Fetches the evaluation of the run that is shown whenever it changes. */
export function createRunDetails(): RunDetails {
  const place = byId('evaluation');
  let shown = { id: '', evaluationVersion: '' };
  let sphere: SphereCard | undefined;

  const showEvaluation = (evaluation: Evaluation): void => {
    const { classNames, confusion, predictions, valueName, valueUnit } = evaluation;
    const cards: HTMLElement[] = [];
    if (evaluation.sphere) {
      sphere ??= createSphereCard();
      cards.push(sphere.element);
    }
    if (confusion && classNames) cards.push(confusionView(confusion, classNames));
    if (predictions && predictions.length > 0)
      cards.push(scatterView(predictions, { name: valueName, unit: valueUnit }));
    // The sphere stays where it is, and keeps the focus.
    const kept = sphere?.element;
    if (kept && place.firstChild === kept && cards[0] === kept) {
      while (place.lastChild !== kept) place.lastChild?.remove();
      place.append(...cards.slice(1));
    } else place.replaceChildren(...cards);
    if (evaluation.sphere) sphere?.update(evaluation.sphere, { classNames, valueName, valueUnit });
  };

  const load = async (id: string): Promise<void> => {
    const answer = await fetch(`evaluation?run=${encodeURIComponent(id)}`);
    if (answer.ok && shown.id === id) showEvaluation((await answer.json()) as Evaluation);
  };

  return {
    show(view) {
      byId('run').hidden = view === undefined;
      if (view === undefined) {
        shown = { id: '', evaluationVersion: '' };
        return;
      }
      byId('run-title').textContent = runTitle(view);
      byId('run-explanation').textContent = view.explanation ?? '';
      byId('facts').replaceChildren(...facts(view));
      byId('epochs').replaceChildren(...epochTable(view));
      const { id, evaluationVersion } = view;
      if (id === shown.id && evaluationVersion === shown.evaluationVersion) return;
      if (id !== shown.id) {
        place.replaceChildren();
        sphere = undefined;
      }
      shown = { id, evaluationVersion };
      if (evaluationVersion !== '')
        load(id).catch(() => {
          // The server is gone; the page says so, and asks again when it is back.
          shown = { id, evaluationVersion: '' };
        });
    },
  };
}

function facts(view: RunView): HTMLElement[] {
  const { step, stepsPerEpoch, loss, learningRate, imagesPerSecond, parameters } = view;
  const pairs: [string, string][] = [
    ['status', statusText(view)],
    ['experiment', view.experiment],
    ['folder', view.path],
  ];
  if (view.epochs !== null) pairs.push(['epoch', `${view.epoch} of ${view.epochs}`]);
  if (step !== null && stepsPerEpoch !== null) pairs.push(['step', `${step} of ${stepsPerEpoch}`]);
  if (loss !== null) pairs.push(['loss of the last batch', formatNumber(loss)]);
  if (learningRate !== null) pairs.push(['learning rate', formatNumber(learningRate)]);
  for (const [name, values] of Object.entries(view.curves?.metrics ?? {}))
    if (values.length > 0)
      pairs.push([metricTitle(name), formatMetricValue(name, values.at(-1)!, view.unit)]);
  if (imagesPerSecond !== null) pairs.push(['images a second', String(Math.round(imagesPerSecond))]);
  if (view.seconds !== null) pairs.push(['time', formatSeconds(view.seconds)]);
  if (parameters !== null) pairs.push(['parameters', parameters.toLocaleString('en')]);
  return pairs.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
}

function epochTable({ curves, unit }: RunView): HTMLElement[] {
  if (!curves) return [];
  const metrics = Object.entries(curves.metrics);
  const titles = [
    'epoch',
    'train loss',
    'test loss',
    ...metrics.map(([name]) => metricTitle(name)),
    'learning rate',
  ];
  const rows = curves.epochs.map((epoch, index) => {
    const cells = [
      formatNumber(curves.trainLoss[index]!),
      formatNumber(curves.testLoss[index]!),
      ...metrics.map(([name, values]) => formatMetricValue(name, values[index]!, unit)),
      formatNumber(curves.learningRate[index]!),
    ];
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, String(epoch)),
      ...cells.map((cell) => element('td', {}, cell)),
    );
  });
  const head = element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)));
  return [element('thead', {}, head), element('tbody', {}, ...rows.reverse())];
}
