import { palettes } from '@hyperspherical/drawing';

/** How many curves one chart holds at most: more cannot be distinguished. */
export const mostSeries = 6;

interface Theme {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
}

const themes: Record<'light' | 'dark', Theme> = {
  light: {
    ink: '#1f2328',
    muted: '#59636e',
    grid: '#e4e7eb',
    paper: '#ffffff',
  },
  dark: {
    ink: '#e6edf3',
    muted: '#9198a1',
    grid: '#2d333b',
    paper: '#0d1117',
  },
};

/** The style sheet of charts; it reaches nothing outside of them. */
export function chartStyle(name: 'light' | 'dark'): string {
  const { ink, muted, grid, paper } = themes[name];
  return [
    '.chart{font-family:Helvetica,Arial,"Liberation Sans","DejaVu Sans",sans-serif;font-size:13px}',
    `.chart .paper{fill:${paper}}`,
    `.chart text{fill:${ink}}`,
    `.chart .muted{fill:${muted}}`,
    '.chart .heading{font-weight:bold}',
    `.chart .grid{stroke:${grid};fill:none}`,
    `.chart .axis{stroke:${muted};fill:none}`,
    `.chart .ink{color:${ink}}`,
    ...palettes[name].series.map((color, index) => `.chart .s${index}{color:${color}}`),
    '.chart .fill{fill:currentColor}',
    '.chart .line{stroke:currentColor;fill:none;stroke-linejoin:round;stroke-linecap:round}',
    // Words on a dark cell.
    `.chart .on{fill:${paper}}`,
    `.chart .hollow{stroke:currentColor;fill:${paper}}`,
    `.chart .dot{fill:currentColor;stroke:${paper}}`,
  ].join('\n');
}
