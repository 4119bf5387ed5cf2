import { describe, expect, it } from 'vitest';
import { svgFile } from './charts/chart.js';
import { drawFigures } from './figures.js';
import { htmlReport } from './html-report.js';
import { escapeLatex, latexReport } from './latex-report.js';
import { escapeMarkdown } from './escape-markdown.js';
import { markdownReport } from './markdown-report.js';
import { markup } from './markup.js';
import { relativeLink } from './relative-link.js';
import { summariseRuns } from './summarise-runs.js';
import { drawSyntheticRuns } from '../../test/synthetic-runs.js';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</style></svg>]]>&amp;&lt;',
  'a|b\n\n# c\r\n| d |',
  '_x_ **y** `z` [l](javascript:alert(1)) $q$ ~~s~~',
  '\\input{/etc/passwd} \\\\ % & # ^ ~ {}',
  '<!-- report:end -->',
  'null\u0000 bell\u0007 half\ud800 turned\u202e',
];

/** A report in which every text from outside is hostile. */
function hostileReport(): ReturnType<typeof summariseRuns> {
  const drawn = hostile.flatMap((text, index) => {
    const classes = Array.from({ length: 3 }, () => text);
    return drawSyntheticRuns({
      study: hostile[(index + 1) % hostile.length]!,
      name: text,
      title: text,
      seeds: 2,
      level: 0.5,
      epochs: 3,
      classes: 3,
      ...(index % 2 === 0 ? { diverged: [1] } : { task: 'regression' as const }),
      reproduces: [
        { paper: text, table: text, cell: text, differs: text, metric: 'accuracy', value: 0.5 },
        { paper: text, table: text, cell: text, differs: text, metric: 'meanAbsoluteError', value: 0.5 },
      ],
    }).map(({ result, evaluation }) => ({
      folder: `/runs/${text}/${result.seed}`,
      result: {
        ...result,
        metric: { ...result.metric, ...(result.metric.unit === undefined ? {} : { unit: text }) },
        ...(result.status === 'completed' ? {} : { reason: text }),
        environment: { ...result.environment, cpu: text, commit: text, tensorflow: text },
      },
      evaluation: {
        ...evaluation,
        ...(evaluation.classNames ? { classNames: classes } : {}),
        ...(evaluation.valueName ? { valueName: text, valueUnit: text } : {}),
      },
    }));
  });
  return summariseRuns(
    {
      runs: drawn.map(({ folder, result }) => ({ folder, result })),
      unfinished: hostile.map((text) => `/other/${text}`),
      unreadable: hostile.map((text) => ({ path: `/bad/${text}`, reason: text })),
    },
    {
      config: () => undefined,
      environment: () => ({}),
      evaluation: (folder) => drawn.find((run) => run.folder === folder)?.evaluation,
    },
  );
}

const report = hostileReport();
const link = (path: string): string => relativeLink('/', path);

/** Every tag of HTML or SVG with its attributes; fails where quotes or brackets do not pair. */
function tags(text: string): { name: string; attributes: string[] }[] {
  const body = text.replaceAll(/<style>[^<]*<\/style>/g, '');
  const pattern = /<(\/?[a-z!][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*\/?>/g;
  expect(body.replaceAll(pattern, '')).not.toMatch(/[<>]/);
  return [...body.matchAll(pattern)].map(([, name, attributes]) => ({
    name: name!,
    attributes: attributes!
      .replaceAll(/="[^"]*"/g, '')
      .split(/\s+/)
      .filter((attribute) => attribute !== ''),
  }));
}

const harmlessTags =
  /^\/?(!doctype|html|head|meta|title|body|header|main|section|nav|h[1-6]|p|a|ul|ol|li|div|table|thead|tbody|tr|th|td|strong|span|sup|figure|figcaption|details|summary|svg|g|path|circle|rect|text)$/;

describe('text from data and file names', () => {
  it('is no tag and no attribute of the page', () => {
    const page = htmlReport(report, { title: hostile[0]!, link, figures: drawFigures(report) });
    const found = tags(page);
    expect(found.length).toBeGreaterThan(500);
    expect(found.filter(({ name }) => !harmlessTags.test(name))).toEqual([]);
    expect(found.flatMap(({ attributes }) => attributes).filter((name) => /^on|^src$/.test(name))).toEqual(
      [],
    );
    for (const [, address] of page.matchAll(/href="([^"]*)"/g)) expect(address).toMatch(/^(#|\.\/|\.\.\/)/);
  });

  it('is no tag of a picture, and leaves it well-formed', () => {
    const figures = drawFigures(report);
    expect(figures.map(({ name }) => name).filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    for (const { chart } of figures) {
      const open: string[] = [];
      const svg = svgFile(chart).replaceAll(/<[^<>]*\/>/g, '');
      for (const { name } of tags(svg)) {
        if (name.startsWith('/')) expect(open.pop()).toBe(name.slice(1));
        else open.push(name);
      }
      expect(open).toEqual([]);
      // eslint-disable-next-line no-control-regex -- what XML forbids.
      expect(svg).not.toMatch(/[\u0000-\u0008\u202e]/);
    }
  });

  it('is no structure of the Markdown', () => {
    const lines = markdownReport(report, {
      title: hostile[4]!,
      headingLevel: 1,
      link,
      figures: [],
      pictureAddress: () => '',
    }).split('\n');
    const text = lines.join('\n');
    expect(text.replaceAll(/<\/?sup>|<br>/g, '')).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/(^|[^\\])[$`]/m);
    let columns = 0;
    for (const line of lines) {
      const bars = line.replaceAll('\\|', '').split('|').length;
      if (!line.startsWith('|')) columns = 0;
      else if (columns === 0) columns = bars;
      else expect(bars, line).toBe(columns);
    }
    for (const [, address] of text.matchAll(/[^\\]\]\(([^)]*)\)/g))
      expect(address).toMatch(/^\.?\.\/[^\s"'<>]*$/);
  });

  it('is no command of LaTeX', () => {
    const text = latexReport(report);
    expect(text).not.toContain('\\input');
    const own =
      /\\(begin|end|centering|caption|toprule|midrule|bottomrule|pm|uparrow|downarrow|textbf|textbackslash|text[a-z]+|usepackage|[\\{}%$&#_,])/g;
    expect(text.replaceAll(own, '')).not.toContain('\\');
    for (const line of text.split('\n').filter((row) => row.endsWith(' \\\\') && row.includes('&')))
      expect(line.replaceAll('\\&', '').split('&')).toHaveLength(5);
  });
});

describe('markup', () => {
  it('escapes what is put in and keeps markup as it is', () => {
    expect(markup`<b title="${'"\'&<>'}">${markup`<i>${1}</i>`}${['<', undefined]}</b>`.text).toBe(
      '<b title="&#34;&#39;&#38;&#60;&#62;"><i>1</i>&#60;</b>',
    );
  });
});

describe('escapeMarkdown', () => {
  it('shows every character as itself on one line', () => {
    expect(escapeMarkdown('a_b|c\nd')).toBe('a\\_b&#124;c d');
    expect(escapeMarkdown('<b> $x$ https://a.b @c')).toBe('&lt;b&gt; &#36;x&#36; https&#58;//a.b &#64;c');
  });
});

describe('escapeLatex', () => {
  it('shows every character as itself', () => {
    expect(escapeLatex('50% of a_b & {c} \\d')).toBe('50\\% of a\\_b \\& \\{c\\} \\textbackslash{}d');
    expect(escapeLatex('1.0 ± 0.1')).toBe('1.0 $\\pm$ 0.1');
  });
});

describe('relativeLink', () => {
  it('is relative and encoded, whatever a folder is called', () => {
    expect(relativeLink('/a/b', '/a/c d')).toBe('../c%20d');
    expect(relativeLink('/a', '/a/javascript:alert(1)')).toBe('./javascript%3Aalert%281%29');
    expect(relativeLink('/a', '/a/"\'<>#?%')).toBe('./%22%27%3C%3E%23%3F%25');
    expect(relativeLink('/a', '/a')).toBe('./');
  });
});
