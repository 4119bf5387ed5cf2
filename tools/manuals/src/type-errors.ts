import { basename, dirname } from 'node:path';
import ts from 'typescript';

/**
 * Type-checks files as the repository's own are, except that names may stay unused, and JavaScript need not name types.
 *
 * @returns the errors, each with the line of the file, from 1
 */
export function typeErrors(
  root: string,
  files: readonly string[],
): { file: string; line: number; message: string }[] {
  const configFile = `${root}/tsconfig.base.json`;
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root, basename(configFile));
  const program = ts.createProgram([...files], {
    ...options,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    // As for readers, whose programs run in a browser as well as in Node.
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    noUnusedLocals: false,
    noUnusedParameters: false,
    noImplicitAny: true,
  });
  const folders = new Set(files.map(dirname));
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || folders.has(dirname(file.fileName)))
    .map(({ file, start, messageText }) => ({
      file: file?.fileName ?? configFile,
      line: file === undefined ? 1 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1,
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
    }));
}
