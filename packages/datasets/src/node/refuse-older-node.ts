// An entry point for Node imports this first: what follows uses what an older Node lacks. Such functions of Node's own modules are
// imported with their module (`import * as os`), because a missing name would end the import before this sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  throw new Error(
    `@hyperspherical/datasets/node needs Node 20.19 or newer, and this is ${process.versions.node}. Install a newer one, from nodejs.org or with your version manager.`,
  );
}
