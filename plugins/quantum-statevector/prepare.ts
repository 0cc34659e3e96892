import type { HostAddresses, MemoryViews } from '../../compiler/index.js';
import type { AngleSum } from './angle-sum.js';
import { wireMask } from './boundary.js';
import {
  amplitudeBytes,
  areaBytes,
  areasOf,
  pairCount,
  parityIndex,
  rotationIndex,
  slotBytes,
  startIndex,
  termBytes,
  type Areas,
  type CircuitPlan,
} from './layout.js';

/** Where the numbers lie that the tables of a circuit follow from. */
export type TableAddresses = Pick<HostAddresses, 'workspace' | 'parameters' | 'parameterGradients' | 'capacity'>;

/** Fills what follows from the circuit alone, and clears the sums of the backward pass. */
export function initializeLayers(memory: MemoryViews, at: TableAddresses, plan: CircuitPlan, element: 4 | 8): void {
  const areas = areasOf(at.workspace);
  const { i32, f32 } = memory;
  [...plan.form.layers.map(({ permutation }) => permutation), plan.form.relabelling].forEach((permutation, layer) => {
    for (const area of [areas.permutations, areas.basePermutations]) {
      i32.set(
        permutation.map((target) => target * plan.width * amplitudeBytes),
        area / 4 + layer * plan.states,
      );
    }
  });
  plan.measuredRows.forEach((rows, readout) => {
    i32.set(rows, areas.measuredRows / 4 + readout * plan.states);
  });
  const sizes = areaBytes(plan, at.capacity, element);
  for (const name of ['rotationGradients', 'startGradients', 'phaseGradients'] as const) {
    f32.fill(0, areas[name] / 4, (areas[name] + sizes[name]) / 4);
  }
  fillSlots(memory, at, areas, plan, element);
  fillMasks(memory, areas, plan);
  markStale(memory, at);
}

/** The next forward pass makes the tables anew. */
export function markStale({ i32 }: MemoryViews, at: Pick<HostAddresses, 'workspace'>): void {
  i32[areasOf(at.workspace).stale / 4] = 1;
}

/** Constant parts of all slots, and the terms that weights add to them. */
function fillSlots(
  { i32, f64 }: MemoryViews,
  at: TableAddresses,
  areas: Areas,
  plan: CircuitPlan,
  element: 4 | 8,
): void {
  f64.fill(0, areas.slotConstants / 8, areas.slotConstants / 8 + slotTotalNumbers(plan));
  const [weights, gradients] = [at.parameters[0] ?? 0, at.parameterGradients[0] ?? 0];
  let term = areas.terms;
  const addConstant = (slot: number, lane: number, value: number): void => {
    f64[(areas.slotConstants + slot * slotBytes) / 8 + lane]! += value;
  };
  const addTerm = (slot: number, lane: number, weight: number, factor: number): void => {
    i32[term / 4] = weights + weight * element;
    i32[term / 4 + 1] = areas.slots + slot * slotBytes;
    i32[term / 4 + 2] = gradients + weight * element;
    f64[term / 8 + 2] = lane === 0 ? factor : 0;
    f64[term / 8 + 3] = lane === 1 ? factor : 0;
    term += termBytes;
  };
  const addAngle = (slot: number, lane: number, angle: AngleSum, by: number): void => {
    addConstant(slot, lane, by * angle.constant);
    for (const { index, factor } of angle.weights) addTerm(slot, lane, index, by * factor);
  };
  plan.form.layers.forEach(({ diagonal, rotations }, layer) => {
    const [pair, lane] = [layer >> 1, layer & 1];
    diagonal.constants.forEach((value, mask) => {
      addConstant(parityIndex(plan, pair, mask), lane, value);
    });
    for (const { mask, weight, factor } of diagonal.terms) {
      addTerm(parityIndex(plan, pair, mask), lane, weight, -factor / 2);
    }
    if (plan.turns[layer] !== 'tangent') return;
    rotations.forEach((angle, wire) => {
      if (angle !== undefined) addAngle(rotationIndex(plan, pair, wire), lane, angle, 0.5);
    });
  });
  for (const { axis, angle, index } of plan.starts.flat()) {
    addAngle(startIndex(plan, index >> 1), index & 1, angle, axis === 'Y' ? 0.5 : 1);
  }
}

function slotTotalNumbers(plan: CircuitPlan): number {
  return startIndex(plan, Math.ceil(plan.startCount / 2)) * (slotBytes / 8);
}

/** Masks of wires as 64-bit integers, and what the diagonals are multiplied by. */
function fillMasks({ i32, f64 }: MemoryViews, areas: Areas, plan: CircuitPlan): void {
  const { wires } = plan.circuit;
  const setMask = (entry: number, lane: number, mask: number): void => {
    i32[(areas.wireMasks + entry * slotBytes) / 4 + 2 * lane] = mask;
    i32[(areas.wireMasks + entry * slotBytes) / 4 + 2 * lane + 1] = 0;
  };
  for (let wire = 0; wire < wires; wire++) for (const lane of [0, 1]) setMask(wire, lane, wireMask(wire, wires));
  f64.fill(1, areas.scales / 8, areas.scales / 8 + 2 * pairCount(plan));
  plan.form.layers.forEach(({ masks, rotations }, layer) => {
    masks.forEach((mask, wire) => {
      setMask(wires * (1 + (layer >> 1)) + wire, layer & 1, mask);
    });
    // cos(pi/4) for each wire.
    const turned = plan.turns[layer] === 'quarter' ? rotations.filter((angle) => angle !== undefined).length : 0;
    f64[areas.scales / 8 + layer] = turned % 2 === 0 ? 2 ** (-turned / 2) : Math.SQRT1_2 * 2 ** (-(turned - 1) / 2);
  });
  const turn = areas.scales / 8 + 2 * pairCount(plan);
  f64.set([-Math.PI / 2, 0, 0, -Math.PI / 2], turn);
}
