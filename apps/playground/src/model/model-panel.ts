import { columns } from '../page/columns.js';
import { projectionSentence } from '@hyperspherical/drawing';
import { createSphereView, element } from '@hyperspherical/drawing/page';
import { projectPoints } from '../sphere/project-points.js';
import { engineSentence, enginesFor } from '../training/engine-sentence.js';
import type { ModelAnswer, PageMessage, WorkerMessage } from '../training/messages.js';
import { droppedFiles } from './dropped-files.js';
import { type ExportedModel, readExportedModel } from './read-exported-model.js';
import { readImage } from './read-image.js';

/** More answers than these nobody reads. */
const mostAnswers = 10;

/** A model that the bench exported, and what it says of images. */
export function createModelPanel(): HTMLElement {
  const sphere = createSphereView();
  const note = element('p', { class: 'note' });
  const problem = element('p', { role: 'alert', class: 'problem', hidden: true });
  const status = element('p', { role: 'status', class: 'status' }, 'No model is loaded yet.');
  const engineNote = element('p', { class: 'hint' });
  const preview = element('div', { class: 'preview' });
  const answers = element('div', { class: 'answers' });
  const files = element('input', { type: 'file', multiple: true, id: 'model-files', accept: '.json,.bin' });
  const image = element('input', { type: 'file', id: 'model-image', accept: 'image/*', disabled: true });
  const invert = element('input', { type: 'checkbox' });
  const invertLabel = element(
    'label',
    { class: 'check', hidden: true },
    invert,
    ' Dark ink on light paper: invert',
  );
  let exported: ExportedModel | undefined;
  let worker: Worker | undefined;
  let shown: File | undefined;
  let answer: ModelAnswer | undefined;

  const tell = (error: unknown): void => {
    problem.textContent = error instanceof Error ? error.message : String(error);
    problem.hidden = false;
  };

  const draw = (): void => {
    const prototypes = exported?.facts.head.prototypes;
    const dimensions = prototypes?.dimensions ?? 3;
    const points = { dimensions, values: Float32Array.from(prototypes?.values ?? []) };
    const projected = projectPoints(points);
    const outputs =
      answer && prototypes && answer.outputs.length === dimensions ? [unit(answer.outputs)] : [];
    note.textContent = exported
      ? prototypes
        ? projectionSentence(dimensions)
        : 'This model has no prototypes to show.'
      : 'The prototypes of a loaded model, and where an image falls, are shown here.';
    sphere.show({
      flat: dimensions === 2,
      exact: dimensions <= 3,
      prototypes: projected(points),
      prototypeNames: exported?.facts.classNames ?? [],
      colored: true,
      outputs: outputs.flatMap((values) => projected({ dimensions, values })),
      description: exported
        ? `${prototypes?.classes ?? 0} prototypes of the model${outputs.length > 0 ? ', and the image' : ''}.`
        : 'An empty sphere: no model is loaded yet.',
    });
  };

  const takeModel = async (chosen: readonly File[]): Promise<void> => {
    problem.hidden = true;
    try {
      const next = await readExportedModel(chosen);
      status.textContent = 'Loading the model.';
      exported = undefined;
      answer = undefined;
      shown = undefined;
      image.disabled = true;
      answers.replaceChildren();
      preview.replaceChildren();
      worker?.terminate();
      const running = new Worker(new URL('../training/training-worker.ts', import.meta.url), {
        type: 'module',
      });
      worker = running;
      running.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
        if (running === worker) take(data, next);
      });
      const { model, weights, facts } = next;
      send({
        kind: 'load',
        engines: enginesFor('auto'),
        model,
        weights,
        head: facts.head,
        imageShape: facts.imageShape,
      });
    } catch (error) {
      tell(error);
    }
  };

  const send = (message: PageMessage): void => {
    worker?.postMessage(message);
  };

  const take = (message: WorkerMessage, next: ExportedModel): void => {
    if (message.kind === 'loaded') {
      exported = next;
      const { title, dataset, imageShape, head } = next.facts;
      image.disabled = false;
      invertLabel.hidden = imageShape[2] !== 1;
      status.textContent = `Loaded: ${title ?? head.kind}${dataset === undefined ? '' : `, trained on ${dataset}`}; images of ${imageShape.join(' x ')}. Now choose an image.`;
      engineNote.textContent = engineSentence('auto', message.engine);
      draw();
    } else if (message.kind === 'answer') {
      answer = message.answer;
      showAnswer(message.answer);
      draw();
    } else if (message.kind === 'problem') {
      status.textContent = exported ? 'The model gave no answer.' : 'No model is loaded.';
      tell(message.message);
    }
  };

  const takeImage = async (file: File): Promise<void> => {
    problem.hidden = true;
    if (!exported) {
      tell('Load a model first: an image alone has no answer.');
      return;
    }
    try {
      shown = file;
      const { pixels, canvas } = await readImage(file, exported.facts, invert.checked);
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', `${file.name} as the model sees it`);
      preview.replaceChildren(canvas);
      send({ kind: 'predict', pixels, shape: exported.facts.imageShape });
    } catch (error) {
      tell(error);
    }
  };

  const showAnswer = ({ scores, values }: ModelAnswer): void => {
    const { classNames, valueName = 'value', valueUnit = '', head } = exported!.facts;
    const cosines = head.prototypes !== undefined;
    const regression = head.kind.endsWith('-regressor') || head.kind === 'joint';
    const classScores = head.kind === 'joint' ? scores.slice(0, -1) : regression ? [] : scores;
    const ranked = classScores
      .map((score, index) => ({ score, name: classNames?.[index] ?? `class ${index}` }))
      .sort((a, b) => b.score - a.score);
    const said = [
      ...(ranked[0] ? [ranked[0].name] : []),
      ...(regression ? [`${valueName} ${values[0]!.toFixed(1)} ${valueUnit}`.trim()] : []),
    ];
    status.textContent = `${shown!.name}: ${said.join(', ')}.`;
    answers.replaceChildren();
    if (ranked.length === 0) return;
    answers.append(
      element(
        'table',
        {},
        element('caption', {}, `The ${Math.min(mostAnswers, ranked.length)} nearest classes`),
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            element('th', { scope: 'col' }, 'class'),
            element('th', { scope: 'col' }, cosines ? 'cosine' : 'score'),
          ),
        ),
        element(
          'tbody',
          {},
          ...ranked
            .slice(0, mostAnswers)
            .map(({ name, score }) =>
              element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, score.toFixed(3))),
            ),
        ),
      ),
    );
  };

  files.addEventListener('change', () => {
    void takeModel([...(files.files ?? [])]);
    files.value = '';
  });
  image.addEventListener('change', () => {
    const file = image.files?.[0];
    if (file) void takeImage(file);
    image.value = '';
  });
  invert.addEventListener('change', () => {
    if (shown) void takeImage(shown);
  });

  const drop = element(
    'div',
    { class: 'drop' },
    element(
      'p',
      {},
      element('strong', {}, '1. The model. '),
      element('code', {}, 'bench export --run R --out F'),
      ' writes three files into F. Choose all three, or drop them or their folder here.',
    ),
    fileButton('Choose model files', files),
    element(
      'p',
      {},
      element('strong', {}, '2. An image. '),
      'Its middle square is brought to the size of the model. Nothing leaves this page.',
    ),
    fileButton('Choose an image', image),
    invertLabel,
  );
  drop.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  drop.addEventListener('dragleave', () => {
    drop.classList.remove('over');
  });
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    if (!event.dataTransfer) return;
    droppedFiles(event.dataTransfer)
      .then(async (dropped) => {
        const [first] = dropped;
        await (dropped.length === 1 && first?.type.startsWith('image/')
          ? takeImage(first)
          : takeModel(dropped));
      })
      .catch(tell);
  });
  draw();
  return columns(
    [sphere.element, note],
    'A model that you trained with the bench, in this page: drop an image on it and see which prototype is nearest.',
    drop,
    problem,
    status,
    element('div', { class: 'answer' }, preview, answers),
    engineNote,
  );
}

/** A file picker whose button looks as the others do; the input itself takes focus and keys. */
function fileButton(text: string, input: HTMLInputElement): HTMLElement {
  input.classList.add('file');
  return element('label', { class: 'file-field' }, element('span', {}, text), input);
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / length);
}
