import { button, choice, facts } from '../page/controls.js';
import { columns } from '../page/columns.js';
import { projectionSentence, type Rotation, tilted } from '@hyperspherical/drawing';
import { createLineChart, createSphereView, element } from '@hyperspherical/drawing/page';
import { type ProjectPoints, projectPoints } from '../sphere/project-points.js';
import { digitNames } from './decode-digits.js';
import { engineSentence, enginesFor } from './engine-sentence.js';
import type {
  EngineName,
  PageMessage,
  Task,
  TrainingProgress,
  TrainingStarted,
  WorkerMessage,
} from './messages.js';

/** What differs between the two trainings of the page. */
export interface TrainingPanelOptions {
  readonly task: (dimensions: number) => Task;
  /** Offered to choose from; one is no choice. */
  readonly dimensions: readonly number[];
  readonly rotation?: Rotation;
  readonly lead: string;
  readonly hint: string;
  readonly measure: string;
  readonly opponent: string;
  /** Where the measure's axis ends. */
  readonly top: number;
  readonly steps: number;
  readonly format: (value: number) => string;
  readonly prototypeNames: readonly string[];
}

const digitsAddress = new URL('digits-6000-1000.bin', document.baseURI).href;

/** Two networks that learn side by side, and where the test images are on the sphere meanwhile. */
export function createTrainingPanel(options: TrainingPanelOptions): HTMLElement {
  const { measure, opponent, format, steps } = options;
  const regression = options.task(3).kind === 'rotation';
  const sphere = createSphereView({ start: options.rotation ?? tilted });
  const note = element('p', { class: 'note' });
  const status = element('p', { role: 'status', class: 'status' }, 'Nothing is trained yet.');
  const engineNote = element('p', { class: 'hint' });
  const problem = element('p', { role: 'alert', class: 'problem', hidden: true });
  const numbers = facts(['Step', `On the sphere`, opponent, 'Training time']);
  const chart = createLineChart({
    title: measure,
    unit: 'step',
    legend: true,
    spans: { x: [0, steps], y: [0, options.top] },
    format,
  });
  let worker: Worker | undefined;
  let state: 'idle' | 'training' | 'paused' | 'finished' = 'idle';
  let engine: 'auto' | EngineName = 'auto';
  let dimensions = options.dimensions.includes(3) ? 3 : options.dimensions[0]!;
  let started: TrainingStarted | undefined;
  let latest: TrainingProgress | undefined;
  let space: ProjectPoints | undefined;
  let only: number | undefined;
  let xs: number[] = [];
  let own: number[] = [];
  let others: number[] = [];

  const series = () => [
    { label: 'On the sphere', color: 'var(--accent)', xs, ys: own },
    { label: opponent, color: 'var(--other)', dashed: true, xs, ys: others },
  ];

  const draw = (): void => {
    if (!started || !space) {
      sphere.show({
        flat: dimensions === 2,
        exact: true,
        prototypes: [],
        prototypeNames: [],
        colored: false,
        outputs: [],
        description: 'An empty sphere: nothing is trained yet.',
      });
      return;
    }
    const { prototypes, labels, values } = started;
    const outputs = latest ? space(latest.outputs) : [];
    sphere.show({
      flat: prototypes.dimensions === 2,
      exact: prototypes.dimensions <= 3,
      prototypes: space(prototypes),
      prototypeNames: options.prototypeNames,
      colored: !regression,
      outputs,
      labels: regression ? undefined : labels,
      shares: values && Array.from(values, (value) => value / 180),
      only,
      description: `${outputs.length} test images ${
        regression ? 'between the poles, coloured by their angle' : 'and ten prototypes'
      } at step ${latest?.step ?? 0}. ${measure}: ${latest ? format(latest.hyperspherical) : 'not yet known'}.`,
    });
  };

  const setState = (next: typeof state): void => {
    state = next;
    start.textContent = {
      idle: 'Train',
      training: 'Pause',
      paused: 'Go on',
      finished: 'Train again',
    }[next];
    again.disabled = next === 'idle';
  };

  const take = (message: WorkerMessage): void => {
    switch (message.kind) {
      case 'started':
        started = message;
        space = projectPoints(message.prototypes);
        engineNote.textContent = engineSentence(engine, message.engine);
        status.textContent = 'Training.';
        break;
      case 'progress':
        latest = message;
        xs.push(message.step);
        own.push(message.hyperspherical);
        others.push(message.opponent);
        numbers.set('Step', `${message.step} of ${steps}`);
        numbers.set('On the sphere', format(message.hyperspherical));
        numbers.set(opponent, format(message.opponent));
        numbers.set('Training time', `${message.secondsTraining.toFixed(1)} s for both`);
        chart.update(series());
        draw();
        break;
      case 'finished':
        setState('finished');
        status.textContent = `Done after ${steps} steps. ${measure}: ${format(own.at(-1)!)} on the sphere, ${format(
          others.at(-1)!,
        )} with ${opponent.toLowerCase()}.`;
        break;
      case 'problem':
        problem.textContent = message.message;
        problem.hidden = false;
        status.textContent = 'Stopped.';
        stop();
        break;
      case 'loaded':
      case 'answer':
    }
  };

  const stop = (): void => {
    worker?.terminate();
    worker = undefined;
    setState('idle');
  };

  const begin = (): void => {
    stop();
    problem.hidden = true;
    started = undefined;
    latest = undefined;
    [xs, own, others] = [[], [], []];
    chart.update(series());
    status.textContent = 'Loading the digits.';
    const running = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
    worker = running;
    running.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (running === worker) take(data);
    });
    running.addEventListener('error', () => {
      if (running === worker)
        take({
          kind: 'problem',
          message: 'The training stopped by an error of the browser. Load the page again.',
        });
    });
    send({
      kind: 'train',
      task: options.task(dimensions),
      engines: enginesFor(engine),
      digits: digitsAddress,
    });
    setState('training');
  };

  const send = (message: PageMessage): void => {
    worker?.postMessage(message);
  };

  const start = button(
    'Train',
    () => {
      if (state === 'training') {
        send({ kind: 'pause' });
        setState('paused');
        status.textContent = 'Paused.';
      } else if (state === 'paused') {
        send({ kind: 'resume' });
        setState('training');
        status.textContent = 'Training.';
      } else begin();
    },
    'primary',
  );
  const again = button('Start over', begin);
  again.disabled = true;
  const reset = (): void => {
    stop();
    started = undefined;
    latest = undefined;
    [xs, own, others] = [[], [], []];
    chart.update(series());
    status.textContent = 'Nothing is trained yet.';
    note.textContent = projectionSentence(dimensions);
    draw();
  };
  const dimensionsChoice = choice(
    'Dimensions',
    options.dimensions.map((count) => [String(count), String(count)]),
    (value) => {
      dimensions = Number(value);
      reset();
    },
  );
  dimensionsChoice.select.value = String(dimensions);
  const engineChoice = choice(
    'Engine',
    [
      ['auto', 'automatic'],
      ['webgl', 'WebGL'],
      ['wasm', 'WebAssembly'],
      ['cpu', 'JavaScript'],
    ],
    (value) => {
      engine = value as typeof engine;
      reset();
    },
  );
  const onlyChoice = choice(
    'Show',
    [['', 'all digits'], ...digitNames.map((name, index) => [String(index), `only ${name}`] as const)],
    (value) => {
      only = value === '' ? undefined : Number(value);
      draw();
    },
  );
  reset();
  return columns(
    [sphere.element, note],
    options.lead,
    element(
      'div',
      { class: 'fields' },
      ...(options.dimensions.length > 1 ? [dimensionsChoice.element] : []),
      ...(regression ? [] : [onlyChoice.element]),
      engineChoice.element,
    ),
    element('div', { class: 'buttons' }, start, again),
    problem,
    status,
    engineNote,
    numbers.element,
    chart.element,
    element('p', { class: 'hint' }, options.hint),
  );
}
