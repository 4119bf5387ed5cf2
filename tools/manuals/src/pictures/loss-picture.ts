import { squaredCosineLoss } from '@hyperspherical/losses';
import { tensor2d } from '@tensorflow/tfjs-core';
import { onCpu } from './on-cpu.js';
import { dot, faint, line, svgPage, words } from './svg-page.js';

/** The loss of classification over the angle between output and prototype. */
export async function lossPicture(): Promise<string> {
  const degrees = Array.from({ length: 61 }, (_, index) => 3 * index);
  const radians = degrees.map((angle) => (angle * Math.PI) / 180);
  const losses = await onCpu(() => {
    const outputs = tensor2d(radians.map((angle) => [Math.cos(angle), Math.sin(angle)]));
    const prototypes = tensor2d(degrees.map(() => [1, 0]));
    return squaredCosineLoss(outputs, prototypes).arraySync();
  });
  const at = (angle: number, loss: number) => [60 + angle * 2.4, 250 - loss * 55] as const;
  const marked = [0, 60, 90, 120, 180].map((angle) => ({ angle, loss: losses[angle / 3]! }));
  return svgPage(560, 310, 'The loss, (1 - cos)², over the angle between output and prototype', [
    ...[0, 1, 2, 3, 4].flatMap((loss) => [
      faint(line('thin', [at(0, loss), at(180, loss)]), 0.35),
      words(String(loss), [50, at(0, loss)[1] + 4], 'end'),
    ]),
    ...[0, 30, 60, 90, 120, 150, 180].map((angle) => words(`${angle}°`, [at(angle, 0)[0], 270])),
    line(
      'first',
      degrees.map((angle, index) => at(angle, losses[index]!)),
    ),
    ...marked.map(({ angle, loss }) => dot('first-dot', at(angle, loss))),
    ...marked.map(({ angle, loss }) => {
      const [right, down] = at(angle, loss);
      return words(
        String(Number(loss.toFixed(2))),
        angle === 180 ? [right + 10, down + 4] : [right - 4, down - 12],
        angle === 180 ? 'start' : 'middle',
      );
    }),
    words('angle between output and prototype', [at(90, 0)[0], 296]),
    words('loss', [50, 16], 'end'),
  ]);
}
