import { join } from 'node:path';
import type { Reporter } from '../records/training-event.js';

/** The part of `tf.node` that writes TensorBoard's event files. */
export interface SummaryWriters {
  summaryFileWriter(folder: string): {
    scalar(name: string, value: number, step: number): void;
    flush(): void;
  };
}

/**
 * Event files for TensorBoard in the run's folder, under `tensorboard`: the loss of every step; losses, metrics, learning rate and
 * speed of every epoch, at the step that ended it. Flushed at the end of an epoch.
 *
 * @param writers - `node` of `@hyperspherical/tfjs-native`.
 */
export function createTensorBoardReporter(writers: SummaryWriters): Reporter {
  let writer: ReturnType<SummaryWriters['summaryFileWriter']> | undefined;
  let stepsPerEpoch = 0;
  return {
    report(event) {
      switch (event.kind) {
        case 'run-start':
          ({ stepsPerEpoch } = event);
          writer = writers.summaryFileWriter(join(event.folder, 'tensorboard'));
          break;
        case 'step-end': {
          const step = (event.epoch - 1) * stepsPerEpoch + event.step;
          writer?.scalar('step/loss', event.loss, step);
          break;
        }
        case 'epoch-end': {
          const { record } = event;
          const scalars = {
            'loss/train': record.trainLoss,
            'loss/test': record.testLoss,
            ...Object.fromEntries(
              Object.entries(record.metrics).map(([name, value]) => [`test/${name}`, value]),
            ),
            'learning rate': record.learningRate,
            'speed/images per second': record.imagesPerSecond,
          };
          for (const [name, value] of Object.entries(scalars)) writer?.scalar(name, value, record.steps);
          writer?.flush();
          break;
        }
        case 'evaluation-start':
          break;
        case 'run-end':
          writer?.flush();
          writer = undefined;
          break;
      }
    },
    close() {
      writer?.flush();
    },
  };
}
