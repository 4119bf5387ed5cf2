import type { Mode } from './training-step.js';
import { prepareEngine } from './prepare-engine.js';
import { printJson } from './print-json.js';

/** What `bench step` was asked for. */
export interface StepOptions {
  /** The ResNet's depth. */
  readonly backbone: number;
  readonly batch: number;
  readonly steps: number;
  readonly mode: Mode;
  readonly json?: true;
}

/** Measures a training step and prints it. */
export async function printStep(options: StepOptions): Promise<void> {
  await prepareEngine();
  const { measureStep } = await import('./measure-step.js');
  const measured = await measureStep({
    depth: options.backbone,
    batchSize: options.batch,
    steps: options.steps,
    mode: options.mode,
  });
  if (options.json) {
    printJson(measured);
    return;
  }
  process.stdout.write(
    `resnet${options.backbone}, batch ${options.batch}, ${measured.mode}: ${measured.imagesPerSecond.toFixed(1)} images/s, ` +
      `${measured.millisecondsPerStep.toFixed(1)} ms a step, at most ${measured.peakMegabytes} MB, ${measured.parameters} parameters\n`,
  );
}
