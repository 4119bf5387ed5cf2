import { chooseEngine } from './choose-engine.js';
import { decodeDigits, type Digits } from './decode-digits.js';
import { type LoadedModel, loadModel } from '../model/load-model.js';
import type { PageMessage, WorkerMessage } from './messages.js';
import { createTraining, stepsOf } from './training.js';

/** What a worker's global object offers, as far as it is used here. */
interface WorkerScope {
  postMessage(message: WorkerMessage): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<PageMessage>) => void): void;
}

const page = globalThis as unknown as WorkerScope;
const stepsBetweenPictures = 6;
let paused = false;
let goOn: () => void = () => undefined;
let digits: Promise<Digits> | undefined;
let model: LoadedModel | undefined;

async function trainIt({ task, engines, digits: address }: PageMessage & { kind: 'train' }): Promise<void> {
  const engine = await chooseEngine(engines);
  digits ??= fetch(address).then(async (answer) => decodeDigits(await answer.blob()));
  const training = await createTraining(task, await digits);
  const steps = stepsOf(task);
  const { prototypes, labels, values } = training;
  page.postMessage({ kind: 'started', engine, steps, prototypes, labels, values });
  let secondsTraining = 0;
  for (let step = 0; ; step += 1) {
    if (step % stepsBetweenPictures === 0 || step === steps)
      page.postMessage({ kind: 'progress', step, secondsTraining, ...(await training.measure()) });
    if (step === steps) break;
    // Lets messages in, such as the one to pause.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (paused) await new Promise<void>((resolve) => (goOn = resolve));
    const before = performance.now();
    await training.step();
    secondsTraining += (performance.now() - before) / 1000;
  }
  training.dispose();
  page.postMessage({ kind: 'finished' });
}

async function take(message: PageMessage): Promise<void> {
  switch (message.kind) {
    case 'train':
      await trainIt(message);
      break;
    case 'pause':
      paused = true;
      break;
    case 'resume':
      paused = false;
      goOn();
      break;
    case 'load': {
      const engine = await chooseEngine(message.engines);
      model = await loadModel(message);
      page.postMessage({ kind: 'loaded', engine });
      break;
    }
    case 'predict':
      if (model)
        page.postMessage({ kind: 'answer', answer: await model.predict(message.pixels, message.shape) });
  }
}

page.addEventListener('message', ({ data }) => {
  take(data).catch((error: unknown) => {
    page.postMessage({ kind: 'problem', message: error instanceof Error ? error.message : String(error) });
  });
});
