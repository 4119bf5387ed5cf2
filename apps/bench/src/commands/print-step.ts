import { compareStep, type PeerMeasurement } from './compare-step.js';
import type { StepMeasurement, StepSize } from './measure-step.js';
import { prepareEngine } from '../engine/prepare-engine.js';
import { printJson } from '../printing/print-json.js';
import { createProgressPrinter } from '../printing/progress-printer.js';
import type { StepPeer } from './step-peers.js';
import { UserError } from '../records/user-error.js';

/** What `bench step` was asked for. */
export interface StepOptions {
  /** The ResNet's depth. */
  readonly backbone: number;
  readonly batch: number;
  readonly steps: number;
  readonly mode: StepMeasurement['mode'];
  readonly against: readonly StepPeer[];
  readonly rounds: number;
  readonly python: string;
  readonly json?: true;
}

/** Measures a training step, perhaps beside others, and prints it. */
export async function printStep(options: StepOptions): Promise<void> {
  const { mode, backbone, batch, against, json } = options;
  const size: StepSize = { depth: backbone, batchSize: batch, steps: options.steps };
  // Read when the engine is loaded.
  if (mode === 'plain') process.env.TFJS_NATIVE_PLAIN = '1';
  let measured: StepMeasurement & { readonly against?: readonly PeerMeasurement[] };
  if (against.length > 0) {
    if (mode === 'plain') throw new UserError('With --against, --mode is graph or eager.');
    measured = await compare(options, size, mode);
  } else {
    await prepareEngine();
    measured =
      mode === 'plain'
        ? await (await import('./measure-plain-step.js')).measurePlainStep(size)
        : await (await import('./measure-step.js')).measureStep({ ...size, mode });
  }
  if (json) {
    printJson(measured);
    return;
  }
  process.stdout.write(
    `resnet${backbone}, batch ${batch}, ${mode}: ${measured.imagesPerSecond.toFixed(1)} images/s, ` +
      `${measured.millisecondsPerStep.toFixed(1)} ms a step, at most ${measured.peakMegabytes} MB, ${measured.parameters} parameters\n`,
  );
  for (const { name, imagesPerSecond, peakMegabytes, ratio, ratios, memoryRatio } of measured.against ?? []) {
    process.stdout.write(
      `${name}: ${imagesPerSecond.toFixed(1)} images/s, at most ${peakMegabytes} MB; ours is ${ratio.toFixed(2)} times as fast ` +
        `(${ratios.map((each) => each.toFixed(2)).join(', ')}) in ${memoryRatio.toFixed(2)} times the memory\n`,
    );
  }
}

async function compare(
  options: StepOptions,
  size: StepSize,
  mode: 'graph' | 'eager',
): ReturnType<typeof compareStep> {
  const { against, rounds, python } = options;
  await prepareEngine();
  const printer = createProgressPrinter(process.stderr);
  try {
    return await compareStep({
      ...size,
      mode,
      against,
      rounds,
      python,
      onRound: (round, who) => {
        printer.show('Measuring', `Round ${round} of ${rounds}: ${who}`);
      },
    });
  } finally {
    printer.close();
  }
}
