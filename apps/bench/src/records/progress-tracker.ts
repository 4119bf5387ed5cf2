import type { RunProgress } from './run-progress.js';
import type { TrainingEvent } from './training-event.js';

/** How much of the newest step goes into the running means. */
const newest = 0.05;

/** Follows one run's events and knows at any moment where it is and how long it will take. */
export interface ProgressTracker {
  update(event: TrainingEvent): void;
  /** Undefined before a run has started. */
  current(): RunProgress | undefined;
  /** How long a whole run like this one takes, as far as is known; 0 before the first step. */
  secondsAWholeRun(): number;
}

/** Keeps running means of the step's time and of images a second; the time left counts the tests to come, too. */
export function createProgressTracker(now: () => Date = () => new Date()): ProgressTracker {
  let run: (TrainingEvent & { kind: 'run-start' }) | undefined;
  let phase: RunProgress['phase'] = 'starting';
  let epoch = 0;
  let step = 0;
  let loss: number | null = null;
  let learningRate: number | null = null;
  let imagesPerSecond = 0;
  let secondsPerStep = 0;
  let testSeconds = 0;
  let testedEpochs = 0;

  const secondsLeft = (start: TrainingEvent & { kind: 'run-start' }): number | null => {
    if (phase === 'ended') return 0;
    if (secondsPerStep === 0) return null;
    const steps = (start.epochs - epoch + 1) * start.stepsPerEpoch - step;
    return steps * secondsPerStep + (start.epochs - testedEpochs) * testSeconds;
  };

  return {
    update(event) {
      switch (event.kind) {
        case 'run-start':
          run = event;
          phase = 'starting';
          epoch = 0;
          step = 0;
          loss = null;
          learningRate = null;
          imagesPerSecond = 0;
          secondsPerStep = 0;
          break;
        case 'step-end':
          phase = 'training';
          ({ epoch, step, learningRate } = event);
          testedEpochs = epoch - 1;
          loss = Number.isFinite(event.loss) ? event.loss : null;
          imagesPerSecond = mean(imagesPerSecond, event.images / event.seconds);
          secondsPerStep = mean(secondsPerStep, event.seconds);
          break;
        case 'evaluation-start':
          phase = 'evaluating';
          ({ epoch } = event);
          step = run?.stepsPerEpoch ?? 0;
          break;
        case 'epoch-end':
          phase = 'training';
          ({ epoch, learningRate, testSeconds } = event.record);
          testedEpochs = epoch;
          step = run?.stepsPerEpoch ?? 0;
          break;
        case 'run-end':
          phase = 'ended';
          break;
      }
    },
    secondsAWholeRun() {
      if (run === undefined) return 0;
      return run.epochs * (run.stepsPerEpoch * secondsPerStep + testSeconds);
    },
    current() {
      if (run === undefined) return undefined;
      return {
        schemaVersion: 1,
        process: process.pid,
        updatedAt: now().toISOString(),
        title: run.title,
        seed: run.seed,
        phase,
        epoch,
        epochs: run.epochs,
        step,
        stepsPerEpoch: run.stepsPerEpoch,
        loss,
        learningRate,
        imagesPerSecond,
        secondsLeft: secondsLeft(run),
        parameters: run.parameters,
      };
    },
  };
}

function mean(earlier: number, value: number): number {
  return earlier === 0 ? value : (1 - newest) * earlier + newest * value;
}
