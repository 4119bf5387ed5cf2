import { Argument, type Command } from 'commander';

/** The shells that completion is written for. */
const shells = ['bash', 'zsh', 'fish'] as const;

/** Adds `bench completion <shell>`: what the tab key needs to know, made from the commands themselves. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .summary('print what makes the tab key complete commands and options')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  eval "$(bench completion bash)"     # in ~/.bashrc\n' +
        '  eval "$(bench completion zsh)"      # in ~/.zshrc, after compinit\n' +
        '  bench completion fish > ~/.config/fish/completions/bench.fish',
    )
    .action(async (shell: (typeof shells)[number]) => {
      const { completionScript } = await import('./completion/completion-script.js');
      process.stdout.write(completionScript(program, shell));
    });
}
