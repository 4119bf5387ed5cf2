import { describe, expect, it } from 'vitest';
import type { Point } from '@hyperspherical/drawing';
import { createBall, parallel, way } from './ball.js';

const straight = { turn: 0, tilt: 0 };

describe('createBall', () => {
  it('sees up, right and near where they are, without turning', () => {
    const ball = createBall([100, 50], 10, straight);
    expect(ball.see([1, 0, 0])).toEqual({ at: [100, 40], near: 0 });
    expect(ball.see([0, 1, 0])).toEqual({ at: [110, 50], near: 0 });
    expect(ball.see([0, 0, 1])).toEqual({ at: [100, 50], near: 1 });
  });

  it('turns points to the right, and tilts the upper pole towards the reader', () => {
    const turned = createBall([0, 0], 1, { turn: Math.PI / 2, tilt: 0 });
    expect(turned.see([0, 0, 1]).at).toBeClose([1, 0]);
    const tilted = createBall([0, 0], 1, { turn: 0, tilt: Math.PI / 2 });
    expect(tilted.see([1, 0, 0]).near).toBeClose(1);
  });

  it('draws what lies on the far side dashed, without a gap', () => {
    const ball = createBall([0, 0], 1, straight);
    const points: Point[] = [
      [1, 0, 0.2],
      [0, 1, 0.1],
      [0, 2, -0.1],
      [0, 3, -0.2],
    ];
    expect(ball.draw('thin', points)).toBe(
      '<path class="thin" d="M0 -1L1 0L2 0"/><path class="thin dashed" d="M2 0L3 0"/>',
    );
  });
});

it('parallel stays on the ball, at its height, all the way round', () => {
  const points = parallel(0.6);
  expect(points.map((point) => Math.hypot(...point))).toBeClose(points.map(() => 1));
  expect(new Set(points.map(([up]) => up))).toEqual(new Set([0.6]));
  expect([...points.at(-1)!]).toBeClose([...points[0]!]);
});

it('way leads from one point to the other in even steps on the ball', () => {
  const points = way([1, 0, 0], [0, 0.6, 0.8]);
  expect([...points[0]!]).toBeClose([1, 0, 0]);
  expect([...points.at(-1)!]).toBeClose([0, 0.6, 0.8]);
  const steps = points
    .slice(1)
    .map((point, index) => Math.hypot(...point.map((x, i) => x - points[index]![i]!)));
  expect(steps).toBeClose(steps.map(() => steps[0]!));
  expect(points.map((point) => Math.hypot(...point))).toBeClose(points.map(() => 1));
});
