// How changesets writes a package's changelog: what was changed, without commit hashes. That packages of ours depend on each
// other's new version says nothing, since all are released together, so those lines are left out.

/** One change, as an item of a list; its text may have several paragraphs. */
async function getReleaseLine({ summary }) {
  const [first, ...rest] = summary.trim().split('\n');
  return [`- ${first}`, ...rest.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}

async function getDependencyReleaseLine() {
  return '';
}

module.exports = { default: { getReleaseLine, getDependencyReleaseLine } };
