import type { Point } from '@hyperspherical/drawing';
import { prototypeRegressor } from '@hyperspherical/heads';
import { regressionPoles } from '@hyperspherical/prototypes';
import { tensor2d } from '@tensorflow/tfjs-core';
import { createBall, parallel, way } from './ball.js';
import { onCpu } from './on-cpu.js';
import { dot, faint, line, svgPage, words } from './svg-page.js';

/** The two poles of a regression from 0 to 180, and the circles of the values between them. */
export async function polesPicture(): Promise<string> {
  const { upper, lower } = regressionPoles(3);
  const poles = [[...upper], [...lower]] as unknown as [Point, Point];
  const head = prototypeRegressor({ bounds: { lower: 0, upper: 180 }, dimensions: 3 });
  const output = pointAt(0.5);
  const levels = [1, 0.5, 0, -0.5, -1].map((height) => ({ height, point: pointAt(height) }));
  // What the head says of each circle, rather than what it ought to say.
  const values = (await onCpu(() =>
    head.predict(tensor2d(levels.map(({ point }) => [...point]))).arraySync(),
  )) as number[];
  const ball = createBall([200, 160], 120);
  const [top, bottom] = poles.map((pole) => ball.see(pole));
  return svgPage(
    560,
    330,
    'A regression from 0 to 180: two opposite poles, and a circle of outputs for each value',
    [
      ball.outline,
      ...levels
        .slice(1, -1)
        .map(({ height }) => ball.draw(height === 0.5 ? 'second' : 'thin', parallel(height))),
      line('thin dashed', [top!.at, bottom!.at]),
      ball.draw('bold', way(poles[0], output)),
      dot('first-dot', top!.at, 7),
      faint(dot('first-dot', bottom!.at, 6), 0.6),
      dot('second-dot', ball.see(output).at, 6),
      ...levels.map(({ height }, index) => {
        const [, down] = ball.see([height, 0, 0]).at;
        return (
          words(`${Math.round(values[index]!)}`, [356, down + 4], 'end') +
          words(`cos = ${String(height).replace('-', '−')}`, [372, down + 4], 'start')
        );
      }),
      words('value', [356, 22], 'end'),
      words('to the upper pole', [372, 22], 'start'),
      words('the largest value', [200, 22]),
      words('the smallest value', [200, 312]),
      words('an output', [ball.see(output).at[0] + 2, ball.see(output).at[1] + 20]),
    ],
  );
}

/** The point at a height towards the upper pole, on the reader's side. */
function pointAt(height: number): Point {
  const across = Math.sqrt(1 - height * height);
  return [height, across * Math.cos(1.15), across * Math.sin(1.15)];
}
