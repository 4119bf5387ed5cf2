import type { CommandNode, OptionNode, Values } from './command-tree.js';

/** A script for zsh, to be sourced or put into a folder of `fpath` as `_bench`. */
export function zshCompletion(root: CommandNode): string {
  return `#compdef bench
# Completion of bench for zsh. In ~/.zshrc, after compinit: eval "$(bench completion zsh)"
${functions(root).join('\n')}
if [[ $funcstack[1] == _bench ]]; then _bench "$@"; else compdef _bench bench; fi
`;
}

/** One function a command: those below it first. */
function functions(node: CommandNode): string[] {
  const options = node.options.map((option) => quote(optionSpec(option)));
  const own =
    node.commands.length > 0
      ? [
          `  local -a commands=(${node.commands.map(({ path, summary }) => quote(`${path.at(-1)!}:${summary}`)).join(' ')})`,
          '  local state line',
          `  _arguments -C ${options.join(' ')} '1: :->command' '*:: :->rest'`,
          '  case $state in',
          "    command) _describe 'command' commands ;;",
          '    rest) case $line[1] in',
          ...node.commands.map((below) => `      ${below.path.at(-1)!}) ${name(below)} ;;`),
          '    esac ;;',
          '  esac',
        ]
      : [
          `  _arguments ${[
            ...options,
            ...node.arguments.map(({ name: title, variadic, values }, index) =>
              quote(`${variadic ? '*' : index + 1}:${escape(title)}:${action(values)}`),
            ),
          ].join(' ')}`,
        ];
  return [...node.commands.flatMap(functions), [`${name(node)}() {`, ...own, '}'].join('\n')];
}

function name({ path }: CommandNode): string {
  return ['_bench', ...path].join('_');
}

function optionSpec({ flags, description, values }: OptionNode): string {
  const [flag] = flags;
  return `${flag ?? ''}[${escape(description)}]${values === undefined ? '' : `:value:${action(values)}`}`;
}

function action(values: Values): string {
  switch (values.kind) {
    case 'words':
      return values.orFile ? `{compadd -- ${values.words.join(' ')}; _files}` : `(${values.words.join(' ')})`;
    case 'folder':
      return '_files -/';
    case 'file':
      return '_files';
    case 'none':
      return ' ';
  }
}

function escape(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, String.raw`\$&`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
