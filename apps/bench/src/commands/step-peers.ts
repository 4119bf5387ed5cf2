/** Whom a step can be compared with: tf.layers on tfjs-node as it is, or PyTorch in its faster layout. */
export const stepPeers = ['plain', 'pytorch'] as const;

/** One of `stepPeers`. */
export type StepPeer = (typeof stepPeers)[number];
