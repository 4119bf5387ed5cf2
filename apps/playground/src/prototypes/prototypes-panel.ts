import { separationBound } from '@hyperspherical/prototypes';
import { button, facts, slider } from '../page/controls.js';
import { columns } from '../page/columns.js';
import { projectionSentence } from '@hyperspherical/drawing';
import { createSphereView, element } from '@hyperspherical/drawing/page';
import { projectPoints } from '../sphere/project-points.js';
import type { PrototypesAnswer, PrototypesQuestion } from './messages.js';
import { spreadSlowly, type Spreading } from './spread-slowly.js';

const boundNames = {
  circle: 'even spacing on the circle, which is reached',
  simplex: "the simplex (Rankin's bound), which is reached",
  orthoplex: "axes and their opposites (Rankin's bound), which is reached",
  'known-optimum': 'a solved case, which is reached',
  'mutually-unbiased-bases': 'mutually unbiased bases',
  'fejes-toth': "Fejes Tóth's bound",
  levenshtein: "Levenshtein's bound",
} as const;

const largest = 'Largest cosine';
const angle = 'Smallest angle';
const bound = 'Bound on the cosine';
const best = 'Best that the package finds';

/** Prototypes that spread on the sphere, with the bound beside them. */
export function createPrototypesPanel(): HTMLElement {
  const sphere = createSphereView();
  const numbers = facts([largest, angle, bound, best]);
  const note = element('p', { class: 'note' });
  const status = element('p', { role: 'status', class: 'status' });
  const worker = new Worker(new URL('./prototypes-worker.ts', import.meta.url), { type: 'module' });
  let question: PrototypesQuestion = { classes: 10, dimensions: 3, seed: 0 };
  let spreading: Spreading | undefined;
  let optimum: Float32Array | undefined;
  let frame = 0;

  const show = (values: Float32Array, cosine: number): void => {
    const { classes, dimensions } = question;
    const prototypes = { dimensions, values };
    sphere.show({
      flat: dimensions === 2,
      exact: dimensions <= 3,
      prototypes: projectPoints(prototypes)(prototypes),
      prototypeNames: Array.from({ length: classes }, (_, index) => String(index + 1)),
      colored: true,
      outputs: [],
      description: `${classes} prototypes on the ${dimensions === 2 ? 'circle' : 'sphere'}; smallest angle ${degrees(cosine)}.${
        dimensions === 2 ? '' : ' Arrow keys turn it, Home turns it back.'
      }`,
    });
    numbers.set(largest, cosine.toFixed(4));
    numbers.set(angle, degrees(cosine));
  };

  const animate = (): void => {
    frame = 0;
    if (!spreading) return;
    let moving = true;
    for (let step = 0; step < 3 && moving; step += 1) moving = spreading.step();
    show(spreading.values, spreading.largestCosine());
    if (moving) frame = requestAnimationFrame(animate);
    else {
      const found = spreading.largestCosine();
      status.textContent = `At rest: the largest cosine is ${found.toFixed(4)}, the smallest angle ${degrees(found)}.`;
    }
  };

  const restart = (): void => {
    cancelAnimationFrame(frame);
    const { bound: least, boundName } = separationBound(question);
    numbers.set(bound, `${least.toFixed(4)} (${degrees(least)}), by ${boundNames[boundName]}`);
    numbers.set(best, 'searching …');
    note.textContent = projectionSentence(question.dimensions);
    status.textContent = 'Spreading.';
    optimum = undefined;
    showBest.disabled = true;
    worker.postMessage(question);
    spreading = spreadSlowly(question);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) while (spreading.step());
    animate();
  };

  const showBest = button('Show the best', () => {
    if (!optimum) return;
    cancelAnimationFrame(frame);
    frame = 0;
    show(optimum, bestCosine);
    status.textContent = `Shown: the package's answer, largest cosine ${bestCosine.toFixed(4)}, smallest angle ${degrees(bestCosine)}.`;
  });
  let bestCosine = 1;
  worker.addEventListener('message', ({ data }: MessageEvent<PrototypesAnswer>) => {
    const { classes, dimensions, seed } = data;
    if (classes !== question.classes || dimensions !== question.dimensions || seed !== question.seed) return;
    if ('problem' in data) {
      numbers.set(best, data.problem);
      return;
    }
    optimum = data.values;
    bestCosine = data.separation.maxCosine;
    showBest.disabled = false;
    numbers.set(best, `${bestCosine.toFixed(4)} (${degrees(bestCosine)}), method ${data.method}`);
  });

  const classes = slider('Classes', { least: 2, most: 60, value: question.classes }, (value) => {
    question = { ...question, classes: value };
    restart();
  });
  const dimensions = slider('Dimensions', { least: 2, most: 12, value: question.dimensions }, (value) => {
    question = { ...question, dimensions: value };
    restart();
  });
  restart();
  return columns(
    [sphere.element, note],
    'Each class gets a point before training, as far from the others as geometry allows. The smaller the largest cosine, the better; no arrangement gets below the bound.',
    classes.element,
    dimensions.element,
    element(
      'div',
      { class: 'buttons' },
      button(
        'Spread again',
        () => {
          question = { ...question, seed: question.seed + 1 };
          restart();
        },
        'primary',
      ),
      showBest,
    ),
    numbers.element,
    status,
    element(
      'p',
      { class: 'hint' },
      'The film is plain gradient descent from one start, slow enough to watch. The package tries closed forms, codes and many starts.',
    ),
  );
}

function degrees(cosine: number): string {
  return `${((Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI).toFixed(1)}°`;
}
