import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { checkAddon } from './check-addon.js';
import { compileAddon } from './compile-addon.js';
import { addonFile, fileSha256, type AddonOrigin } from './engine-manifest.js';
import { tensorflowVersion, type EngineRecipe } from './engine-recipe.js';
import { findCompiler } from './find-tools.js';
import type { PrebuiltAddon, PrebuiltSearch } from './prebuilt-addon.js';
import type { SetUpContext } from './set-up-progress.js';

/** Why an addon cannot be used, or `undefined` when it can. */
async function faultOf(check: typeof checkAddon, context: SetUpContext): Promise<string | undefined> {
  context.onProgress({ step: 'check', message: 'Checking that the engine loads' });
  const checked = await check(context.making, context);
  if (!checked.loads) return `does not load: ${checked.reason}`;
  return checked.version === tensorflowVersion
    ? undefined
    : `says that it is TensorFlow ${checked.version} instead of ${tensorflowVersion}.`;
}

async function copyPrebuilt(
  addon: PrebuiltAddon,
  { making, signal }: SetUpContext,
): Promise<string | undefined> {
  const target = join(making, addonFile);
  await mkdir(dirname(target), { recursive: true });
  await copyFile(addon.path, target);
  const found = await fileSha256(target, signal);
  return found === addon.sha256 ? undefined : `is damaged: its sha256 is ${found} instead of ${addon.sha256}`;
}

/**
 * Puts the addon into the engine that is being made, and checks that it loads: the prebuilt one, else one that is compiled
 * here.
 *
 * @returns where it comes from
 * @throws Error when there is none that loads, with what to do
 */
export async function provideAddon(
  recipe: EngineRecipe,
  prebuilt: PrebuiltSearch,
  context: SetUpContext,
  check: typeof checkAddon,
): Promise<AddonOrigin> {
  let fault: string | undefined;
  if (prebuilt.found) {
    const { source, compiler } = prebuilt.addon;
    try {
      fault = (await copyPrebuilt(prebuilt.addon, context)) ?? (await faultOf(check, context));
    } catch (error) {
      if (context.signal?.aborted) throw error;
      fault = `cannot be read: ${(error as Error).message}`;
    }
    if (fault === undefined) return { origin: 'prebuilt', source, compiler };
    fault = `The prebuilt addon of ${source} ${fault}`;
  }
  const { finding, compiler } = await findCompiler(context);
  if (compiler === undefined) {
    const advice = [finding.detail, finding.advice].join(' ');
    throw new Error(fault === undefined ? advice : `${fault}\nSo it has to be compiled here. ${advice}`);
  }
  await compileAddon(recipe, compiler, context);
  const wrong = await faultOf(check, context);
  if (wrong === undefined) return { origin: 'compiled', compiler: compiler.version };
  throw new Error(wrong.startsWith('does') ? `The engine was made but ${wrong}` : `The engine ${wrong}`);
}
