import { expect, it } from 'vitest';
import { attributeValues } from './attribute-values.js';

it('finds attributes in any quotes and place, of the elements that were asked for, and none in comments', () => {
  const html =
    '<a class="x" href="one">1</a><img alt=\'\' src=\'two\'>\n<!-- <a href="three"> --><b href="four"><a data-href="five">';
  expect(attributeValues(html, 'a|img', 'href|src')).toEqual(['one', 'two']);
});
