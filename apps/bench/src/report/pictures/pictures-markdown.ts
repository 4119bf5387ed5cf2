import { escapeMarkdown } from '../escape-markdown.js';
import type { DrawnPicture } from './draw-pictures.js';

/** Pictures with their captions, one below the other. */
export function picturesMarkdown(
  pictures: readonly DrawnPicture[],
  addressOf: (picture: DrawnPicture) => string,
): string[] {
  return pictures.map(
    (picture) =>
      `![${escapeMarkdown(picture.chart.label)}](${addressOf(picture)})\n\n${escapeMarkdown(picture.caption)}`,
  );
}
