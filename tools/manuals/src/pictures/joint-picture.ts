import type { Point } from '@hyperspherical/drawing';
import { jointHead } from '@hyperspherical/heads';
import { createPrototypes } from '@hyperspherical/prototypes';
import { tensor2d } from '@tensorflow/tfjs-core';
import { createBall, parallel, way } from './ball.js';
import { onCpu } from './on-cpu.js';
import { dot, line, svgPage, words } from './svg-page.js';

/** Three classes around an axis of values: the direction across the axis tells the class, the height tells the value. */
export async function jointPicture(): Promise<string> {
  const prototypes = await createPrototypes({ classes: 3, dimensions: 2 });
  const head = jointHead({ prototypes, bounds: { lower: 0, upper: 180 } });
  const around = 1.45; // radians about the axis, from class 0
  const across = Math.sqrt(0.75);
  const output: Point = [0.5, across * Math.cos(around), across * Math.sin(around)];
  const { label, value } = await onCpu(() => {
    const { labels, values } = head.predict(tensor2d([[...output]]));
    return { label: labels.arraySync()[0]!, value: values.arraySync()[0]! };
  });
  const classes = Array.from(
    { length: 3 },
    (_, index) => [0, prototypes.values[2 * index]!, prototypes.values[2 * index + 1]!] as const,
  );
  const ball = createBall([200, 160], 120, { turn: 0.3, tilt: 0.45 });
  const at = (point: Point) => ball.see(point).at;
  const foot: Point = [0, Math.cos(around), Math.sin(around)];
  const names = classes.map((point, index) => {
    const [right, down] = at(point);
    const side = right < 200 ? 'end' : 'start';
    if (ball.see(point).near > 0) return words(`class ${index}`, [right, down + 22]);
    return words(`class ${index}`, [right + (side === 'end' ? -12 : 12), down + 4], side);
  });
  const [right, down] = at(output);
  return svgPage(580, 330, 'Classes and values on one sphere: three classes around the axis of values', [
    ball.outline,
    ball.draw('thin', parallel(0)),
    ball.draw('second', parallel(0.5)),
    line('thin dashed', [at([1, 0, 0]), at([-1, 0, 0])]),
    ball.draw('bold', way(foot, output)),
    ball.draw('first', way(foot, classes[label]!)),
    ...classes.map((point) => dot('first-dot', at(point), 6)),
    dot('second-dot', [right, down], 6),
    ...names,
    words('an output', [right + 2, down - 12]),
    words('180', [at([1, 0, 0])[0], 22]),
    words('0', [at([-1, 0, 0])[0], 312]),
    words('This output says', [400, 120], 'start'),
    words(`class ${label}, by its direction,`, [400, 142], 'start'),
    words(`value ${Math.round(value)}, by its height.`, [400, 164], 'start'),
  ]);
}
