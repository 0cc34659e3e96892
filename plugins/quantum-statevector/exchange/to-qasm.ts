import { HqnasError } from '../../../core/index.js';
import { angleValue, factorsOf, type Angle } from '../angle.js';
import { ensureChecked } from '../check-circuit.js';
import { gate, type Circuit, type Gate } from '../circuit.js';
import { initialState } from '../initial-state.js';
import { readoutsOf } from '../measurement.js';
import { checkValues } from '../statevector-reference.js';
import { prepareAmplitudes } from './prepare-amplitudes.js';
import { inQasmGates, qasmNames } from './qasm-gates.js';

export interface QasmOptions {
  /** Values of the inputs; left out, they become `input float[64] x_0;` and so on. */
  readonly inputs?: ArrayLike<number>;
  /** Values of the weights; left out, they become `input float[64] w_0;` and so on. */
  readonly weights?: ArrayLike<number>;
}

/**
 * Writes a circuit as OpenQASM 3. Qubit q[k] is wire k, so wire 0 comes first in the bit strings of readers that print q[0] first;
 * Qiskit prints it last. States agree in phase too, but for gates of your own. What is measured stands in a comment, and as `measure`
 * statements where that can be said; {@link fromQasm} reads both.
 * @throws HqnasError `not-exportable`, `invalid-circuit`, `invalid-circuit-values`
 */
export function toQasm(circuit: Circuit, options: QasmOptions = {}): string {
  ensureChecked(circuit);
  const { wires } = circuit;
  const { inputs, weights } = options;
  if (inputs !== undefined) checkValues('inputs', inputs, circuit.inputs);
  if (weights !== undefined) checkValues('weights', weights, circuit.weights);
  const gates = [...startGates(circuit, inputs), ...circuit.gates.flatMap((item, index) => exported(item, index))];
  const declared = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, k) => `input float[64] ${name}_${k};`);
  return [
    'OPENQASM 3.0;',
    'include "stdgates.inc";',
    `// measurement: ${JSON.stringify(circuit.measurement)}`,
    ...(inputs === undefined ? declared('x', circuit.inputs) : []),
    ...(weights === undefined ? declared('w', circuit.weights) : []),
    `qubit[${wires}] q;`,
    ...gates.map((item) => statement(item, options)),
    ...measureStatements(circuit),
    '',
  ].join('\n');
}

function exported(item: Gate, index: number): readonly Gate[] {
  const gates = inQasmGates(item);
  if (gates !== undefined) return gates;
  throw new HqnasError({
    code: 'not-exportable',
    where: `gates[${index}] (${item.gate})`,
    what: 'OpenQASM has no gate with this matrix',
    remedy: 'Define it as a sequence of known gates.',
  });
}

function startGates({ wires, initial }: Circuit, inputs: ArrayLike<number> | undefined): readonly Gate[] {
  if (initial === undefined) return [];
  if (initial.kind === 'basis') return initial.bits.flatMap((bit, wire) => (bit === 1 ? [gate('X', [wire])] : []));
  if (inputs === undefined) {
    throw new HqnasError({
      code: 'not-exportable',
      where: 'initial',
      what: 'OpenQASM has no amplitudes as inputs',
      remedy: 'Give values of the inputs: the state of these is prepared.',
    });
  }
  return prepareAmplitudes(initialState(wires, initial, inputs).re);
}

function statement({ gate: name, wires, angles }: Gate, options: QasmOptions): string {
  const list = angles.length === 0 ? '' : `(${angles.map((angle) => expression(angle, options)).join(', ')})`;
  return `${qasmNames[name]!}${list} ${wires.map((wire) => `q[${wire}]`).join(', ')};`;
}

/** Numbers are written so that reading them gives the same float64. */
function expression(angle: Angle, { inputs, weights }: QasmOptions): string {
  const [factor, variables] = factorsOf(angle);
  const given = { input: inputs, weight: weights };
  const bound = variables.filter(({ source }) => given[source] !== undefined);
  const open = variables.filter(({ source }) => given[source] === undefined);
  const value = angleValue({ source: 'product', factor, of: bound }, inputs ?? [], weights ?? []);
  const names = open.map(({ source, index }) => `${source === 'input' ? 'x' : 'w'}_${index}`);
  return names.length > 0 && value === 1 ? names.join(' * ') : [String(value), ...names].join(' * ');
}

/** Measurements of Z of each wire once; others stand in the comment alone. */
function measureStatements({ measurement, wires }: Circuit): readonly string[] {
  const parts = readoutsOf(measurement);
  if (parts.some(({ kind }) => kind === 'expectation-x' || kind === 'expectation-y')) return [];
  const read = [...new Set(parts.flatMap((part) => part.wires))].sort((a, b) => a - b);
  return [`bit[${wires}] c;`, ...read.map((wire) => `c[${wire}] = measure q[${wire}];`)];
}
