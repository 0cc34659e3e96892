import type { ChartWidth } from './report-charts.js';
import { escapeHtml } from './html.js';
import { reportStyle } from './report-style.js';

/** A part of a page under a heading. @param body HTML */
export function section(title: string, text: string, body: string): string {
  const intro = text === '' ? '' : `<p class="note">${escapeHtml(text)}</p>\n`;
  return `<section><h2>${escapeHtml(title)}</h2>\n${intro}${body}</section>`;
}

/** The chart drawn twice, for wide and for narrow pages: scaled down, its text would be too small to read. */
export function figure(draw: (width: ChartWidth) => string): string {
  return `<figure><div class="wide">${draw(720)}</div><div class="narrow">${draw(340)}</div></figure>`;
}

/** A whole page without script or outside resource. @param body HTML */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
