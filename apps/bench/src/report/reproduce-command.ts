import { join, relative } from 'node:path';
import { bundledDigest } from '../experiment/bundled-digest.js';
import { shellWord } from '../printing/shell-word.js';
import type { Configuration } from './report-model.js';

/**
 * The command that repeats the first run of a configuration: by the experiment's name where its settings are still those of the run, else by
 * the run's own `config.json`, which is an experiment as well.
 */
export function reproduceCommand({ name, digest, runs, environments }: Configuration): string {
  const [{ folder, result }] = runs as [Configuration['runs'][0], ...Configuration['runs']];
  const [environment] = environments;
  const experiment = `${result.study}/${name}`;
  const words = [
    bundledDigest(experiment) === digest ? experiment : relative('.', join(folder, 'config.json')),
    '--seed',
    String(result.seed),
    ...(environment?.threads === undefined ? [] : ['--threads', String(environment.threads)]),
    ...(result.environment.mode === 'eager' ? ['--mode', 'eager'] : []),
  ];
  return `bench run ${words.map(shellWord).join(' ')}`;
}
