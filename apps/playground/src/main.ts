import { upright } from '@hyperspherical/drawing';
import { createModelPanel } from './model/model-panel.js';
import { createTabs } from './page/tabs.js';
import { createPrototypesPanel } from './prototypes/prototypes-panel.js';
import { digitNames } from './training/decode-digits.js';
import { createTrainingPanel } from './training/training-panel.js';

const percent = (share: number): string => `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`;
const degrees = (value: number): string => `${value.toFixed(1)}°`;

createTabs([
  { id: 'prototypes', create: createPrototypesPanel },
  {
    id: 'train',
    create: () =>
      createTrainingPanel({
        task: (dimensions) => ({ kind: 'classes', dimensions, seed: 0 }),
        dimensions: [2, 3, 9],
        steps: 558,
        lead: 'A small network learns handwritten digits, here and now. Its outputs live on the sphere, and each is drawn to the prototype of its class. A second network with softmax sees the same batches, from the same seed.',
        hint: '6,000 digits of MNIST to learn from, 1,000 others to test on, of which 300 are shown. One hidden layer of 64, batches of 64, Adam at 0.003, six epochs. Ten classes are crowded in two or three dimensions, and softmax has ten outputs: try nine. One seed is no comparison of the methods.',
        measure: 'Test accuracy',
        opponent: 'Softmax',
        top: 1,
        format: percent,
        prototypeNames: digitNames,
      }),
  },
  {
    id: 'poles',
    create: () =>
      createTrainingPanel({
        task: () => ({ kind: 'rotation', seed: 0 }),
        dimensions: [3],
        rotation: upright,
        steps: 690,
        lead: 'A value lives between two opposite poles: 180° at the upper, 0° at the lower. The network sees a turned digit, and the height of its output on the sphere says by how much it was turned. A second network regresses the angle directly.',
        hint: 'The digits 2, 3, 4, 5 and 7 of the same MNIST images, each turned by an angle of its own. Colour: the true angle, blue at 0° and orange at 180°. The error is the mean over all such test images; 300 are shown. Fifteen epochs.',
        measure: 'Test error',
        opponent: 'Squared error',
        top: 60,
        format: degrees,
        prototypeNames: ['180°', '0°'],
      }),
  },
  { id: 'model', create: createModelPanel },
]);

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // A page that is opened from a place without service workers works all the same, while its files are there.
  navigator.serviceWorker.register('./service-worker.js').catch(() => undefined);
}
