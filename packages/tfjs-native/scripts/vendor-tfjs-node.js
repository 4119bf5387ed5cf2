// Copies the parts of @tensorflow/tfjs-node that this package needs into vendor/, with its few faults mended.
// Run by the `prepare` script: on `pnpm install` in the workspace and before packing, never for those who install
// the published package. tfjs-node itself cannot be a dependency: its installer fails for everybody.
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const vendorFolder = join(packageFolder, 'vendor');
const require = createRequire(import.meta.url);
const sourceFolder = dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
const { version } = JSON.parse(readFileSync(join(sourceFolder, 'package.json'), 'utf8'));

const expectedVersion = '4.22.0';
if (version !== expectedVersion) {
  throw new Error(
    `The vendored parts are known for @tensorflow/tfjs-node ${expectedVersion}, found ${version}: check the list of changes in ${fileURLToPath(import.meta.url)}.`,
  );
}

/**
 * Each change: in `file`, `from` must occur exactly `times` times. Node 23 removed util.isNullOrUndefined and
 * util.isArray; tfjs-core is no dependency of tfjs-node, tfjs (which exports all of it) is. The addon gets the graphs of
 * compiled steps (addon/step_graph.cc), and keeps signals away while TensorFlow computes (addon/signal_guard.h).
 */
const changes = [
  {
    file: 'dist/nodejs_kernel_backend.js',
    from: '(0, util_1.isNullOrUndefined)(tensorsOrDtype)',
    to: 'tensorsOrDtype == null',
    times: 2,
  },
  {
    file: 'dist/nodejs_kernel_backend.js',
    from: '(0, util_1.isNullOrUndefined)(tensors)',
    to: 'tensors == null',
    times: 1,
  },
  {
    file: 'dist/nodejs_kernel_backend.js',
    from: '(0, util_1.isArray)(tensors)',
    to: 'Array.isArray(tensors)',
    times: 1,
  },
  { file: 'dist/kernels/TopK.js', from: '(0, util_1.isNullOrUndefined)(k)', to: 'k == null', times: 1 },
  {
    file: 'dist/kernels/TopK.js',
    from: '(0, util_1.isNullOrUndefined)(sorted)',
    to: 'sorted == null',
    times: 1,
  },
  {
    file: 'dist/kernels/FlipLeftRight.js',
    from: 'require("@tensorflow/tfjs-core")',
    to: 'require("@tensorflow/tfjs")',
    times: 1,
  },
  {
    file: 'binding/tfjs_backend.h',
    from: '  napi_value GetNumOfTensors(napi_env env);\n',
    to: `  napi_value GetNumOfTensors(napi_env env);

  // Runs a graph of a compiled step: see addon/step_graph.h.
  napi_value RunGraph(napi_env env, napi_callback_info info);
`,
    times: 1,
  },
  {
    file: 'binding/tfjs_backend.cc',
    from: '#include "napi_auto_ref.h"\n',
    to: '#include "addon/signal_guard.h"\n#include "napi_auto_ref.h"\n',
    times: 1,
  },
  // The first two start threads of TensorFlow's.
  ...[
    'TFE_ContextOptions *tfe_options =',
    'TF_Session *session = TF_LoadSessionFromSavedModel(',
    'TFE_Execute(tfe_op.op',
    'TF_SessionRun(',
  ].map((call) => ({
    file: 'binding/tfjs_backend.cc',
    from: `  ${call}`,
    to: `  const SignalGuard signal_guard;\n  ${call}`,
    times: 1,
  })),
  {
    file: 'binding/tfjs_binding.cc',
    from: '#include "tfjs_backend.h"\n',
    to: '#include "addon/step_graph.h"\n#include "tfjs_backend.h"\n',
    times: 1,
  },
  {
    file: 'binding/tfjs_binding.cc',
    from: '  // Export TF property types to JS\n',
    to: '  ENSURE_NAPI_OK_RETVAL(env, DefineStepGraph(env, exports), exports);\n\n  // Export TF property types to JS\n',
    times: 1,
  },
];

/** What must be gone once the changes are made, so that no other use of it is overlooked. */
const forbidden = /util_\d+\.is[A-Z]\w*|require\(["']@tensorflow\/tfjs-core["']\)|require\(["']@mapbox/;

/** Tests, tfjs-node's own entry point (it looks for the addon where nobody puts it) and types that nobody reads. */
function isWanted(path) {
  const name = relative(sourceFolder, path);
  if (/_test\.(js|d\.ts)$/.test(name) || /^dist\/(index|run_tests)\./.test(name)) return false;
  return !/^dist\/(kernels|io|register_all_kernels).*\.d\.ts$/.test(name);
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function applyChanges(folder) {
  for (const { file, from, to, times } of changes) {
    const path = join(folder, file);
    const parts = readFileSync(path, 'utf8').split(from);
    if (parts.length - 1 !== times) {
      throw new Error(`Expected "${from}" ${times} times in ${file}, found it ${parts.length - 1} times.`);
    }
    writeFileSync(path, parts.join(to));
  }
  for (const file of new Set(changes.map((change) => change.file))) {
    appendFileSync(join(folder, file), '\n// Changed by @hyperspherical/tfjs-native: see NOTICE.\n');
  }
  for (const path of filesUnder(join(folder, 'dist'))) {
    const match = path.endsWith('.js') ? forbidden.exec(readFileSync(path, 'utf8')) : null;
    if (match) throw new Error(`${relative(folder, path)} still uses ${match[0]}.`);
  }
}

const notice = `This folder holds parts of @tensorflow/tfjs-node ${version} (https://github.com/tensorflow/tfjs, folder
tfjs-node), Copyright 2018-2024 Google LLC, licensed under the Apache License, Version 2.0 (see the package's LICENSE).

Copied: dist/ without tests, entry point and some type files; binding/ whole.
Changed, as section 4(b) of the licence asks us to say:
${changes.map(({ file, from, to, times }) => `  ${file}: ${from} -> ${to} (${times} times)`).join('\n')}

The files say themselves where parts of them come from others.
`;

const stamp = `${version} ${createHash('sha256')
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex')}\n`;
const stampFile = join(vendorFolder, '.stamp');

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  // Beside what git ignores, in case this process is killed.
  const making = join(packageFolder, 'node_modules', `.vendor.${process.pid}`);
  mkdirSync(making);
  try {
    for (const part of ['dist', 'binding']) {
      cpSync(join(sourceFolder, part), join(making, part), { recursive: true, filter: isWanted });
    }
    applyChanges(making);
    writeFileSync(join(making, 'package.json'), '{ "type": "commonjs" }\n');
    writeFileSync(join(making, 'NOTICE'), notice);
    // No LICENSE of its own: pnpm adds the workspace's to the package only where the package has none anywhere.
    writeFileSync(join(making, '.stamp'), stamp);
    rmSync(vendorFolder, { recursive: true, force: true });
    renameSync(making, vendorFolder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
