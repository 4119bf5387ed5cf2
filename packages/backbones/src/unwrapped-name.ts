/** What PyTorch's DataParallel and DistributedDataParallel (`module`) and torch.compile (`_orig_mod`) put into names. */
const wrappers = new Set(['module', '_orig_mod']);

/** The name of a weight without those of the wrappers around its network, or around parts of it, in PyTorch. */
export function unwrappedName(name: string): string {
  return name
    .split('.')
    .filter((part) => !wrappers.has(part))
    .join('.');
}
