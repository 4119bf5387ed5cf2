import { fileURLToPath } from 'node:url';

/** The parts of @tensorflow/tfjs-node that this package carries: the same place seen from src/ and from dist/. */
export const vendorFolder = fileURLToPath(new URL('../vendor', import.meta.url));

/** Our own part of the addon, in C++. */
export const addonFolder = fileURLToPath(new URL('../addon', import.meta.url));
