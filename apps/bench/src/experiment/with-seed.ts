/**
 * The folder of the other run that goes with a run of this seed.
 *
 * @example
 * withSeed('runs/study/pilot/seed-{seed}', 2); // 'runs/study/pilot/seed-2'
 */
export function withSeed(folder: string, seed: number): string {
  return folder.replaceAll('{seed}', String(seed));
}
