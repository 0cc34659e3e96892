import { ensureChecked } from '../check-circuit.js';
import type { Circuit } from '../circuit.js';
import { readingOf, startsOf, type Mark } from './labels.js';
import { placeGates } from './place-gates.js';

export interface DrawTextOptions {
  /** Characters per line; longer circuits go on in further rows. Default 100. */
  readonly width?: number;
}

/**
 * Draws a circuit with one line per wire, wire 0 on top, and lines between them for gates of several wires.
 * @throws HqnasError `invalid-circuit`
 */
export function drawText(circuit: Circuit, { width = 100 }: DrawTextOptions = {}): string {
  ensureChecked(circuit);
  const { wires, gates, measurement, initial } = circuit;
  const { placed, columns } = placeGates(gates, wires);
  // Rows 0, 2, 4 ... are wires, those between them carry connections.
  const rows = 2 * wires - 1;
  // A circuit without gates has wires nevertheless.
  const cells = Array.from({ length: Math.max(1, columns) }, () =>
    Array.from({ length: rows }, (_, row): string => (row % 2 === 0 ? '' : ' ')),
  );
  for (const { column, top, bottom, marks } of placed) {
    for (let row = 2 * top + 1; row < 2 * bottom; row++) cells[column]![row] = row % 2 === 0 ? '┼' : '│';
    for (const [wire, mark] of marks) cells[column]![2 * wire] = symbol(mark);
  }
  const blocks = cells.map((column) => {
    const widest = Math.max(...column.map((text) => text.length));
    return column.map((text, row) => (row % 2 === 0 ? `─${text.padEnd(widest, '─')}─` : ` ${text.padEnd(widest)} `));
  });
  const starts = startsOf(initial, wires);
  const digits = Math.max(...starts.map((text, wire) => `${wire}: ${text}`.length));
  const heads = Array.from({ length: rows }, (_, row) =>
    row % 2 === 0 ? `${row / 2}: ${starts[row / 2]!}`.padEnd(digits) : ' '.repeat(digits),
  );
  const readings = readingOf(measurement, wires);
  const lines: string[] = [];
  for (let first = 0, done = false; !done;) {
    let end = first;
    let length = digits;
    while (end < blocks.length && (end === first || length + blocks[end]![0]!.length <= width))
      length += blocks[end++]![0]!.length;
    done = end >= blocks.length;
    for (let row = 0; row < rows; row++) {
      const body = blocks
        .slice(first, end)
        .map((column) => column[row]!)
        .join('');
      const tail = done && row % 2 === 0 ? ` ${readings[row / 2]!}` : '';
      lines.push(`${heads[row]!}${body}${row % 2 === 0 && !done ? ' ...' : tail}`.trimEnd());
    }
    if (!done) lines.push('');
    first = end;
  }
  return lines.join('\n');
}

function symbol(mark: Mark): string {
  if (mark.kind === 'box') return mark.text;
  return mark.kind === 'control' ? '●' : '╳';
}
