/** The element with this id, which the page's HTML has. */
export function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}
