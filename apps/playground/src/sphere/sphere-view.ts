import { button } from '../page/controls.js';
import { element, onResize } from '../../../bench/src/watch/page/element.js';
import { classColor, rampColor } from './colors.js';
import type { Point } from '../../../bench/src/watch/page/messages.js';
import { front, rotate, tilted, turn, type Rotation } from '../../../bench/src/watch/page/rotation.js';

/** What is on the sphere. */
export interface Scene {
  /** Whether all lies on a circle. */
  readonly flat: boolean;
  /** Whether the points are as long as they are, so that those on their way stay on the surface. */
  readonly exact: boolean;
  readonly prototypes: readonly Point[];
  readonly prototypeNames: readonly string[];
  /** Whether prototype k has the colour of class k; otherwise it is plain. */
  readonly colored: boolean;
  readonly outputs: readonly Point[];
  /** The class of each output. */
  readonly labels?: ArrayLike<number> | undefined;
  /** From 0 to 1, the colour of each output where there are no labels. */
  readonly shares?: readonly number[] | undefined;
  /** The class that is shown alone. */
  readonly only?: number | undefined;
  /** Read by a screen reader. */
  readonly description: string;
}

/** A sphere to be turned by pointer, touch or arrow keys. */
export interface SphereView {
  readonly element: HTMLElement;
  /** Moves the points to where they now belong. */
  show(scene: Scene): void;
}

const keyTurn = Math.PI / 18;
/** Radians a second. */
const ownTurn = 0.3;
/** Above so many, names would cover the picture. */
const mostNames = 24;
/** Share of the way that points go in a frame. */
const pace = 0.18;

/** Draws the unit sphere as it is seen from far away. */
export function createSphereView(start: Rotation = tilted): SphereView {
  const canvas = element('canvas', { role: 'img', tabindex: 0 });
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const spin = button('Turn', () => {
    setTurning(!turning);
  });
  const hint = element('span', { class: 'hint' }, 'Drag, or use the arrow keys. Home turns it back.');
  const bar = element('div', { class: 'sphere-bar' }, spin, hint);
  const figure = element('figure', { class: 'sphere' }, canvas, bar);
  let scene: Scene = {
    flat: false,
    exact: true,
    prototypes: [],
    prototypeNames: [],
    colored: false,
    outputs: [],
    description: 'An empty sphere.',
  };
  let places: Point[] = [];
  let rotation = start;
  let turning = false;
  let frame = 0;
  let before: number | undefined;

  const draw = (): void => {
    const width = canvas.clientWidth;
    if (width === 0) return;
    const side = Math.round(width * devicePixelRatio);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, width);
    const view = scene.flat ? front : rotation;
    const radius = width * 0.43;
    const place = (point: Point): Point => {
      const [x, y, z] = rotate(view, point);
      return [width / 2 + radius * x, width / 2 - radius * y, z];
    };
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const style = getComputedStyle(canvas);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    drawGlobe(context, { place, middle: width / 2, radius, flat: scene.flat, line: color('--globe'), dark });
    drawOutputs(context, scene, places, place, dark, color('--muted'));
    drawPrototypes(
      context,
      scene,
      place,
      dark,
      { text: color('--text'), surface: color('--surface') },
      width,
    );
  };

  /** Brings outputs nearer to their places; false where all have arrived. */
  const approach = (): boolean => {
    const { outputs } = scene;
    if (places.length !== outputs.length || still.matches) {
      places = [...outputs];
      return false;
    }
    let moved = false;
    places = places.map((here, index) => {
      const there = outputs[index]!;
      const step = there.map((value, axis) => (value - here[axis]!) * pace);
      if (Math.hypot(...step) < 5e-4) return there;
      moved = true;
      const next: Point = [here[0] + step[0]!, here[1] + step[1]!, here[2] + step[2]!];
      if (!scene.exact) return next;
      const length = Math.hypot(...next) || 1;
      return [next[0] / length, next[1] / length, next[2] / length];
    });
    return moved;
  };

  const animate = (time: number): void => {
    frame = 0;
    const moved = approach();
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
    if (!held || scene.flat) return;
    const radius = canvas.clientWidth * 0.43;
    turnBy((x - held.x) / radius, (y - held.y) / radius);
    held = { x, y };
  });
  // A touch that turns out to scroll the page is cancelled.
  for (const end of ['pointerup', 'pointercancel'] as const)
    canvas.addEventListener(end, () => {
      held = undefined;
    });
  canvas.addEventListener('keydown', (event) => {
    if (scene.flat) return;
    const way = {
      ArrowLeft: [-keyTurn, 0],
      ArrowRight: [keyTurn, 0],
      ArrowUp: [0, -keyTurn],
      ArrowDown: [0, keyTurn],
    }[event.key];
    if (event.key === 'Home') {
      rotation = start;
      turnBy(0, 0);
    } else if (way) turnBy(way[0]!, way[1]!);
    else return;
    event.preventDefault();
  });
  spin.setAttribute('aria-pressed', 'false');
  onResize(canvas, schedule);

  return {
    element: figure,
    show(next) {
      scene = next;
      bar.hidden = next.flat;
      canvas.classList.toggle('flat', next.flat);
      canvas.setAttribute('aria-label', next.description);
      schedule();
    },
  };
}

function drawGlobe(
  context: CanvasRenderingContext2D,
  {
    place,
    middle,
    radius,
    flat,
    line,
    dark,
  }: {
    readonly place: (point: Point) => Point;
    readonly middle: number;
    readonly radius: number;
    readonly flat: boolean;
    readonly line: string;
    readonly dark: boolean;
  },
): void {
  context.globalAlpha = 1;
  context.beginPath();
  context.arc(middle, middle, radius, 0, 2 * Math.PI);
  if (!flat) {
    const shade = context.createRadialGradient(
      middle - radius * 0.35,
      middle - radius * 0.45,
      radius * 0.1,
      middle,
      middle,
      radius,
    );
    shade.addColorStop(0, dark ? 'rgba(255,255,255,.08)' : '#ffffff');
    shade.addColorStop(1, dark ? 'rgba(255,255,255,.02)' : '#e9ecf1');
    context.fillStyle = shade;
    context.fill();
  }
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();
  if (flat) return;
  const circle = (at: (angle: number) => Point): void => {
    context.beginPath();
    for (let step = 0; step <= 96; step += 1) {
      const [x, y, z] = place(at((step / 96) * 2 * Math.PI));
      // Only the half that faces the viewer.
      if (z < 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.stroke();
  };
  context.globalAlpha = 0.55;
  for (const latitude of [-Math.PI / 3, -Math.PI / 6, 0, Math.PI / 6, Math.PI / 3]) {
    const [x, r] = [Math.sin(latitude), Math.cos(latitude)];
    circle((angle) => [x, r * Math.cos(angle), r * Math.sin(angle)]);
  }
  for (let meridian = 0; meridian < 6; meridian += 1) {
    const [c, s] = [Math.cos((meridian * Math.PI) / 6), Math.sin((meridian * Math.PI) / 6)];
    circle((angle) => [Math.cos(angle), c * Math.sin(angle), s * Math.sin(angle)]);
  }
  context.globalAlpha = 1;
}

function drawOutputs(
  context: CanvasRenderingContext2D,
  { labels, shares, only }: Scene,
  places: readonly Point[],
  place: (point: Point) => Point,
  dark: boolean,
  muted: string,
): void {
  const points = places
    .map((point, index) => ({ index, at: place(point) }))
    .sort((a, b) => a.at[2] - b.at[2]);
  for (const { index, at } of points) {
    const [x, y, z] = at;
    const label = labels?.[index];
    const hidden = only !== undefined && label !== only;
    context.globalAlpha = hidden ? 0.06 : 0.28 + 0.32 * (z + 1);
    context.fillStyle =
      shares?.[index] !== undefined
        ? rampColor(shares[index], dark)
        : label === undefined
          ? muted
          : classColor(label, dark);
    context.beginPath();
    context.arc(x, y, (places.length === 1 ? 5.5 : 2.6) + 0.8 * z, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

function drawPrototypes(
  context: CanvasRenderingContext2D,
  { prototypes, prototypeNames, colored, only, flat }: Scene,
  place: (point: Point) => Point,
  dark: boolean,
  { text, surface }: { readonly text: string; readonly surface: string },
  width: number,
): void {
  const named = prototypes.length <= mostNames;
  const points = prototypes
    .map((point, index) => ({ index, at: place(point) }))
    .sort((a, b) => a.at[2] - b.at[2]);
  const size = named ? (width < 360 ? 9 : 11) : Math.max(3.5, 9 - prototypes.length / 25);
  context.font = `600 ${size + 1}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { index, at } of points) {
    const [x, y, z] = at;
    const near = flat ? 1 : (z + 1) / 2;
    context.globalAlpha = only !== undefined && only !== index ? 0.25 : 0.3 + 0.7 * near;
    const name = named ? (prototypeNames[index] ?? '') : '';
    const half = Math.max(size, context.measureText(name).width / 2 + size * 0.6) * (0.8 + 0.2 * near);
    context.fillStyle = colored ? classColor(index, dark) : text;
    context.strokeStyle = surface;
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(x - half, y - size, 2 * half, 2 * size, size);
    context.fill();
    context.stroke();
    context.fillStyle = colored && dark ? '#14161a' : surface;
    context.fillText(name, x, y + 0.5);
  }
  context.globalAlpha = 1;
}
