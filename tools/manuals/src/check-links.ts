/**
 * Checks the links of every Markdown file; with `--online` also asks the web for each address.
 *
 *     npx pnpm@12.21.0 check-links [--online]
 *
 * Exit codes: 0 all links lead somewhere, 1 some do not, 2 wrong usage.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { answersOf } from './answers-of.js';
import { brokenLinks, linkedFiles } from './broken-links.js';
import { linksOf } from './links.js';
import { markdownFiles } from './markdown-files.js';
import { repositoryFiles } from './repository-files.js';

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

function online(words: readonly string[]): boolean | undefined {
  try {
    return parseArgs({ args: [...words], options: { online: { type: 'boolean', default: false } } }).values
      .online;
  } catch (error) {
    console.error((error as Error).message);
    console.error('The only option is --online, which asks the web for every address.');
    return undefined;
  }
}

/** The web addresses of all files, each once, with the places that name it. */
function webAddresses(files: readonly string[]): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const file of files) {
    for (const { target, line } of linksOf(readFileSync(`${root}/${file}`, 'utf8'))) {
      if (!target.startsWith('https://')) continue;
      const address = target.replace(/#.*/, '');
      places.set(address, [...(places.get(address) ?? []), `${file}:${line}`]);
    }
  }
  return places;
}

const asksTheWeb = online(process.argv.slice(2));
if (asksTheWeb === undefined) {
  process.exitCode = 2;
} else {
  const files = markdownFiles(root);
  const repository = linkedFiles(root, repositoryFiles(root));
  const broken = files.flatMap((file) => brokenLinks(file, repository));
  for (const sentence of broken) console.log(sentence);
  let gone = 0;
  if (asksTheWeb) {
    const places = webAddresses(files);
    const answers = await answersOf([...places.keys()]);
    if (answers.every(({ state }) => state !== 'there')) {
      // Without a network every host looks as if it were gone.
      console.log(`None of ${answers.length} addresses answered: is there a network?`);
      gone = answers.length;
    } else {
      for (const { address, state, detail } of answers) {
        if (state !== 'there')
          console.log(`${state}: ${address} (${detail}), in ${places.get(address)!.join(', ')}`);
      }
      gone = answers.filter(({ state }) => state === 'gone').length;
      const unsure = answers.filter(({ state }) => state === 'unsure').length;
      console.log(`${answers.length} addresses: ${gone} gone, ${unsure} unsure.`);
    }
  }
  console.log(`${files.length} files: ${broken.length} broken links.`);
  process.exitCode = broken.length + gone > 0 ? 1 : 0;
}
