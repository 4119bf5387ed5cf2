import { element } from '@hyperspherical/drawing/page';

/** A button that says what it does. */
export function button(text: string, act: () => void, kind = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', class: kind === '' ? undefined : kind }, text);
  made.addEventListener('click', act);
  return made;
}

/** A choice of a few, with its label. */
export function choice(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  act: (value: string) => void,
): { readonly element: HTMLElement; readonly select: HTMLSelectElement } {
  const select = element('select', {}, ...options.map(([value, text]) => element('option', { value }, text)));
  select.addEventListener('change', () => {
    act(select.value);
  });
  return { element: element('label', { class: 'field' }, element('span', {}, label), select), select };
}

/** A whole number from a slider, with its value beside it. */
export function slider(
  label: string,
  { least, most, value }: { readonly least: number; readonly most: number; readonly value: number },
  act: (value: number) => void,
): { readonly element: HTMLElement; readonly input: HTMLInputElement } {
  const input = element('input', { type: 'range', min: least, max: most, value, step: 1 });
  const output = element('output', {}, String(value));
  input.addEventListener('input', () => {
    output.textContent = input.value;
    act(Number(input.value));
  });
  return {
    element: element('label', { class: 'field' }, element('span', {}, label, ' ', output), input),
    input,
  };
}

/** Names and values in a list; `set` changes a value in place. */
export function facts(names: readonly string[]): {
  readonly element: HTMLElement;
  set(name: string, value: string): void;
} {
  const values = new Map(names.map((name) => [name, element('dd', {}, '–')]));
  return {
    element: element(
      'dl',
      {},
      ...names.map((name) => element('div', {}, element('dt', {}, name), values.get(name)!)),
    ),
    set(name, value) {
      const shown = values.get(name)!;
      if (shown.textContent !== value) shown.textContent = value;
    },
  };
}
