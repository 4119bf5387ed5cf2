#!/usr/bin/env node
// Nothing is imported before this, since an older Node may not even read the rest.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 19)) {
  await import('../dist/cli.js');
} else {
  console.error(
    `tfjs-native needs Node 20.19 or newer, and this is ${process.versions.node}. Install a newer one, from nodejs.org or with your version manager.`,
  );
  process.exitCode = 1;
}
