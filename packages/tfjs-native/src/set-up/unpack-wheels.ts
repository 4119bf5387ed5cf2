import { rm } from 'node:fs/promises';
import type { EngineRecipe } from './engine-recipe.js';
import { runCommand } from './run-command.js';
import { megabytes, type SetUpContext } from './set-up-progress.js';
import { tellingLine } from './telling-line.js';
import type { WheelRecipe } from './wheel-recipe.js';

/** A wheel is a zip archive; zipfile checks the CRC of each member that it reads. */
const program = `
import json, os, shutil, sys, zipfile
wheel, folder, members, licences = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        parts = name.split("/")
        if len(parts) == 2 and parts[0].endswith(".dist-info") and parts[1].upper().startswith(("LICENSE", "NOTICE")):
            members.append({"member": name, "file": licences + "/" + parts[1]})
    for each in members:
        target = os.path.join(folder, *each["file"].split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(each["member"]) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        if each.get("isProgram"):
            os.chmod(target, 0o755)
`;

/**
 * Takes the libraries, the headers and the licences out of the recipe's wheels, into `making`, and removes each wheel.
 *
 * @throws Error when a wheel lacks one of them or the disk is full
 */
export async function unpackWheels(
  recipe: EngineRecipe,
  paths: readonly string[],
  context: SetUpContext,
): Promise<void> {
  context.onProgress({ step: 'unpack', message: 'Unpacking the libraries' });
  for (const [index, wheel] of recipe.wheels.entries()) {
    await unpackWheel(wheel, paths[index]!, recipe.neededBytes, context);
    await rm(paths[index]!);
  }
}

async function unpackWheel(
  { requirement, members, licences }: WheelRecipe,
  path: string,
  neededBytes: number,
  { making, environment, signal }: SetUpContext,
): Promise<void> {
  const words = ['-c', program, path, making, JSON.stringify(members), licences];
  const result = await runCommand('python3', words, { environment, signal });
  if (result.exitCode === 0) return;
  if (result.stderr.includes('No space left on device')) {
    throw new Error(
      `The disk became full while ${requirement} was unpacked: free ${megabytes(neededBytes)}, or set HYPERSPHERICAL_CACHE to a folder on a larger disk.`,
      { cause: result.stderr },
    );
  }
  throw new Error(`${requirement} could not be unpacked: ${tellingLine(result.stderr)}`, {
    cause: result.stderr,
  });
}
