import { globeLines } from '../globe.js';
import { seriesColor, shareColor } from '../palette.js';
import type { Point } from '../point.js';
import { front, rotateAll, type Rotation } from '../rotation.js';
import type { SphereScene } from './sphere-scene.js';

/** The radius of the sphere as a share of the canvas's width. */
export const radiusShare = 0.43;

/** Above so many, names would cover the picture. */
const mostNames = 24;

/** The colors of the page around the sphere, as CSS. */
export interface PageColors {
  readonly paper: 'light' | 'dark';
  readonly globe: string;
  readonly text: string;
  readonly muted: string;
  readonly surface: string;
}

/** A point that was painted, in pixels from the upper left corner. */
export interface PaintedPoint {
  readonly kind: 'output' | 'prototype';
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Paints the unit sphere as it is seen from far away.
 *
 * @param width - Of the square canvas, in pixels of CSS.
 * @returns The points that can be seen, the nearest last.
 */
export function paintSphere(
  context: CanvasRenderingContext2D,
  scene: SphereScene,
  rotation: Rotation,
  colors: PageColors,
  width: number,
): PaintedPoint[] {
  const radius = width * radiusShare;
  context.save();
  context.translate(width / 2, width / 2);
  paintGlobe(context, scene.flat ? undefined : rotation, colors, radius);
  const view = scene.flat ? front : rotation;
  const inPixels = (points: readonly Point[]): SeenPoint[] =>
    rotateAll(view, points).map(({ index, at: [right, up, near] }) => ({
      index,
      x: radius * right,
      y: -radius * up,
      near,
    }));
  const outputs = inPixels(scene.outputs);
  const prototypes = inPixels(scene.prototypes);
  for (const point of outputs) paintOutput(context, scene, point, colors);
  paintPrototypes(context, scene, prototypes, colors, width);
  context.restore();
  const painted = (kind: PaintedPoint['kind'], points: readonly SeenPoint[]): PaintedPoint[] =>
    points.map(({ index, x, y }) => ({ kind, index, x: width / 2 + x, y: width / 2 + y }));
  return [
    ...painted(
      'output',
      outputs.filter(({ index }) => isShown(scene, scene.labels?.[index])),
    ),
    ...painted('prototype', prototypes),
  ];
}

/** A point in pixels from the middle; `near` is from -1 on the far side to 1. */
interface SeenPoint {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly near: number;
}

function isShown({ only }: SphereScene, label: number | undefined): boolean {
  return only === undefined || label === only;
}

function paintGlobe(
  context: CanvasRenderingContext2D,
  rotation: Rotation | undefined,
  { paper, globe }: PageColors,
  radius: number,
): void {
  context.globalAlpha = 1;
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  if (rotation) {
    const light = [-0.35 * radius, -0.45 * radius, 0.1 * radius] as const;
    const shade = context.createRadialGradient(...light, 0, 0, radius);
    shade.addColorStop(0, paper === 'dark' ? 'rgba(255,255,255,.08)' : '#ffffff');
    shade.addColorStop(1, paper === 'dark' ? 'rgba(255,255,255,.02)' : '#e9ecf1');
    context.fillStyle = shade;
    context.fill();
  }
  context.strokeStyle = globe;
  context.lineWidth = 1;
  context.stroke();
  if (!rotation) return;
  context.globalAlpha = 0.55;
  context.beginPath();
  for (const line of globeLines(rotation))
    for (const [index, [right, up]] of line.entries())
      if (index === 0) context.moveTo(radius * right, -radius * up);
      else context.lineTo(radius * right, -radius * up);
  context.stroke();
  context.globalAlpha = 1;
}

function paintOutput(
  context: CanvasRenderingContext2D,
  scene: SphereScene,
  { index, x, y, near }: SeenPoint,
  { paper, muted }: PageColors,
): void {
  const label = scene.labels?.[index];
  const share = scene.shares?.[index];
  context.globalAlpha = isShown(scene, label) ? 0.28 + 0.32 * (near + 1) : 0.06;
  context.fillStyle =
    share !== undefined ? shareColor(share, paper) : label === undefined ? muted : seriesColor(label, paper);
  context.beginPath();
  context.arc(x, y, (scene.outputs.length === 1 ? 5.5 : 2.6) + 0.8 * near, 0, 2 * Math.PI);
  context.fill();
}

function paintPrototypes(
  context: CanvasRenderingContext2D,
  scene: SphereScene,
  points: readonly SeenPoint[],
  { paper, text, surface }: PageColors,
  width: number,
): void {
  const { prototypes, prototypeNames, colored, flat } = scene;
  const named = prototypes.length <= mostNames;
  const size = named ? (width < 360 ? 9 : 11) : Math.max(3.5, 9 - prototypes.length / 25);
  context.font = `600 ${size + 1}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { index, x, y, near } of points) {
    const nearness = flat ? 1 : (near + 1) / 2;
    context.globalAlpha = isShown(scene, index) ? 0.3 + 0.7 * nearness : 0.25;
    const name = named || scene.only === index ? (prototypeNames[index] ?? '') : '';
    const half = Math.max(size, context.measureText(name).width / 2 + size * 0.6) * (0.8 + 0.2 * nearness);
    context.fillStyle = colored ? seriesColor(index, paper) : text;
    context.strokeStyle = surface;
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(x - half, y - size, 2 * half, 2 * size, size);
    context.fill();
    context.stroke();
    context.fillStyle = colored && paper === 'dark' ? '#14161a' : surface;
    context.fillText(name, x, y + 0.5);
  }
  context.globalAlpha = 1;
}
