import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { median } from 'd3-array';
import type { StepMeasurement, StepSize } from './measure-step.js';
import { parseJson } from '../records/parse-json.js';
import type { StepPeer } from './step-peers.js';
import { benchCommand } from '../sweep/child-runner.js';
import type { Mode } from '../engine/training-step.js';
import { UserError } from '../records/user-error.js';

/** What to compare. */
export interface CompareStepOptions extends StepSize {
  readonly mode: Mode;
  readonly against: readonly StepPeer[];
  readonly rounds: number;
  /** A Python that has PyTorch. */
  readonly python: string;
  /** Told before each process that is measured. */
  readonly onRound?: (round: number, who: string) => void;
}

/** How a peer did. */
export interface PeerMeasurement {
  readonly peer: StepPeer;
  /** With its version, where it tells one. */
  readonly name: string;
  readonly imagesPerSecond: number;
  readonly millisecondsPerStep: number;
  readonly peakMegabytes: number;
  /** Our images a second over its: the median of the rounds, and each round's. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  /** Our peak memory over its. */
  readonly memoryRatio: number;
}

/** Medians of several rounds, ours and theirs in turn. */
export interface StepComparison extends StepMeasurement {
  readonly rounds: number;
  readonly against: readonly PeerMeasurement[];
}

const measuredSchema = z.object({
  imagesPerSecond: z.number(),
  millisecondsPerStep: z.number(),
  peakMegabytes: z.number(),
  parameters: z.number(),
  mode: z.enum(['graph', 'eager', 'plain']).optional(),
  peer: z.string().optional(),
});

const pytorchProgram = fileURLToPath(new URL('../../benchmarks/pytorch-step.py', import.meta.url));
const run = promisify(execFile);

/**
 * Measures our step and the peers', each in a process of its own and in turn, so that what else the machine does hits all
 * alike.
 *
 * @throws UserError where a peer cannot run, for example without PyTorch
 */
export async function compareStep(options: CompareStepOptions): Promise<StepComparison> {
  const { against, rounds, mode, python, onRound } = options;
  const ours: z.infer<typeof measuredSchema>[] = [];
  const theirs = new Map(against.map((peer) => [peer, [] as z.infer<typeof measuredSchema>[]]));
  for (let round = 1; round <= rounds; round += 1) {
    onRound?.(round, 'ours');
    ours.push(await measureBench(options, mode));
    for (const [peer, measured] of theirs) {
      onRound?.(round, peer);
      measured.push(
        peer === 'plain' ? await measureBench(options, 'plain') : await measurePytorch(options, python),
      );
    }
  }
  const own = medians(ours);
  return {
    ...own,
    parameters: ours[0]!.parameters,
    mode,
    rounds,
    against: [...theirs].map(([peer, measured]) => {
      const ratios = measured.map(
        ({ millisecondsPerStep }, round) => millisecondsPerStep / ours[round]!.millisecondsPerStep,
      );
      const its = medians(measured);
      return {
        peer,
        name: measured[0]!.peer ?? 'TensorFlow.js, tf.layers',
        ...its,
        ratio: median(ratios)!,
        ratios,
        memoryRatio: own.peakMegabytes / its.peakMegabytes,
      };
    }),
  };
}

function medians(measured: readonly z.infer<typeof measuredSchema>[]): {
  imagesPerSecond: number;
  millisecondsPerStep: number;
  peakMegabytes: number;
} {
  return {
    imagesPerSecond: median(measured.map(({ imagesPerSecond }) => imagesPerSecond))!,
    millisecondsPerStep: median(measured.map(({ millisecondsPerStep }) => millisecondsPerStep))!,
    peakMegabytes: median(measured.map(({ peakMegabytes }) => peakMegabytes))!,
  };
}

async function measureBench(
  { depth, batchSize, steps }: StepSize,
  mode: string,
): Promise<z.infer<typeof measuredSchema>> {
  const [program, ...words] = benchCommand();
  const size = ['--backbone', `resnet${depth}`, '--batch', String(batchSize), '--steps', String(steps)];
  const { stdout } = await run(program!, [...words, 'step', ...size, '--mode', mode, '--json']);
  return measuredSchema.parse(parseJson(stdout, { place: 'What it printed' }));
}

async function measurePytorch(
  { depth, batchSize, steps }: StepSize,
  python: string,
): Promise<z.infer<typeof measuredSchema>> {
  const size = Object.entries({ depth, batch: batchSize, steps, threads: availableParallelism() });
  try {
    const { stdout } = await run(python, [
      pytorchProgram,
      ...size.flatMap(([name, value]) => [`--${name}`, String(value)]),
    ]);
    return measuredSchema.parse(parseJson(stdout, { place: 'What it printed' }));
  } catch (error) {
    const { message, stderr = message } = error as Error & { readonly stderr?: string };
    const said = stderr.trim().split('\n').at(-1)!;
    throw new UserError(
      `The step could not be measured in PyTorch by ${python} (${said}): name a Python that has PyTorch with --python.`,
      { exitCode: 1, cause: error },
    );
  }
}
