import { type Command, InvalidArgumentError } from 'commander';
import type { StepOptions } from '../print-step.js';
import { modeOption } from './mode-option.js';
import { integerOption } from './integer-option.js';

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
    .addOption(modeOption())
    .option('--json', 'print one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  bench step --backbone resnet32 --batch 128 --steps 10 --json')
    .action(async (options: StepOptions) => {
      const { printStep } = await import('../print-step.js');
      await printStep(options);
    });
}

function readDepth(text: string): number {
  const depth = Number(/^resnet(\d+)$/.exec(text)?.[1]);
  if (!(depth >= 8 && (depth - 2) % 6 === 0))
    throw new InvalidArgumentError(
      'Give resnet followed by a depth of 6n + 2: resnet8, resnet14, resnet20, resnet32, ...',
    );
  return depth;
}
