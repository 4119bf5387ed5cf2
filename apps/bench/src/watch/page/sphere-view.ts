import { classColor, rampColor } from './colors.js';
import { element, onResize } from './element.js';
import { formatNumber } from './format.js';
import type { Point, Sphere } from './messages.js';
import { front, rotate, tilted, turn, type Rotation } from './rotation.js';

const keyTurn = Math.PI / 18;
/** Radians a second. */
const ownTurn = 0.25;
/** Above so many, names would cover the picture. */
const mostNames = 20;

/** What the sphere's points are called. */
export interface SphereNames {
  readonly classNames?: readonly string[] | undefined;
  readonly valueName?: string | undefined;
  readonly valueUnit?: string | undefined;
}

/** The sphere: prototypes and test outputs, to be turned with pointer or arrow keys. It keeps its turn when the points move. */
export interface SphereView {
  readonly element: HTMLElement;
  update(sphere: Sphere, names: SphereNames): void;
}

/** Draws the unit sphere as it is seen from far away. */
export function createSphereView(): SphereView {
  const canvas = element('canvas', { role: 'img', tabindex: 0 });
  const note = element('p', { class: 'note' });
  const readout = element('p', { class: 'readout', 'aria-live': 'polite' });
  const spin = element('button', { type: 'button' });
  const choice = element('select', {});
  const chooser = element('label', {}, 'Show ', choice);
  const controls = element('div', { class: 'controls' }, spin, chooser);
  const card = element(
    'figure',
    { class: 'card sphere' },
    element('h3', {}, 'The sphere'),
    note,
    canvas,
    controls,
    readout,
  );
  card.style.margin = '0';

  let sphere: Sphere = { projection: 'exact', outputs: [], prototypes: [] };
  let names: SphereNames = {};
  let rotation: Rotation = tilted;
  let placed: { readonly x: number; readonly y: number; readonly text: string }[] = [];
  let turning = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  let started = false;
  let frame = 0;

  const nameOf = (label: number): string => names.classNames?.[label] ?? `class ${label}`;
  const textOf = (index: number): string => {
    const label = sphere.labels?.[index];
    const value = sphere.values?.[index];
    const unit = names.valueUnit === undefined ? '' : ` ${names.valueUnit}`;
    return [
      ...(label === undefined ? [] : [nameOf(label)]),
      ...(value === undefined ? [] : [`${names.valueName ?? 'value'} ${formatNumber(value)}${unit}`]),
    ].join(', ');
  };

  const draw = (): void => {
    const width = canvas.clientWidth;
    if (width === 0) return;
    const side = Math.round(width * devicePixelRatio);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext('2d');
    if (!context) return;
    const style = getComputedStyle(canvas);
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const [text, grid] = [style.getPropertyValue('--text'), style.getPropertyValue('--line')];
    const radius = width * 0.42;
    const middle = width / 2;
    const place = (point: Point): Point => {
      const [x, y, z] = rotate(rotation, point);
      return [middle + radius * x, middle - radius * y, z];
    };
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, width);
    drawGlobe(context, { place, middle, radius, color: grid });

    const chosen = choice.value === '' ? undefined : Number(choice.value);
    const span = sphere.values && sphere.values.length > 0 ? spanOf(sphere.values) : undefined;
    const points = sphere.outputs
      .map((point, index) => ({ index, place: place(point) }))
      .sort((a, b) => a.place[2] - b.place[2]);
    placed = [];
    for (const {
      index,
      place: [x, y, z],
    } of points) {
      const label = sphere.labels?.[index];
      const value = sphere.values?.[index];
      const hidden = chosen !== undefined && label !== chosen;
      context.globalAlpha = hidden ? 0.07 : 0.35 + 0.3 * (z + 1);
      context.fillStyle =
        label !== undefined
          ? classColor(label, dark)
          : value !== undefined && span
            ? rampColor((value - span[0]) / (span[1] - span[0] || 1), dark)
            : text;
      disc(context, x, y, 2.2 + 0.8 * z);
      if (!hidden) placed.push({ x, y, text: textOf(index) });
    }
    drawPrototypes(context, { place, chosen, dark, text, background: style.getPropertyValue('--surface') });
  };

  const drawPrototypes = (
    context: CanvasRenderingContext2D,
    {
      place,
      chosen,
      dark,
      text,
      background,
    }: {
      readonly place: (point: Point) => Point;
      readonly chosen: number | undefined;
      readonly dark: boolean;
      readonly text: string;
      readonly background: string;
    },
  ): void => {
    const classes = names.classNames !== undefined && sphere.labels !== undefined;
    const prototypes = sphere.prototypes
      .map((point, index) => ({ index, place: place(point) }))
      .sort((a, b) => a.place[2] - b.place[2]);
    context.font = '12px system-ui, sans-serif';
    for (const {
      index,
      place: [x, y, z],
    } of prototypes) {
      const shown = chosen === undefined || chosen === index;
      context.globalAlpha = shown ? 0.55 + 0.45 * ((z + 1) / 2) : 0.15;
      context.fillStyle = classes ? classColor(index, dark) : text;
      context.strokeStyle = text;
      context.lineWidth = 1.5;
      context.beginPath();
      context.rect(x - 4.5, y - 4.5, 9, 9);
      context.fill();
      context.stroke();
      const name = classes ? nameOf(index) : poleName(index, sphere.prototypes.length);
      placed.push({ x, y, text: `prototype of ${name}` });
      if (!shown || (sphere.prototypes.length > mostNames && chosen !== index) || z < -0.35) continue;
      context.lineWidth = 3;
      context.strokeStyle = background;
      context.fillStyle = text;
      context.strokeText(name, x + 8, y + 4);
      context.fillText(name, x + 8, y + 4);
    }
    context.globalAlpha = 1;
  };

  let before: number | undefined;
  const animate = (time: number): void => {
    frame = 0;
    if (!turning || !card.isConnected) {
      before = undefined;
      return;
    }
    rotation = turn(rotation, ownTurn * Math.min(0.1, (time - (before ?? time)) / 1000), 0);
    before = time;
    draw();
    frame = requestAnimationFrame(animate);
  };
  const setTurning = (on: boolean): void => {
    turning = on;
    spin.textContent = on ? 'Stop turning' : 'Turn';
    spin.setAttribute('aria-pressed', String(on));
    if (on && frame === 0) frame = requestAnimationFrame(animate);
  };
  const turnBy = (right: number, down: number): void => {
    setTurning(false);
    rotation = turn(rotation, right, down);
    draw();
  };

  spin.addEventListener('click', () => {
    setTurning(!turning);
  });
  choice.addEventListener('change', draw);
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    setTurning(false);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons > 0) {
      const radius = canvas.clientWidth * 0.42;
      turnBy(event.movementX / radius, event.movementY / radius);
      return;
    }
    const box = canvas.getBoundingClientRect();
    const near = nearestPoint(placed, event.clientX - box.left, event.clientY - box.top);
    readout.textContent = near?.text ?? '';
  });
  canvas.addEventListener('keydown', (event) => {
    const [right, down] = {
      ArrowLeft: [-keyTurn, 0],
      ArrowRight: [keyTurn, 0],
      ArrowUp: [0, -keyTurn],
      ArrowDown: [0, keyTurn],
    }[event.key] ?? [0, 0];
    if (event.key === 'Home') {
      rotation = flat(sphere) ? front : tilted;
      turnBy(0, 0);
    } else if (right !== 0 || down !== 0) turnBy(right!, down!);
    else return;
    event.preventDefault();
  });
  onResize(canvas, draw);

  return {
    element: card,
    update(next, nextNames) {
      const first = !started;
      started = true;
      sphere = next;
      names = nextNames;
      note.textContent = noteOn(sphere);
      if (first && flat(sphere)) {
        // A circle is best seen from the front.
        rotation = front;
        turning = false;
      }
      setTurning(turning);
      offerClasses(choice, names.classNames ?? [], sphere.labels !== undefined);
      chooser.hidden = sphere.labels === undefined;
      canvas.setAttribute('aria-label', describe(sphere));
      draw();
    },
  };
}

function noteOn(sphere: Sphere): string {
  if (sphere.projection === 'principal-axes')
    return 'The outputs have more than three dimensions. This is their projection on the three principal axes of the prototypes: points that look close may be far apart.';
  return flat(sphere)
    ? 'The outputs have two dimensions: this is their circle, exactly.'
    : 'The outputs have three dimensions: this is their sphere, exactly.';
}

function describe({ outputs, prototypes, projection }: Sphere): string {
  const how = projection === 'exact' ? '' : ', projected on three principal axes';
  return `${outputs.length} test outputs and ${prototypes.length} prototypes on the sphere${how}. Arrow keys turn it, Home turns it back.`;
}

function flat({ projection, outputs, prototypes }: Sphere): boolean {
  return projection === 'exact' && [...outputs, ...prototypes].every(([, , z]) => z === 0);
}

function poleName(index: number, count: number): string {
  if (count !== 2) return `prototype ${index + 1}`;
  return index === 0 ? 'first pole' : 'second pole';
}

function offerClasses(choice: HTMLSelectElement, names: readonly string[], labelled: boolean): void {
  const wanted = labelled ? names : [];
  if (choice.options.length === wanted.length + 1) return;
  choice.replaceChildren(
    element('option', { value: '' }, 'all classes'),
    ...wanted.map((name, index) => element('option', { value: index }, name)),
  );
}

function drawGlobe(
  context: CanvasRenderingContext2D,
  {
    place,
    middle,
    radius,
    color,
  }: {
    readonly place: (point: Point) => Point;
    readonly middle: number;
    readonly radius: number;
    readonly color: string;
  },
): void {
  context.globalAlpha = 1;
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.beginPath();
  context.arc(middle, middle, radius, 0, 2 * Math.PI);
  context.stroke();
  const circle = (at: (angle: number) => Point): void => {
    context.beginPath();
    for (let step = 0; step <= 72; step += 1) {
      const [x, y, z] = place(at((step / 72) * 2 * Math.PI));
      // Only the half that faces the viewer.
      if (z < 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.stroke();
  };
  context.globalAlpha = 0.6;
  for (const latitude of [-Math.PI / 4, 0, Math.PI / 4]) {
    const [y, r] = [Math.sin(latitude), Math.cos(latitude)];
    circle((angle) => [r * Math.cos(angle), y, r * Math.sin(angle)]);
  }
  for (const longitude of [0, Math.PI / 4, Math.PI / 2, (3 * Math.PI) / 4]) {
    const [c, s] = [Math.cos(longitude), Math.sin(longitude)];
    circle((angle) => [c * Math.cos(angle), Math.sin(angle), s * Math.cos(angle)]);
  }
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, Math.max(0.8, radius), 0, 2 * Math.PI);
  context.fill();
}

function spanOf(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function nearestPoint<T extends { readonly x: number; readonly y: number }>(
  points: readonly T[],
  x: number,
  y: number,
): T | undefined {
  let best: T | undefined;
  let distance = 100;
  for (const point of points) {
    const here = (point.x - x) ** 2 + (point.y - y) ** 2;
    if (here <= distance) [best, distance] = [point, here];
  }
  return best;
}
