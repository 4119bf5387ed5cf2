/** A part of the page, made when it is first shown. */
export interface Tab {
  readonly id: string;
  readonly create: () => HTMLElement;
}

/** Makes the tabs of `index.html` work: by click, arrow keys, Home and End, and the address. */
export function createTabs(tabs: readonly Tab[]): void {
  const buttons = tabs.map(({ id }) => document.getElementById(`tab-${id}`)!);
  const panels = tabs.map(({ id }) => document.getElementById(`panel-${id}`)!);

  const show = (chosen: number): void => {
    for (const [index, panel] of panels.entries()) {
      const selected = index === chosen;
      panel.hidden = !selected;
      buttons[index]!.setAttribute('aria-selected', String(selected));
      buttons[index]!.tabIndex = selected ? 0 : -1;
    }
    const panel = panels[chosen]!;
    const place = panel.querySelector('.body')!;
    if (!place.hasChildNodes()) place.append(tabs[chosen]!.create());
  };
  const choose = (index: number): void => {
    show(index);
    history.replaceState(null, '', `#${tabs[index]!.id}`);
  };
  const fromAddress = (): void => {
    show(
      Math.max(
        0,
        tabs.findIndex(({ id }) => `#${id}` === location.hash),
      ),
    );
  };

  for (const [index, button] of buttons.entries()) {
    button.addEventListener('click', () => {
      choose(index);
    });
    button.addEventListener('keydown', (event) => {
      const last = buttons.length - 1;
      const next = {
        ArrowRight: index === last ? 0 : index + 1,
        ArrowLeft: index === 0 ? last : index - 1,
        Home: 0,
        End: last,
      }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      choose(next);
      buttons[next]!.focus();
    });
  }
  addEventListener('hashchange', fromAddress);
  fromAddress();
}
