import { type Command, InvalidArgumentError, Option } from 'commander';
import { stepPeers } from './step-peers.js';
import type { StepOptions } from './print-step.js';
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
    .addOption(
      new Option(
        '--mode <mode>',
        'run a step as one TensorFlow graph, operation by operation, or as tf.layers does without our kernels',
      )
        .choices(['graph', 'eager', 'plain'])
        .default('graph'),
    )
    .addOption(
      new Option('--against <peers...>', 'measure others too, in turn, each in a process of its own')
        .choices(stepPeers)
        .default([], 'nobody'),
    )
    .option('--rounds <n>', 'rounds with --against', integerOption(1), 5)
    .option('--python <program>', 'a Python that has PyTorch, for --against pytorch', 'python3')
    .option('--json', 'print one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  bench step --backbone resnet32 --batch 128 --steps 10 --json' +
        '\n  bench step --backbone resnet32 --against plain pytorch --rounds 5',
    )
    .action(async (options: StepOptions) => {
      const { printStep } = await import('./print-step.js');
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
