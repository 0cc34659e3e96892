import type { Gate } from '../circuit.js';
import { marksOf, type Mark } from './labels.js';

/** A gate in its column. */
export interface PlacedGate {
  readonly column: number;
  readonly top: number;
  readonly bottom: number;
  /** Wire and what stands on it, from top to bottom. */
  readonly marks: readonly (readonly [wire: number, mark: Mark])[];
}

/** Puts every gate into the first column after those that share a wire with its span, so that connections cross no gate. */
export function placeGates(
  gates: readonly Gate[],
  wires: number,
): { readonly placed: readonly PlacedGate[]; readonly columns: number } {
  const next = Array<number>(wires).fill(0);
  const placed = gates.map((item): PlacedGate => {
    const [top, bottom] = [Math.min(...item.wires), Math.max(...item.wires)];
    const span = Array.from({ length: bottom - top + 1 }, (_, k) => top + k);
    const column = Math.max(...span.map((wire) => next[wire]!));
    for (const wire of span) next[wire] = column + 1;
    const marks = marksOf(item).map((mark, k) => [item.wires[k]!, mark] as const);
    return { column, top, bottom, marks: marks.sort(([a], [b]) => a - b) };
  });
  return { placed, columns: Math.max(...next) };
}
