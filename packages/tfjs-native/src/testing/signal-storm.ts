// Computes gradients of convolutions, eager and compiled, while signals arrive as fast as a shell can send them; prints how
// many arrived. A program of its own, for a process that does not survive.
import { spawn } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { compile, nativeBackend } from '../index.js';

let signals = 0;
process.on('SIGUSR2', () => {
  signals += 1;
});
const sender = spawn('sh', ['-c', `while kill -USR2 ${process.pid}; do :; done`], { stdio: 'ignore' });

const x = tf.randomNormal<tf.Rank.R4>([16, 24, 24, 8], 0, 1, 'float32', 1);
const filter = tf.variable(tf.randomNormal<tf.Rank.R4>([3, 3, 8, 16], 0, 1, 'float32', 2));
const filterShape = tf.tensor1d([3, 3, 8, 16], 'int32');
const dy = tf.randomNormal<tf.Rank.R4>([16, 24, 24, 16], 0, 1, 'float32', 3);

const step = (): tf.Tensor => {
  const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(tf.conv2d(x, filter, 1, 'same'))));
  tf.dispose(value);
  return grads[filter.name]!;
};

/** What no kernel of TensorFlow.js asks for, but `nativeBackend()` lets anybody ask. */
const explicitlyPadded = (): tf.Tensor => {
  const { binding } = nativeBackend();
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'strides', type: binding.TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'padding', type: binding.TF_ATTR_STRING, value: 'EXPLICIT' },
    { name: 'explicit_paddings', type: binding.TF_ATTR_INT, value: [0, 0, 1, 1, 1, 1, 0, 0] },
  ];
  return nativeBackend().executeSingleOutput('Conv2DBackpropFilter', attributes, [x, filterShape, dy]);
};

const compiled = compile(step);
for (let call = 0; call < Number(process.argv[2]); call++) {
  for (const run of [step, compiled, explicitlyPadded]) run().dispose();
  // Lets signals in.
  await nextTurn();
}
sender.kill();
process.stdout.write(`${signals} signals\n`);
