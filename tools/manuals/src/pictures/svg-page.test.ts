import { expect, it } from 'vitest';
import { dot, faint, line, pixel, svgPage, words } from './svg-page.js';

it('pixel writes tenths, and no negative zero', () => {
  expect([1, 1.04, -2.26, -0.01].map(pixel)).toEqual(['1', '1', '-2.3', '0']);
});

it('svgPage holds its parts on a page of its size, and says what it shows', () => {
  const page = svgPage(20, 10, 'A dot', [faint(dot('first-dot', [3.14, 2], 1), 0.5), words('dot', [1, 2])]);
  expect(page).toContain('width="20" height="10" viewBox="0 0 20 10" role="img">\n<title>A dot</title>');
  expect(page).toContain(
    '<g opacity="0.5"><circle class="first-dot" cx="3.1" cy="2" r="1"/></g>\n<text x="1" y="2" text-anchor="middle">dot</text>\n</svg>',
  );
  expect(
    line('thin dashed', [
      [0, 1.5],
      [2, 3],
    ]),
  ).toBe('<path class="thin dashed" d="M0 1.5L2 3"/>');
});

it('every class of a part has a colour on light paper and on dark', () => {
  const page = svgPage(1, 1, '', []);
  for (const style of ['paper', 'ball', 'thin', 'bold', 'first', 'second', 'first-dot', 'second-dot']) {
    expect(page.split(`.${style}{`)).toHaveLength(3);
  }
});
