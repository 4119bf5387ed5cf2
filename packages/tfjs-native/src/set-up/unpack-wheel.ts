import type { EngineRecipe } from './engine-recipe.js';
import { runCommand } from './run-command.js';
import { megabytes, type SetUpContext } from './set-up-progress.js';
import { tellingLine } from './telling-line.js';

/** A wheel is a zip archive; zipfile checks the CRC of each member that it reads. */
const program = `
import json, os, shutil, sys, zipfile
wheel, folder, members = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        parts = name.split("/")
        if len(parts) == 2 and parts[0].endswith(".dist-info") and parts[1].startswith(("LICENSE", "NOTICE")):
            members.append({"member": name, "file": "licences/" + parts[1]})
    for each in members:
        target = os.path.join(folder, *each["file"].split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(each["member"]) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
`;

/**
 * Takes the libraries, the headers and the licences out of the wheel, into `making`.
 *
 * @throws Error when the wheel lacks one of them or the disk is full
 */
export async function unpackWheel(
  recipe: EngineRecipe,
  wheel: string,
  { making, environment, signal, onProgress }: SetUpContext,
): Promise<void> {
  onProgress({ step: 'unpack', message: 'Unpacking the libraries' });
  const members = JSON.stringify([...recipe.libraries, ...recipe.headers]);
  const result = await runCommand('python3', ['-c', program, wheel, making, members], {
    environment,
    signal,
  });
  if (result.exitCode === 0) return;
  if (result.stderr.includes('No space left on device')) {
    throw new Error(
      `The disk became full while TensorFlow's libraries were unpacked: free ${megabytes(recipe.neededBytes)}, or set HYPERSPHERICAL_CACHE to a folder on a larger disk.`,
      { cause: result.stderr },
    );
  }
  throw new Error(`${recipe.requirement} could not be unpacked: ${tellingLine(result.stderr)}`, {
    cause: result.stderr,
  });
}
