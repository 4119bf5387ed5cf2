import { inspectEngine } from '@hyperspherical/tfjs-native/setup';
import { describeEnvironment } from '../engine/environment.js';
import { dataState } from './data-state.js';
import { optionalPrograms } from './optional-programs.js';
import { printJson } from '../printing/print-json.js';

/** Prints what is found on this machine, what is not, and what to type. */
export async function describeMachine({ json }: { readonly json?: true }): Promise<void> {
  const environment = describeEnvironment();
  const engine = await inspectEngine();
  const data = dataState();
  const optional = optionalPrograms(process.env);
  if (!engine.ready) process.exitCode = 1;
  if (json) {
    printJson({ ready: engine.ready, environment, engine, data, optional });
    return;
  }
  const commit =
    environment.commit === null
      ? ''
      : `, commit ${environment.commit.slice(0, 9)}${environment.dirty ? ' + changes' : ''}`;
  const lines = [
    `bench ${environment.bench}${commit}, tfjs ${environment.tfjs}`,
    `${environment.cpu}, ${environment.cores} cores, ${environment.memoryGigabytes} GB, ${environment.platform}`,
    '',
    `TensorFlow ${engine.tensorflowVersion}`,
    ...[...engine.engine, ...engine.setUp].map(({ name, found, detail, advice }) =>
      line(found ? 'found' : 'missing', name, advice === undefined ? detail : `${detail} ${advice}`),
    ),
    '',
    'Data',
    ...data.map(({ name, cached, detail }) => line(cached ? 'found' : 'not yet', name, detail)),
    '',
    'Optional',
    ...optional.map(({ name, path, detail }) => line(path === null ? 'not here' : 'found', name, detail)),
    '',
    engine.advice,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function line(state: string, name: string, detail: string): string {
  return `  ${state.padEnd(8)} ${name.padEnd(14)} ${detail}`;
}
