import type { Argument, Command, Option } from 'commander';

/** What completes a value: one of some words (or also a file), a folder, a file, or nothing that could be known. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly orFile?: true }
  | { readonly kind: 'folder' }
  | { readonly kind: 'file' }
  | { readonly kind: 'none' };

/** An option of a command. */
export interface OptionNode {
  /** With dashes: `--out`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined where it takes no value. */
  readonly values: Values | undefined;
}

/** A command, with what may follow it. */
export interface CommandNode {
  /** The words after `bench`: `['data', 'get']`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly options: readonly OptionNode[];
  readonly arguments: readonly {
    readonly name: string;
    readonly variadic: boolean;
    readonly values: Values;
  }[];
  readonly commands: readonly CommandNode[];
}

/**
 * What there is to type, read from the definitions of the commands.
 *
 * @param experiments - Names that may stand where an `<experiment>` is wanted.
 */
export function commandTree(
  command: Command,
  experiments: readonly string[],
  path: readonly string[] = [],
): CommandNode {
  const help = command.createHelp();
  return {
    path,
    summary: command.summary() || command.description(),
    options: help.visibleOptions(command).map(optionNode),
    arguments: command.registeredArguments.map((argument) => ({
      name: argument.name(),
      variadic: argument.variadic,
      values: argumentValues(argument, experiments),
    })),
    commands: help
      .visibleCommands(command)
      .filter((below) => below.name() !== 'help')
      .map((below) => commandTree(below, experiments, [...path, below.name()])),
  };
}

/** The command and all commands below it. */
export function withDescendants(node: CommandNode): CommandNode[] {
  return [node, ...node.commands.flatMap(withDescendants)];
}

function optionNode(option: Option): OptionNode {
  return {
    flags: [option.long, option.short].filter((flag) => flag !== undefined),
    description: option.description,
    values: option.required || option.optional ? optionValues(option) : undefined,
  };
}

function optionValues({ argChoices, flags }: Option): Values {
  if (argChoices) return { kind: 'words', words: argChoices };
  return valuesOfPlaceholder(/[<[]([^>\]]*)[>\]]/.exec(flags)?.[1] ?? '');
}

function argumentValues(argument: Argument, experiments: readonly string[]): Values {
  if (argument.argChoices) return { kind: 'words', words: argument.argChoices };
  if (argument.name() === 'experiment') return { kind: 'words', words: experiments, orFile: true };
  return valuesOfPlaceholder(argument.name());
}

/** A placeholder says what it stands for: `<folder>`, `<file.npy>`, `<n>`. */
function valuesOfPlaceholder(name: string): Values {
  if (/folder/i.test(name)) return { kind: 'folder' };
  return /file|image|path$|sweep|\./i.test(name) ? { kind: 'file' } : { kind: 'none' };
}
