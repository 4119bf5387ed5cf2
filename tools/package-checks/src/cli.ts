import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiProblems, keptApiReports, makeApiReports, updateApiReports } from './api-reports.js';
import { closureProblems, installScriptProblems, recordProblems } from './dependencies.js';
import { renderDependencyDocument } from './dependency-document.js';
import { readDependencyFacts } from './dependency-facts.js';
import { publishedPackages, root, workspacePackages } from './published-packages.js';
import { browserSizes, readSizeBudgets, sizeProblems, tarballSizes } from './size-budgets.js';

const document = 'docs/dependencies.md';

/** Everything that `pnpm check-packages` looks at besides publint and attw. */
async function check(): Promise<string[]> {
  const published = publishedPackages();
  const budgets = readSizeBudgets();
  const facts = readDependencyFacts(workspacePackages());
  const before = readFileSync(join(root, document), 'utf8');
  // npm packs in processes of its own meanwhile.
  const packing = tarballSizes(published, budgets.tarballs);
  const [now, browser] = await Promise.all([
    renderDependencyDocument(before, join(root, document), facts),
    browserSizes(budgets.browser),
  ]);
  const api = apiProblems(makeApiReports(published), keptApiReports(published));
  return [
    ...api,
    ...sizeProblems([...browser, ...(await packing)]),
    ...recordProblems(facts.use, facts.record, facts.catalog),
    ...closureProblems(facts.closure, facts.record),
    ...installScriptProblems(published),
    ...(now === before ? [] : [`${document} is not what is installed: run pnpm dependencies:update`]),
  ];
}

async function updateDependencyDocument(): Promise<void> {
  const file = join(root, document);
  const facts = readDependencyFacts(workspacePackages());
  writeFileSync(file, await renderDependencyDocument(readFileSync(file, 'utf8'), file, facts));
}

async function printSizes(): Promise<void> {
  const { browser, tarballs } = readSizeBudgets();
  for (const { what, bytes, budget } of [
    ...(await browserSizes(browser)),
    ...(await tarballSizes(publishedPackages(), tarballs)),
  ]) {
    console.log(`${String(bytes).padStart(8)} of ${String(budget).padStart(8)}  ${what}`);
  }
}

async function checkAndReport(): Promise<void> {
  const problems = await check();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

const commands = new Map<string, () => void | Promise<void>>([
  ['check', checkAndReport],
  [
    'update-api',
    () => {
      updateApiReports(publishedPackages());
    },
  ],
  ['update-dependencies', updateDependencyDocument],
  ['sizes', printSizes],
]);

const command = commands.get(process.argv[2] ?? '');
if (command) await command();
else {
  console.error(`usage: cli.ts ${[...commands.keys()].join(' | ')}`);
  process.exitCode = 2;
}
