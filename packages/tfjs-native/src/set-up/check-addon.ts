import { join } from 'node:path';
import { addonFile } from './engine-manifest.js';
import { runCommand, type RunOptions } from './run-command.js';
import { tellingLine } from './telling-line.js';

const program = `
const loaded = { exports: {} };
process.dlopen(loaded, process.argv[1]);
const { TF_Version, isUsingGpuDevice } = loaded.exports;
process.stdout.write(JSON.stringify({ version: TF_Version, usesGpu: isUsingGpuDevice() }));
`;

/** What an engine reports, or why it cannot be loaded. */
export type AddonCheck =
  | { readonly loads: true; readonly version: string; readonly usesGpu: boolean }
  | { readonly loads: false; readonly reason: string };

/** Loads an engine in a process of its own, so that one that crashes does no harm here. */
export async function checkAddon(folder: string, { environment, signal }: RunOptions): Promise<AddonCheck> {
  // Options of this process, such as a loader, have no place in that one.
  const result = await runCommand(process.execPath, ['-e', program, join(folder, addonFile)], {
    environment: { TF_CPP_MIN_LOG_LEVEL: '1', ...environment, NODE_OPTIONS: '' },
    signal,
  });
  if (result.exitCode === 0) {
    return { loads: true, ...(JSON.parse(result.stdout) as { version: string; usesGpu: boolean }) };
  }
  if (result.endedBy === 'SIGILL') {
    return {
      loads: false,
      reason: "this processor lacks instructions (AVX) that TensorFlow's libraries use",
    };
  }
  if (result.endedBy) return { loads: false, reason: `loading it was ended by ${result.endedBy}` };
  return { loads: false, reason: tellingLine(result.stderr) };
}
