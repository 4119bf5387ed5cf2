import { createPrototypes, separation } from '@hyperspherical/prototypes';
import type { PrototypesAnswer, PrototypesQuestion } from './messages.js';

const page = globalThis as unknown as {
  postMessage(message: PrototypesAnswer): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<PrototypesQuestion>) => void): void;
};

page.addEventListener('message', ({ data }) => {
  createPrototypes(data)
    .then((prototypes) => {
      const { values, method } = prototypes;
      page.postMessage({ ...data, values, method, separation: separation(prototypes) });
    })
    .catch((error: unknown) => {
      page.postMessage({ ...data, problem: error instanceof Error ? error.message : String(error) });
    });
});
