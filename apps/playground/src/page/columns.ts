import { element } from '@hyperspherical/drawing/page';

/** A tab's body: a picture with a note below it, and beside it what the tab says and asks, the lead first. */
export function columns(picture: readonly Node[], lead: string, ...side: readonly Node[]): HTMLElement {
  return element(
    'div',
    { class: 'columns' },
    element('div', { class: 'picture' }, ...picture),
    element('div', { class: 'side' }, element('p', { class: 'lead' }, lead), ...side),
  );
}
