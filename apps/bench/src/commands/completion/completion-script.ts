import type { Command } from 'commander';
import { bundledExperiments } from '../../experiment/bundled-experiments.js';
import { bashCompletion } from './bash-completion.js';
import { commandTree } from './command-tree.js';
import { fishCompletion } from './fish-completion.js';
import { zshCompletion } from './zsh-completion.js';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** The completion script of a shell, made from the commands' own definitions. */
export function completionScript(program: Command, shell: keyof typeof scripts): string {
  const experiments = bundledExperiments().map(({ name }) => name);
  return scripts[shell](commandTree(program, experiments));
}
