import { element, onResize } from '@hyperspherical/drawing/page';

/** Up to so many classes the matrix is a table with its numbers; above, a picture. */
const mostInTable = 20;
const mostPairs = 10;

/** Which classes are taken for which: a matrix, each class's share of right answers, and the commonest mistakes. */
export function confusionView(counts: readonly (readonly number[])[], names: readonly string[]): HTMLElement {
  const card = element(
    'figure',
    { class: 'card' },
    element('h3', {}, 'Confusion matrix'),
    element(
      'p',
      { class: 'note' },
      'Rows: the true class. Columns: the predicted one. Shades: shares of the row.',
    ),
    counts.length <= mostInTable ? table(counts, names) : picture(counts, names),
    element('h3', {}, 'Commonest mistakes'),
    mistakes(counts, names),
  );
  card.style.margin = '0';
  return card;
}

/** The pairs of classes that are mistaken most often, as sentences; their numbers first. */
export function commonestMistakes(
  counts: readonly (readonly number[])[],
  names: readonly string[],
): readonly string[] {
  return counts
    .flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, mostPairs)
    .map(({ truth, predicted, count }) => {
      const total = sum(counts[truth]!);
      return `${names[truth] ?? truth} taken for ${names[predicted] ?? predicted}: ${count} of ${total}`;
    });
}

function mistakes(counts: readonly (readonly number[])[], names: readonly string[]): HTMLElement {
  const found = commonestMistakes(counts, names);
  if (found.length === 0) return element('p', {}, 'None.');
  return element('ol', { class: 'pairs' }, ...found.map((text) => element('li', {}, text)));
}

function table(counts: readonly (readonly number[])[], names: readonly string[]): HTMLElement {
  const head = element(
    'tr',
    {},
    element('td'),
    ...names.map((name) => element('th', { scope: 'col' }, name)),
    element('th', { scope: 'col' }, 'right'),
  );
  const rows = counts.map((row, truth) => {
    const total = sum(row) || 1;
    const cells = row.map((count, predicted) => {
      const cell = element('td', { class: truth === predicted ? 'right' : undefined }, String(count));
      cell.style.background = shade(count / total);
      return cell;
    });
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, names[truth] ?? String(truth)),
      ...cells,
      element('td', {}, `${((100 * row[truth]!) / total).toFixed(0)} %`),
    );
  });
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix' },
    element('table', { class: 'confusion' }, element('thead', {}, head), element('tbody', {}, ...rows)),
  );
}

function picture(counts: readonly (readonly number[])[], names: readonly string[]): HTMLElement {
  const size = counts.length;
  const canvas = element('canvas', {
    role: 'img',
    tabindex: 0,
    'aria-label': `Confusion matrix of ${size} classes. The arrow keys read it cell by cell; the commonest mistakes are listed below.`,
  });
  canvas.style.aspectRatio = '1';
  const readout = element('p', { class: 'readout', 'aria-live': 'polite' });
  let at: [number, number] = [0, 0];
  const draw = (): void => {
    const side = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
    canvas.width = side;
    canvas.height = side;
    const context = canvas.getContext('2d');
    if (!context) return;
    const accent = getComputedStyle(canvas).getPropertyValue('--accent');
    const cell = side / size;
    for (const [truth, row] of counts.entries()) {
      const total = sum(row) || 1;
      for (const [predicted, count] of row.entries()) {
        if (count === 0) continue;
        context.globalAlpha = 0.08 + 0.92 * (count / total);
        context.fillStyle = accent;
        context.fillRect(predicted * cell, truth * cell, Math.max(1, cell), Math.max(1, cell));
      }
    }
  };
  const read = (truth: number, predicted: number): void => {
    at = [Math.min(size - 1, Math.max(0, truth)), Math.min(size - 1, Math.max(0, predicted))];
    const [row, column] = at;
    readout.textContent = `${names[row] ?? row} taken for ${names[column] ?? column}: ${counts[row]![column]!} of ${sum(counts[row]!)}`;
  };
  canvas.addEventListener('pointermove', (event) => {
    const box = canvas.getBoundingClientRect();
    const place = (offset: number): number => Math.floor((offset / box.width) * size);
    read(place(event.clientY - box.top), place(event.clientX - box.left));
  });
  canvas.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    read(at[0] + step[0]!, at[1] + step[1]!);
  });
  onResize(canvas, draw);
  return element('div', {}, canvas, readout);
}

function shade(share: number): string {
  return share === 0
    ? 'transparent'
    : `color-mix(in srgb, var(--accent) ${(6 + 34 * share).toFixed(0)}%, transparent)`;
}

function sum(row: readonly number[]): number {
  return row.reduce((total, count) => total + count, 0);
}
