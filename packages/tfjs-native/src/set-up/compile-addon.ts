import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { addonFolder, vendorFolder } from '../vendor-folder.js';
import { addonFile } from './engine-manifest.js';
import type { EngineRecipe } from './engine-recipe.js';
import type { Compiler } from './find-tools.js';
import { runCommand } from './run-command.js';
import type { SetUpContext } from './set-up-progress.js';
import { tellingLine } from './telling-line.js';

function nodeHeaders(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('node-api-headers/package.json')), 'include');
}

/** For loops over elements: in vectors, but each operation rounded by itself, as TensorFlow rounds it. */
const optimisation = ['-O3', '-ffp-contract=off', '-fno-math-errno'];

/**
 * Compiles tfjs-node's binding and our own part of it against the unpacked libraries and headers, in one call of the compiler.
 *
 * @throws Error with the compiler's telling line when it fails
 */
export async function compileAddon(
  recipe: EngineRecipe,
  compiler: Compiler,
  { making, environment, signal, onProgress }: SetUpContext,
): Promise<void> {
  onProgress({ step: 'compile', message: 'Compiling the addon' });
  const addon = join(making, addonFile);
  await mkdir(dirname(addon), { recursive: true });
  const [command, ...first] = compiler.command;
  const result = await runCommand(
    command,
    [
      ...first,
      ...['-std=c++17', ...optimisation, '-DNAPI_VERSION=8', ...recipe.compilerFlags, '-o', addon],
      ...[join(vendorFolder, 'binding', 'tfjs_backend.cc'), join(vendorFolder, 'binding', 'tfjs_binding.cc')],
      ...['batch_normalisation.cc', 'elementwise.cc', 'step_graph.cc'].map((file) => join(addonFolder, file)),
      ...[vendorFolder, dirname(addonFolder), join(making, 'include'), nodeHeaders()].map(
        (folder) => `-I${folder}`,
      ),
      ...recipe.libraries.map((file) => join(making, file)),
    ],
    { environment: { ...environment, TMPDIR: making }, signal },
  );
  if (result.exitCode === 0) return;
  throw new Error(
    `The C++ compiler (${compiler.command.join(' ')}) failed: ${tellingLine(result.stderr)}. ` +
      'It must know C++17; set CXX to choose another one.',
    { cause: result.stderr },
  );
}
