import { type Command, InvalidArgumentError } from 'commander';
import { prepareEngine } from '../prepare-engine.js';
import { integerOption } from './integer-option.js';
import { printJson } from './print-json.js';

interface StepOptions {
  readonly backbone: number;
  readonly batch: number;
  readonly steps: number;
  readonly json?: true;
}

/** Adds `bench step`: how fast one training step is. */
export function addStepCommand(program: Command): void {
  program
    .command('step')
    .summary('measure the throughput of one training step')
    .description(
      'Measures the median training step (forward, loss, backward, optimiser) of a CIFAR ResNet with 50 output dimensions ' +
        'and 100 prototypes, on random images, after two steps of warming up.',
    )
    .option('--backbone <name>', 'resnet8, resnet14, resnet20, resnet32, ...', readDepth, 32)
    .option('--batch <n>', 'images a step', integerOption(1), 128)
    .option('--steps <n>', 'steps to measure', integerOption(1), 10)
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench step --backbone resnet32 --batch 128 --steps 10 --json')
    .action(step);
}

function readDepth(text: string): number {
  const depth = Number(/^resnet(\d+)$/.exec(text)?.[1]);
  if (!(depth >= 8 && (depth - 2) % 6 === 0))
    throw new InvalidArgumentError(
      'Give resnet followed by a depth of 6n + 2: resnet8, resnet14, resnet20, resnet32, ...',
    );
  return depth;
}

async function step(options: StepOptions): Promise<void> {
  await prepareEngine();
  const { measureStep } = await import('../measure-step.js');
  const measured = await measureStep({
    depth: options.backbone,
    batchSize: options.batch,
    steps: options.steps,
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
