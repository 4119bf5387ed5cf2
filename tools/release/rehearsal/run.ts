import { spawn } from 'node:child_process';

/** Runs a program to its end and returns what it wrote; fails with everything that it wrote when its exit code is not 0. */
export async function run(
  [file, ...words]: readonly [string, ...string[]],
  {
    folder,
    environment = process.env,
  }: { readonly folder: string; readonly environment?: NodeJS.ProcessEnv },
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ stdout, stderr });
      else
        reject(
          new Error(`${[file, ...words].join(' ')} in ${folder}: ${signal ?? code}\n${stdout}${stderr}`),
        );
    });
  });
}
