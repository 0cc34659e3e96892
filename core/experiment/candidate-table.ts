import { objectivesOf } from './objectives.js';
import type { CandidateEntry, Entry } from './ledger.js';
import { headerOf } from './memory-ledger.js';
import { towards, type Objective } from '../training/objective.js';

export type CellType = 'text' | 'whole' | 'real' | 'truth';
type Cell = string | number | boolean | undefined;

/** One column of a table; `undefined` where a row has no value. */
export interface Column {
  readonly name: string;
  readonly type: CellType;
  readonly values: readonly Cell[];
}

const fixed: readonly (readonly [
  name: string,
  type: CellType,
  of: (entry: CandidateEntry, objective: Objective) => Cell,
])[] = [
  ['candidate', 'whole', ({ index }) => index],
  ['dna', 'text', ({ dna }) => dna],
  ['identity', 'text', ({ identity }) => identity],
  ['by', 'text', ({ origin, outcome }) => origin?.by ?? (outcome.ok ? undefined : outcome.reason.by)],
  ['parents', 'text', ({ origin }) => origin?.parents.join(' ')],
  ['ok', 'truth', ({ outcome }) => outcome.ok],
  ['score', 'real', ({ outcome }, objective) => (outcome.ok ? towards(objective, outcome.score) : undefined)],
  ['reused_from', 'whole', ({ outcome }) => (outcome.ok ? outcome.reusedFrom : undefined)],
  ['fidelity', 'real', ({ fidelity, genome }) => (genome === undefined ? undefined : (fidelity ?? 1))],
  ['failed_in', 'text', ({ outcome }) => (outcome.ok ? undefined : outcome.reason.stage)],
  ['failure', 'text', ({ outcome }) => (outcome.ok ? undefined : outcome.reason.code)],
  ['message', 'text', ({ outcome }) => (outcome.ok ? undefined : outcome.reason.message)],
  ['parameters', 'whole', ({ outcome }) => (outcome.ok ? outcome.counts.parameters : undefined)],
  ['layers', 'whole', ({ outcome }) => (outcome.ok ? outcome.counts.layers : undefined)],
  ['quantum_layers', 'whole', ({ outcome }) => (outcome.ok ? outcome.counts.quantumLayers : undefined)],
  ['qubits', 'whole', ({ outcome }) => (outcome.ok ? outcome.counts.qubits : undefined)],
  ['steps', 'whole', ({ outcome }) => (outcome.ok ? outcome.steps : undefined)],
  ['episodes', 'whole', ({ outcome }) => (outcome.ok ? outcome.episodes : undefined)],
  ['seconds', 'real', ({ run }) => run.seconds],
  ['time', 'text', ({ run }) => run.time],
];

/** A history's candidates as a table: one row each, in order; metrics come last, by their ids. */
export async function candidateTable(entries: AsyncIterable<Entry> | Iterable<Entry>): Promise<readonly Column[]> {
  const columns = fixed.map(([name, type]) => ({ name, type, values: [] as Cell[] }));
  const metrics = new Map<string, Cell[]>();
  let objective: Objective | undefined;
  let rows = 0;
  for await (const entry of entries) {
    if (entry.type === 'started') objective = objectivesOf(headerOf(entry))[0];
    if (entry.type !== 'candidate') continue;
    fixed.forEach(([, , of], i) => columns[i]!.values.push(of(entry, objective!)));
    for (const [id, value] of Object.entries(entry.outcome.ok ? entry.outcome.metrics : {})) {
      const values = metrics.get(id) ?? [];
      values[rows] = value;
      metrics.set(id, values);
    }
    rows++;
  }
  const measured = [...metrics].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...columns,
    ...measured.map(([name, values]): Column => ({
      name,
      type: 'real',
      values: Array.from({ length: rows }, (_, i) => values[i]),
    })),
  ];
}

/** The table as CSV (RFC 4180, lines end with \n): a header, then one line per row. */
export function* csvLines(columns: readonly Column[]): Iterable<string> {
  yield columns.map(({ name }) => csvField(name)).join(',');
  const rows = columns[0]?.values.length ?? 0;
  for (let row = 0; row < rows; row++) yield columns.map(({ values }) => csvField(values[row])).join(',');
}

function csvField(value: Cell): string {
  const text = value === undefined ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
