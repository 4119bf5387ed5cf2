import { withDescendants, type CommandNode, type Values } from './command-tree.js';

/** A script for fish. */
export function fishCompletion(root: CommandNode): string {
  const lines = withDescendants(root).flatMap((node) => {
    const below = node.commands.map(
      ({ path, summary }) =>
        `complete -c bench -n ${quote(`__bench_at_end ${node.path.join(' ')}`)} -a ${path.at(-1)!} -d ${quote(summary)}`,
    );
    const at = `-n ${quote(`__bench_in ${node.path.join(' ')}`)}`;
    const options = node.options.map(({ flags, description, values }) =>
      [
        `complete -c bench ${at}`,
        ...flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)),
        ...(values === undefined ? [] : [`-x ${offer(values)}`]),
        `-d ${quote(description)}`,
      ].join(' '),
    );
    const last = node.arguments.at(-1);
    const values = last && offer(last.values);
    return [...below, ...options, ...(values ? [`complete -c bench ${at} ${values}`] : [])];
  });
  return `# Completion of bench for fish. bench completion fish > ~/.config/fish/completions/bench.fish
function __bench_in
    set -l words (commandline -opc)
    set -e words[1]
    test (count $words) -ge (count $argv); or return 1
    for index in (seq (count $argv))
        test "$words[$index]" = "$argv[$index]"; or return 1
    end
end
function __bench_at_end
    __bench_in $argv; and test (count (commandline -opc)) -eq (math (count $argv) + 1)
end
complete -c bench -f
${lines.join('\n')}
`;
}

function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `-a ${quote(`${values.words.join(' ')}${values.orFile ? ' (__fish_complete_path)' : ''}`)}`;
    case 'folder':
      return `-a '(__fish_complete_directories)'`;
    case 'file':
      return `-a '(__fish_complete_path)'`;
    case 'none':
      return '';
  }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
