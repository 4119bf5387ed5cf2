/**
 * What to type for the run that a folder is for: a colon and the command where the folder has the bench's own place and name, nothing where it
 * has another. For the end of a sentence.
 *
 * @example
 * commandOfRun('runs/quick/softmax/seed-2'); // ': bench run quick/softmax --seed 2'
 */
export function commandOfRun(folder: string): string {
  const [, experiment, seed] = /^runs\/([^/]+\/[^/]+)\/seed-(\d+)$/.exec(folder) ?? [];
  return experiment === undefined ? '' : `: bench run ${experiment} --seed ${seed}`;
}
