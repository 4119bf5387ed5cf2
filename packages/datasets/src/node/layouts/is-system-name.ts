const names = new Set([
  '__macosx',
  '__pycache__',
  '@eadir',
  '#recycle',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'icon\r',
]);

/**
 * Whether a file or folder is, by its name, not part of the data: hidden (`.git`, `.ipynb_checkpoints`, `.DS_Store`, `._1.jpg`), or left by a system or a program (`__MACOSX` of
 * unpacked zips, `@eaDir` of network disks, `Thumbs.db`, `desktop.ini`).
 */
export function isSystemName(name: string): boolean {
  return name.startsWith('.') || names.has(name.toLowerCase());
}
