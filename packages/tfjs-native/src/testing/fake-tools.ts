import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineRecipe, type EngineRecipe, type EngineVariant } from '../set-up/engine-recipe.js';

/** A place with a fake python3 and c++ as the only programs on the PATH, and wheels of a few bytes. */
export interface FakeTools {
  readonly recipe: EngineRecipe;
  readonly environment: NodeJS.ProcessEnv;
  readonly cacheFolder: string;
  /** Replaces what `python3 -m pip download` does: a shell script, with `$dest` set, and `$wheel` to copy there. */
  readonly pipDownloads: (script: string) => void;
  /** Replaces a program by a shell script. */
  readonly replace: (program: string, script: string) => void;
  readonly remove: (program: string) => void;
}

const realPython = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();

/** Zips files, given by name, with one line of text each. */
function makeWheel(path: string, names: readonly string[]): void {
  const program = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for name in sys.argv[2:]:
        archive.writestr(zipfile.ZipInfo(name), "this is " + name)
`;
  execFileSync(realPython, ['-c', program, path, ...names]);
}

/** What the tests say that an engine reports. */
export const fakeCheck = { loads: true, version: '2.15.1', usesGpu: false } as const;

/** Makes them in a folder. `leftOut` names a member that its wheel lacks. */
export function makeFakeTools(
  folder: string,
  { leftOut, variant = 'cpu' }: { readonly leftOut?: string; readonly variant?: EngineVariant } = {},
): FakeTools {
  const real = engineRecipe('linux', 'x64', variant)!;
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const wheelFolder = join(folder, 'wheels');
  mkdirSync(wheelFolder);
  const wheels = real.wheels.map((each) => {
    const [distribution = ''] = each.requirement.split('==');
    const path = join(wheelFolder, `${distribution}.whl`);
    const others = [`${distribution.replaceAll('-', '_')}-1.dist-info/LICENSE`, 'tensorflow/unwanted.py'];
    const members = [...each.members.map(({ member }) => member), ...others];
    makeWheel(
      path,
      members.filter((name) => name !== leftOut),
    );
    const bytes = readFileSync(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { ...each, sha256, bytes: bytes.length };
  });
  const replace = (program: string, script: string): void => {
    writeFileSync(join(programs, program), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, program), 0o755);
  };
  const pipDownloads = (script: string): void => {
    replace(
      'python3',
      `case "$*" in
  *"-m pip --version") echo "pip 23.0.1 from /somewhere (python 3.11)" ;;
  *"-m pip download"*)
    while [ "$1" != --dest ]; do shift; done
    dest=$2
    read requirement < "$4"
    wheel='${wheelFolder}'/"\${requirement%%=*}".whl
    /bin/mkdir -p "$dest"
    ${script} ;;
  *"import hashlib"*) echo 3.11.2 ;;
  *) exec '${realPython}' "$@" ;;
esac`,
    );
  };
  pipDownloads('/bin/cp "$wheel" "$dest"');
  replace(
    'c++',
    `if [ "$1" = --version ]; then echo "fake c++ 1.0"; exit; fi
while [ "$1" != -o ]; do shift; done
echo "an addon" > "$2"`,
  );
  return {
    recipe: { ...real, wheels, neededBytes: 1000, keptBytes: 500 },
    environment: { PATH: programs },
    cacheFolder: join(folder, 'cache'),
    pipDownloads,
    replace,
    remove: (program) => {
      rmSync(join(programs, program));
    },
  };
}
