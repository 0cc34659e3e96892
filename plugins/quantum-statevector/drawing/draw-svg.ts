import { ensureChecked } from '../check-circuit.js';
import type { Circuit } from '../circuit.js';
import { readingOf, startsOf, type Mark } from './labels.js';
import { placeGates } from './place-gates.js';

const rowHeight = 44;
const boxHeight = 28;
const gap = 14;
const letter = 7.4;

/**
 * Draws a circuit as an SVG image of its own, in the colours of the page that shows it.
 * @throws HqnasError `invalid-circuit`
 */
export function drawSvg(circuit: Circuit): string {
  ensureChecked(circuit);
  const { wires, measurement, initial } = circuit;
  const { placed, columns } = placeGates(circuit.gates, wires);
  const widths = Array<number>(columns).fill(18);
  for (const { column, marks } of placed) {
    for (const [, mark] of marks) widths[column] = Math.max(widths[column]!, widthOf(mark));
  }
  const starts = startsOf(initial, wires).map((start, wire) => `${wire} ${start}`.trimEnd());
  const left = Math.max(40, 20 + Math.max(...starts.map((text) => text.length)) * letter);
  const centres: number[] = [];
  let right = left;
  for (const width of widths) {
    centres.push(right + gap / 2 + width / 2);
    right += width + gap;
  }
  const readings = readingOf(measurement, wires);
  const end = right + gap;
  const width = end + 14 + Math.max(0, ...readings.map((text) => text.length)) * letter;
  const height = wires * rowHeight;
  const y = (wire: number): number => (wire + 0.5) * rowHeight;
  const wireLines = readings.map(
    (reading, wire) =>
      `<text x="4" y="${y(wire) + 4}">${escaped(starts[wire]!)}</text>` +
      `<line x1="${round(left - 6)}" y1="${y(wire)}" x2="${round(end)}" y2="${y(wire)}"/>` +
      `<text x="${round(end + 8)}" y="${y(wire) + 4}">${escaped(reading)}</text>`,
  );
  const gates = placed.map(({ column, top, bottom, marks }) => {
    const x = round(centres[column]!);
    const connection = top === bottom ? '' : `<line x1="${x}" y1="${y(top)}" x2="${x}" y2="${y(bottom)}"/>`;
    return `<g>${connection}${marks.map(([wire, mark]) => drawn(mark, x, y(wire))).join('')}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="circuit" viewBox="0 0 ${round(width)} ${height}" width="${round(width)}" height="${height}" role="img" font-family="ui-monospace, Menlo, monospace" font-size="12" fill="currentColor" stroke-width="1.2">`,
    `<title>Quantum circuit on ${wires} qubit${wires === 1 ? '' : 's'}, ${circuit.gates.length} gates</title>`,
    // Within a page, styles of a drawing hold for the whole page.
    '<style>.circuit :is(line, rect, path) { stroke: currentColor; fill: none } .circuit .box { fill: Canvas }</style>',
    ...wireLines,
    ...gates,
    '</svg>',
    '',
  ].join('\n');
}

function widthOf(mark: Mark): number {
  return mark.kind === 'box' ? Math.max(28, mark.text.length * letter + 12) : 18;
}

function drawn(mark: Mark, x: number, y: number): string {
  if (mark.kind === 'box') {
    const width = round(widthOf(mark));
    return (
      `<rect class="box" x="${round(x - width / 2)}" y="${y - boxHeight / 2}" width="${width}" height="${boxHeight}" rx="4"/>` +
      `<text x="${x}" y="${y + 4}" text-anchor="middle">${escaped(mark.text)}</text>`
    );
  }
  if (mark.kind === 'control') return `<circle cx="${x}" cy="${y}" r="4"/>`;
  return `<path d="M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x - 6} ${y + 6}L${x + 6} ${y - 6}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
