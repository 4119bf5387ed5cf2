export { decodeSafetensors, encodeSafetensors } from '@hyperspherical/backbones';
export type { NamedWeight as NamedArray } from '@hyperspherical/backbones';
