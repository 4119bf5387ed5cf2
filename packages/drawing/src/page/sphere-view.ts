import type { Point } from '../point.js';
import { tilted, turn, type Rotation } from '../rotation.js';
import { element, onResize, paperOfPage } from './element.js';
import { paintSphere, radiusShare, type PaintedPoint } from './paint-sphere.js';
import { emptyScene, type SphereScene } from './sphere-scene.js';

/** How a sphere in a page starts, and who hears of its points. */
export interface SphereViewOptions {
  /** How the sphere is seen at first, and again after the Home key. Default `tilted`. */
  readonly start?: Rotation;
  /** Whether it turns by itself at first, unless the reader prefers less motion. Default false. */
  readonly turning?: boolean;
  /** Called with the point under the pointer, or undefined where there is none. */
  readonly onPoint?: (point: PaintedPoint | undefined) => void;
}

/** A sphere in a page, to be turned by pointer, touch or arrow keys. */
export interface SphereView {
  readonly element: HTMLElement;
  /** Shows other points; outputs move to their new places. The sphere keeps its turn. */
  show(scene: SphereScene): void;
}

const keyTurn = Math.PI / 18;
/** Radians per second. */
const ownTurn = 0.3;
/** Share of the remaining way that outputs go in a frame. */
const pace = 0.18;
/** Pixels around a point in which the pointer is on it. */
const reach = 10;

/**
 * Makes a sphere for a page. Its colors are CSS variables of the page: `--globe`, `--text`, `--muted` and `--surface`.
 * Its elements are `figure.sphere`, a `canvas` (of class `flat` where it shows a circle) and `.sphere-bar`.
 */
export function createSphereView({
  start = tilted,
  turning: turns = false,
  onPoint,
}: SphereViewOptions = {}): SphereView {
  const canvas = element('canvas', { role: 'img', tabindex: 0 });
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const spin = element('button', { type: 'button' }, 'Turn');
  const hint = element('span', { class: 'hint' }, 'Drag, or use the arrow keys. Home turns it back.');
  const bar = element('div', { class: 'sphere-bar' }, spin, hint);
  const figure = element('figure', { class: 'sphere' }, canvas, bar);
  let scene = emptyScene;
  let outputs: readonly Point[] = [];
  let painted: readonly PaintedPoint[] = [];
  let rotation = start;
  let turning = false;
  let frame = 0;
  let before: number | undefined;

  const draw = (): void => {
    const width = canvas.clientWidth;
    const context = canvas.getContext('2d');
    if (width === 0 || !context) return;
    const side = Math.round(width * devicePixelRatio);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, width);
    const style = getComputedStyle(canvas);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    painted = paintSphere(
      context,
      { ...scene, outputs },
      rotation,
      {
        paper: paperOfPage(),
        globe: color('--globe'),
        text: color('--text'),
        muted: color('--muted'),
        surface: color('--surface'),
      },
      width,
    );
  };
  const animate = (time: number): void => {
    frame = 0;
    const next = still.matches ? scene.outputs : approach(outputs, scene);
    const moved = next !== scene.outputs;
    outputs = next;
    if (turning) rotation = turn(rotation, ownTurn * Math.min(0.1, (time - (before ?? time)) / 1000), 0);
    before = turning ? time : undefined;
    draw();
    if ((moved || turning) && canvas.isConnected) schedule();
  };
  const schedule = (): void => {
    if (frame === 0) frame = requestAnimationFrame(animate);
  };
  const setTurning = (on: boolean): void => {
    turning = on;
    spin.setAttribute('aria-pressed', String(on));
    schedule();
  };
  const turnBy = (right: number, down: number): void => {
    if (turning) setTurning(false);
    rotation = turn(rotation, right, down);
    schedule();
  };

  let held: { readonly x: number; readonly y: number } | undefined;
  canvas.addEventListener('pointerdown', ({ pointerId, clientX: x, clientY: y }) => {
    canvas.setPointerCapture(pointerId);
    held = { x, y };
  });
  canvas.addEventListener('pointermove', ({ clientX: x, clientY: y }) => {
    if (held && !scene.flat) {
      const radius = canvas.clientWidth * radiusShare;
      turnBy((x - held.x) / radius, (y - held.y) / radius);
      held = { x, y };
    } else if (!held) {
      const box = canvas.getBoundingClientRect();
      onPoint?.(nearestPoint(painted, x - box.left, y - box.top));
    }
  });
  // A touch that turns out to scroll the page is canceled.
  for (const end of ['pointerup', 'pointercancel'] as const)
    canvas.addEventListener(end, () => {
      held = undefined;
    });
  canvas.addEventListener('keydown', (event) => {
    if (scene.flat) return;
    const [right, down] = keyTurns[event.key] ?? [0, 0];
    if (event.key === 'Home') rotation = start;
    else if (right === 0 && down === 0) return;
    turnBy(right, down);
    event.preventDefault();
  });
  spin.addEventListener('click', () => {
    setTurning(!turning);
  });
  setTurning(turns && !still.matches);
  onResize(canvas, schedule);

  return {
    element: figure,
    show(next) {
      if (outputs.length !== next.outputs.length) outputs = next.outputs;
      scene = next;
      bar.hidden = next.flat;
      canvas.classList.toggle('flat', next.flat);
      canvas.setAttribute('aria-label', next.description);
      if (next.flat && turning) setTurning(false);
      schedule();
    },
  };
}

const keyTurns: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-keyTurn, 0],
  ArrowRight: [keyTurn, 0],
  ArrowUp: [0, -keyTurn],
  ArrowDown: [0, keyTurn],
};

/** Outputs a frame nearer to their places; the list of the scene itself where all have arrived. */
function approach(outputs: readonly Point[], scene: SphereScene): readonly Point[] {
  const next = outputs.map((here, index): Point => {
    const there = scene.outputs[index]!;
    const way = there.map((value, axis) => (value - here[axis]!) * pace);
    if (Math.hypot(...way) < 5e-4) return there;
    const point: Point = [here[0] + way[0]!, here[1] + way[1]!, here[2] + way[2]!];
    if (!scene.exact) return point;
    const length = Math.hypot(...point) || 1;
    return [point[0] / length, point[1] / length, point[2] / length];
  });
  return next.every((point, index) => point === scene.outputs[index]) ? scene.outputs : next;
}

function nearestPoint(points: readonly PaintedPoint[], x: number, y: number): PaintedPoint | undefined {
  let best: PaintedPoint | undefined;
  let distance = reach ** 2;
  for (const point of points) {
    const here = (point.x - x) ** 2 + (point.y - y) ** 2;
    if (here <= distance) [best, distance] = [point, here];
  }
  return best;
}
