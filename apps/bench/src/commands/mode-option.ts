import { Option } from 'commander';

/** `--mode graph | eager`. */
export function modeOption(): Option {
  return new Option('--mode <mode>', 'run a training step as one TensorFlow graph, or operation by operation')
    .choices(['graph', 'eager'])
    .default('graph');
}
