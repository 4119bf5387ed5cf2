import { isFlat } from '@hyperspherical/drawing';
import { createSphereView, element, type PaintedPoint } from '@hyperspherical/drawing/page';
import { formatNumber } from './format.js';
import type { Sphere } from '../messages.js';

/** What the sphere's points are called. */
export interface SphereNames {
  readonly classNames?: readonly string[] | undefined;
  readonly valueName?: string | undefined;
  readonly valueUnit?: string | undefined;
}

/** The sphere of a run's last test. It keeps its turn when the points move. */
export interface SphereCard {
  readonly element: HTMLElement;
  update(sphere: Sphere, names: SphereNames): void;
}

/** Makes a card with the sphere, a choice of the class that is shown alone, and the name of the point under the pointer. */
export function createSphereCard(): SphereCard {
  let sphere: Sphere = { projection: 'exact', outputs: [], prototypes: [] };
  let names: SphereNames = {};
  const note = element('p', { class: 'note' });
  const readout = element('p', { class: 'readout', 'aria-live': 'polite' });
  const choice = element('select', {});
  const chooser = element('label', {}, 'Show ', choice);
  const view = createSphereView({
    turning: true,
    onPoint(point) {
      readout.textContent = point ? pointText(point, sphere, names) : '';
    },
  });
  const card = element(
    'section',
    { class: 'card sphere-card', 'aria-label': 'The sphere' },
    element('h3', {}, 'The sphere'),
    note,
    view.element,
    element('div', { class: 'controls' }, chooser),
    readout,
  );

  const draw = (): void => {
    const { outputs, prototypes, labels, values } = sphere;
    const [least, most] = [Math.min(...(values ?? [])), Math.max(...(values ?? []))];
    view.show({
      flat: isFlatSphere(sphere),
      exact: sphere.projection === 'exact',
      prototypes,
      prototypeNames: prototypes.map((_, index) => prototypeName(index, sphere, names)),
      colored: hasClasses(sphere, names),
      outputs,
      labels,
      shares: labels ? undefined : values?.map((value) => (value - least) / (most - least || 1)),
      only: choice.value === '' ? undefined : Number(choice.value),
      description: describe(sphere),
    });
  };
  choice.addEventListener('change', draw);

  return {
    element: card,
    update(nextSphere, nextNames) {
      sphere = nextSphere;
      names = nextNames;
      note.textContent = noteOn(sphere);
      offerClasses(choice, hasClasses(sphere, names) ? (names.classNames ?? []) : []);
      chooser.hidden = !hasClasses(sphere, names);
      draw();
    },
  };
}

function hasClasses({ labels }: Sphere, { classNames }: SphereNames): boolean {
  return labels !== undefined && classNames !== undefined;
}

function isFlatSphere({ projection, outputs, prototypes }: Sphere): boolean {
  return projection === 'exact' && isFlat([...outputs, ...prototypes]);
}

function pointText({ kind, index }: PaintedPoint, sphere: Sphere, names: SphereNames): string {
  if (kind === 'prototype') return `prototype of ${prototypeName(index, sphere, names)}`;
  const label = sphere.labels?.[index];
  const value = sphere.values?.[index];
  const unit = names.valueUnit === undefined ? '' : ` ${names.valueUnit}`;
  return [
    ...(label === undefined ? [] : [names.classNames?.[label] ?? `class ${label}`]),
    ...(value === undefined ? [] : [`${names.valueName ?? 'value'} ${formatNumber(value)}${unit}`]),
  ].join(', ');
}

function prototypeName(index: number, sphere: Sphere, names: SphereNames): string {
  if (hasClasses(sphere, names)) return names.classNames?.[index] ?? `class ${index}`;
  if (sphere.prototypes.length !== 2) return `prototype ${index + 1}`;
  return index === 0 ? 'first pole' : 'second pole';
}

function noteOn(sphere: Sphere): string {
  if (sphere.projection === 'principal-axes')
    return 'The outputs have more than three dimensions. This is their projection on the three principal axes of the prototypes: points that look close may be far apart.';
  return isFlatSphere(sphere)
    ? 'The outputs have two dimensions: this is their circle, exactly.'
    : 'The outputs have three dimensions: this is their sphere, exactly.';
}

function describe({ outputs, prototypes, projection }: Sphere): string {
  const how = projection === 'exact' ? '' : ', projected on three principal axes';
  return `${outputs.length} test outputs and ${prototypes.length} prototypes on the sphere${how}. Arrow keys turn it, Home turns it back.`;
}

function offerClasses(choice: HTMLSelectElement, names: readonly string[]): void {
  if (choice.options.length === names.length + 1) return;
  choice.replaceChildren(
    element('option', { value: '' }, 'all classes'),
    ...names.map((name, index) => element('option', { value: index }, name)),
  );
}
