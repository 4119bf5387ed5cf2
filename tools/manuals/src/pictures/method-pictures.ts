import { jointPicture } from './joint-picture.js';
import { lossPicture } from './loss-picture.js';
import { polesPicture } from './poles-picture.js';
import { prototypesPicture } from './prototypes-picture.js';

/** The pictures of `docs/method.md` by the names of their files in `docs/pictures`. All of them are computed by our own packages. */
export const methodPictures: Readonly<Record<string, () => Promise<string>>> = {
  'prototypes.svg': prototypesPicture,
  'loss.svg': lossPicture,
  'poles.svg': polesPicture,
  'joint.svg': jointPicture,
};
