/**
 * What a run is doing, by its files alone.
 *
 * `waiting`: nothing but a configuration yet. `silent`: not ended, and no sign of life for a while. `stopped`: ended without a
 * result. `unreadable`: a file is not what this version writes.
 */
export type RunStatus =
  | 'waiting'
  | 'starting'
  | 'training'
  | 'evaluating'
  | 'silent'
  | 'stopped'
  | 'completed'
  | 'interrupted'
  | 'diverged'
  | 'unreadable';
