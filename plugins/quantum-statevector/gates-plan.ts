import type { Variable } from './angle.js';
import { factorsOf } from './angle.js';
import { withinPeriod } from './angle-sum.js';
import type { Circuit } from './circuit.js';
import { elementaryGates, type ElementaryGate } from './elementary-gates.js';
import { amplitudeBytes, vectorBytes } from './layout.js';
import { probabilityRow } from './measurement.js';
import { readoutRows, type ReadoutRows } from './readout-rows.js';

/** A gate with the place of the cos and sin of its angle. */
export interface PlannedGate extends ElementaryGate {
  /** factor of the angle's product, times the gate's frequency; then its variables. */
  readonly factor: number;
  readonly variables: readonly Variable[];
  /** Among the angles that all samples share, or among those that each sample has for itself. */
  readonly place: { readonly shared: boolean; readonly index: number } | undefined;
  /** Number of its table of groups. */
  readonly table: number;
}

/** What can be said of a circuit that runs gate by gate before memory and weights are known. */
export interface GatesPlan {
  readonly circuit: Circuit;
  readonly states: number;
  readonly gates: readonly PlannedGate[];
  readonly sharedCount: number;
  readonly ownCount: number;
  /** Per set of bits: the basis states with zeros there, in order. */
  readonly tables: readonly Int32Array[];
  readonly readout: ReadoutRows;
  readonly measuredRows: readonly Int32Array[];
}

export type GatesAreaName =
  | 'stale'
  | 'tables'
  | 'measuredRows'
  | 'sharedAngles'
  | 'ownAngles'
  | 'states'
  | 'psi'
  | 'lambda'
  | 'tree'
  | 'weightGradients';

const plans = new WeakMap<Circuit, GatesPlan>();

export function planGates(circuit: Circuit): GatesPlan {
  const known = plans.get(circuit);
  if (known !== undefined) return known;
  const states = 2 ** circuit.wires;
  const tables = new Map<number, { readonly index: number; readonly groups: Int32Array }>();
  let sharedCount = 0;
  let ownCount = 0;
  const gates = elementaryGates(circuit).map((gate): PlannedGate => {
    const touched = gate.masks.reduce((all, mask) => all | mask, 0);
    const table = tables.get(touched) ?? { index: tables.size, groups: groupsOf(touched, states) };
    tables.set(touched, table);
    const [factor, variables] = gate.angle === undefined ? [0, []] : factorsOf(gate.angle);
    const shared = variables.every(({ source }) => source === 'weight');
    const place = gate.angle && { shared, index: shared ? sharedCount++ : ownCount++ };
    const whole = factor * gate.frequency;
    return {
      ...gate,
      // cos and sin have the period 2 pi, whatever the gate's frequency.
      factor: variables.length === 0 ? withinPeriod(2 * whole) / 2 : whole,
      variables,
      place,
      table: table.index,
    };
  });
  const readout = readoutRows(circuit.measurement, circuit.wires);
  const plan: GatesPlan = {
    circuit,
    states,
    gates,
    sharedCount,
    ownCount,
    tables: [...tables.values()].map(({ groups }) => groups),
    readout,
    measuredRows: readout.probabilities.map(({ first, wires }) =>
      Int32Array.from({ length: states }, (_, state) => first + probabilityRow(state, wires, circuit.wires)),
    ),
  };
  plans.set(circuit, plan);
  return plan;
}

function groupsOf(touched: number, states: number): Int32Array {
  const groups: number[] = [];
  for (let state = 0; state < states; state++) if ((state & touched) === 0) groups.push(state);
  return Int32Array.from(groups);
}

/** Bytes of every area, for `capacity` samples of `element` bytes a number. */
export function gatesAreaBytes(plan: GatesPlan, capacity: number, element: number): Record<GatesAreaName, number> {
  const { circuit, states, sharedCount, ownCount, tables, measuredRows } = plan;
  const blocks = Math.ceil(capacity / (vectorBytes / element));
  return {
    // An integer: 1 after the weights changed.
    stale: 4,
    // Per table the byte offset of each group's first amplitude.
    tables: tables.reduce((sum, groups) => sum + groups.length * 4, 0),
    measuredRows: measuredRows.length * states * 4,
    // cos and sin vectors of the angles without inputs; of those with inputs, per block.
    sharedAngles: sharedCount * 2 * vectorBytes,
    ownAngles: blocks * ownCount * 2 * vectorBytes,
    // The state before the measurement, per block.
    states: blocks * states * amplitudeBytes,
    // What the backward sweep turns back.
    psi: states * amplitudeBytes,
    lambda: states * amplitudeBytes,
    // Sums of probabilities, then cotangents; as in the layered kernels.
    tree: 2 * states * vectorBytes,
    // Sums over blocks, a vector for each weight.
    weightGradients: circuit.weights * vectorBytes,
  };
}

/** Index of the first entry of each table in their area. */
export function tableStart({ tables }: GatesPlan, table: number): number {
  return tables.slice(0, table).reduce((sum, groups) => sum + groups.length, 0);
}
