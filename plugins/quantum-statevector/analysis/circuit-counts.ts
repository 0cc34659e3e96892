import { factorsOf } from '../angle.js';
import type { Circuit, Gate } from '../circuit.js';
import { definitionOf } from '../gates/gates.js';
import { angleSources } from './angle-sources.js';

/** Sizes of a circuit. */
export interface CircuitCounts {
  readonly qubits: number;
  readonly inputs: number;
  readonly weights: number;
  readonly gates: number;
  /** Gates on two wires, and on more. */
  readonly twoQubitGates: number;
  readonly widerGates: number;
  /** Most gates one after another: gates on different wires count as simultaneous. */
  readonly depth: number;
  /** Angles that read inputs. */
  readonly encodings: number;
  /**
   * Floating-point operations of one simulation of one sample, gate by gate: per amplitude 2 for each real or imaginary entry of a
   * row of the matrix, 6 for each other one, 0 for 1, -1, i and -i, and 2 for each addition. RX, RY and RZ take 6 per amplitude, Rot
   * 14, CNOT and CZ none. The forward pass and the gradients together take about four times as many.
   */
  readonly simulationFlops: number;
}

export function circuitCounts(circuit: Circuit): CircuitCounts {
  const ends = Array<number>(circuit.wires).fill(0);
  for (const { wires } of circuit.gates) {
    const end = 1 + Math.max(...wires.map((wire) => ends[wire]!));
    for (const wire of wires) ends[wire] = end;
  }
  const ofWidth = (test: (width: number) => boolean): number =>
    circuit.gates.filter(({ wires }) => test(wires.length)).length;
  return {
    qubits: circuit.wires,
    inputs: circuit.inputs,
    weights: circuit.weights,
    gates: circuit.gates.length,
    twoQubitGates: ofWidth((width) => width === 2),
    widerGates: ofWidth((width) => width > 2),
    depth: Math.max(...ends),
    encodings: circuit.gates.flatMap(({ angles }) => angles).filter((angle) => angleSources(angle).inputs.length > 0)
      .length,
    simulationFlops: 2 ** circuit.wires * circuit.gates.reduce((sum, item) => sum + flopsPerAmplitude(item), 0),
  };
}

/** Mean over the rows of the gate's matrix, at angles where no entry vanishes by accident. */
function flopsPerAmplitude(item: Gate): number {
  const angles = item.angles.map((angle, k) => {
    const [factor, variables] = factorsOf(angle);
    return variables.length === 0 ? factor : 0.7 + k / 3;
  });
  const { size, re, im } = definitionOf(item).matrix(angles);
  let flops = 0;
  for (let row = 0; row < size; row++) {
    let entries = 0;
    for (let column = 0; column < size; column++) {
      const [a, b] = [Math.abs(re[row * size + column]!), Math.abs(im[row * size + column]!)];
      if (a < tiny && b < tiny) continue;
      entries++;
      if (a > tiny && b > tiny) flops += 6;
      else if (Math.abs(a + b - 1) > tiny) flops += 2;
    }
    flops += 2 * (entries - 1);
  }
  return flops / size;
}

const tiny = 1e-12;
