import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './user-error.js';

/**
 * The path of a file that another run ends with.
 *
 * @param setting - Where the experiment names the run's folder.
 * @throws UserError when there is no such file: says which run to carry out, where the folder has the bench's own place and name.
 *
 * @example
 * fileOfRun('initialise.from', 'runs/quick/softmax/seed-2', 'model.safetensors'); // or: ... carry that run out first: bench run quick/softmax --seed 2.
 */
export function fileOfRun(setting: string, folder: string, file: string): string {
  const path = join(folder, file);
  if (existsSync(path)) return path;
  const [, experiment, seed] = /^runs\/([^/]+\/[^/]+)\/seed-(\d+)$/.exec(folder) ?? [];
  const command = experiment === undefined ? '' : `: bench run ${experiment} --seed ${seed}`;
  throw new UserError(
    `${setting} is ${folder}, and no run has completed there; carry that run out first${command}.`,
  );
}
