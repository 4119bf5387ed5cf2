import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineRecipe, type EngineRecipe } from '../set-up/engine-recipe.js';

/** A place with a fake python3 and c++ as the only programs on the PATH, and a wheel of a few bytes. */
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

/** Makes them in a folder. `leftOut` names a member that the wheel lacks. */
export function makeFakeTools(folder: string, { leftOut }: { readonly leftOut?: string } = {}): FakeTools {
  const real = engineRecipe('linux', 'x64')!;
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const wheel = join(folder, 'tensorflow_cpu-2.15.1-fake.whl');
  const members = [...real.libraries, ...real.headers].map(({ member }) => member);
  makeWheel(
    wheel,
    [...members, 'tensorflow_cpu-2.15.1.dist-info/LICENSE', 'tensorflow/unwanted.py'].filter(
      (name) => name !== leftOut,
    ),
  );
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
    wheel='${wheel}'
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
    recipe: {
      ...real,
      wheelSha256: createHash('sha256').update(readFileSync(wheel)).digest('hex'),
      wheelBytes: readFileSync(wheel).length,
      neededBytes: 1000,
    },
    environment: { PATH: programs },
    cacheFolder: join(folder, 'cache'),
    pipDownloads,
    replace,
    remove: (program) => {
      rmSync(join(programs, program));
    },
  };
}
