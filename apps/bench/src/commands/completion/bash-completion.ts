import { withDescendants, type CommandNode, type Values } from './command-tree.js';

/** A script for bash, also the old one of macOS. */
export function bashCompletion(root: CommandNode): string {
  const nodes = withDescendants(root);
  const cases = nodes.flatMap((node) => [
    ...node.options.flatMap(({ flags, values }) =>
      values === undefined
        ? []
        : flags.map((flag) => `    ${quote(`${key(node)} ${flag}`)}) ${reply(values)}; return ;;`),
    ),
  ]);
  const words = nodes.map((node) => {
    const flags = node.options.flatMap((option) => option.flags).join(' ');
    const below = node.commands.map(({ path }) => path.at(-1)!).join(' ');
    const last = node.arguments.at(-1);
    const rest = below === '' ? (last ? reply(last.values) : ':') : `_bench_words ${quote(below)}`;
    return `    ${quote(key(node))}) if [[ $word == -* ]]; then _bench_words ${quote(flags)}; else ${rest}; fi ;;`;
  });
  return `# Completion of bench for bash. In ~/.bashrc: eval "$(bench completion bash)"
_bench_words() { COMPREPLY=($(compgen -W "$1" -- "$word")); }
_bench_files() { local IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen "$1" -- "$word")); }
_bench() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path=bench index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$path \${COMP_WORDS[index]}" in
      ${nodes
        .slice(1)
        .map((node) => quote(key(node)))
        .join('|')}) path="$path \${COMP_WORDS[index]}" ;;
    esac
  done
  case "$path $before" in
${cases.join('\n')}
  esac
  case "$path" in
${words.join('\n')}
  esac
}
complete -F _bench bench
`;
}

function key({ path }: CommandNode): string {
  return ['bench', ...path].join(' ');
}

function reply(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `_bench_words ${quote(values.words.join(' '))}${values.orFile ? '; [[ ${COMPREPLY[0]} ]] || _bench_files -f' : ''}`;
    case 'folder':
      return '_bench_files -d';
    case 'file':
      return '_bench_files -f';
    case 'none':
      return ':';
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
