import { HqnasError, didYouMean } from '../../core/index.js';
import { factorsOf, type Angle } from './angle.js';
import { checkForm } from './gates/check-form.js';
import type { Gate } from './gates/gate-form.js';
import { definitionOf, gateNames } from './gates/gates.js';
import type { InitialState } from './initial-state.js';
import { readoutsOf, type Measurement, type Readout } from './measurement.js';

const checked = new WeakSet<CircuitParts>();

/**
 * Checks a circuit unless it was checked before: circuits written as literals are checked when they are first used.
 * @throws HqnasError `invalid-circuit`, naming the place
 */
export function ensureChecked(circuit: CircuitParts): void {
  if (checked.has(circuit)) return;
  checkCircuit(circuit);
  checked.add(circuit);
}

interface CircuitParts {
  readonly wires: number;
  readonly inputs: number;
  readonly weights: number;
  readonly initial?: InitialState;
  readonly gates: readonly Gate[];
  readonly measurement: Measurement;
}

/**
 * Checks that the parts of a circuit fit together. The types hold already; numbers, names and wires may be anything.
 * @throws HqnasError `invalid-circuit`, naming the place
 */
export function checkCircuit(circuit: CircuitParts): void {
  const { wires, inputs, weights } = circuit;
  if (!Number.isInteger(wires) || wires < 1 || wires > 30) {
    fail('wires', 'a circuit has a whole number of wires', String(wires), '1 to 30');
  }
  for (const [name, count] of Object.entries({ inputs, weights })) {
    if (!Number.isInteger(count) || count < 0) fail(name, 'this is not a number of values', String(count));
  }
  if (circuit.initial !== undefined) checkInitial(circuit, circuit.initial);
  circuit.gates.forEach((gate, index) => {
    checkGate(circuit, gate, `gates[${index}]`);
  });
  checkMeasurement(circuit.measurement, wires);
}

function checkInitial({ wires, inputs }: CircuitParts, initial: InitialState): void {
  if (initial.kind === 'basis') {
    const { bits } = initial;
    if (bits.length !== wires || bits.some((bit) => bit !== 0 && bit !== 1)) {
      fail('initial.bits', 'a basis state has one bit per wire', JSON.stringify(bits), `${wires} times 0 or 1`);
    }
    return;
  }
  const { features, padding } = initial;
  const most = Math.min(inputs, 2 ** wires);
  if (!Number.isInteger(features) || features < 1 || features > most) {
    fail('initial.features', 'there are not that many amplitudes or inputs', String(features), `1 to ${most}`);
  }
  if (!Number.isFinite(padding)) fail('initial.padding', 'the padding must be a finite number', String(padding));
}

/** Checks one gate within a circuit, or within a sequence, whose inputs are its angles. */
export function checkGate(
  circuit: Pick<CircuitParts, 'wires' | 'inputs' | 'weights'>,
  gate: Gate,
  where: string,
): void {
  if (gate.definition !== undefined) {
    checkForm(gate.definition, `${where}.definition`, checkGate);
  } else if (!gateNames.includes(gate.gate)) {
    fail(`${where}.gate`, 'there is no such gate', gate.gate, undefined, didYouMean(gate.gate, gateNames));
  }
  if (gate.wires.length === 0) fail(`${where}.wires`, 'a gate acts on at least one wire', '[]');
  const { wires, angles } = definitionOf(gate);
  if (gate.wires.length !== wires) {
    fail(`${where}.wires`, `${gate.gate} acts on ${wires} wire(s)`, JSON.stringify(gate.wires));
  }
  if (gate.angles.length !== angles) {
    fail(`${where}.angles`, `${gate.gate} takes ${angles} angle(s)`, String(gate.angles.length));
  }
  checkWires(gate.wires, circuit.wires, `${where}.wires`);
  gate.angles.forEach((angle, k) => {
    checkAngle(circuit, angle, `${where}.angles[${k}]`);
  });
}

function checkAngle(circuit: Pick<CircuitParts, 'inputs' | 'weights'>, angle: Angle, where: string): void {
  if (!sources.includes((angle as Partial<Angle> | undefined)?.source)) {
    fail(where, 'this is no angle', JSON.stringify(angle), 'constant(0.1), input(0), weight(0) or a product of them');
  }
  const [factor, variables] = factorsOf(angle);
  if (!Number.isFinite(factor)) fail(where, 'an angle must be a finite number', String(factor));
  for (const { source, index } of variables) {
    const count = source === 'input' ? circuit.inputs : circuit.weights;
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      fail(where, `the circuit has ${count} ${source}(s)`, `${source} ${index}`);
    }
  }
}

// Includes what is not one of them.
const sources: readonly unknown[] = ['constant', 'input', 'weight', 'product'] satisfies Angle['source'][];
const kinds: readonly unknown[] = [
  'expectation-x',
  'expectation-y',
  'expectation-z',
  'expectation-product',
  'probabilities',
] satisfies Readout['kind'][];

function checkMeasurement(measurement: Measurement, wires: number): void {
  const readouts = readoutsOf(measurement);
  if (readouts.length === 0) fail('measurement', 'nothing is measured', '[]');
  readouts.forEach((readout, index) => {
    const where = measurement.kind === 'mixture' ? `measurement.parts[${index}]` : 'measurement';
    if (!kinds.includes(readout.kind))
      fail(`${where}.kind`, 'there is no such readout', readout.kind, kinds.join(', '));
    if (readout.wires.length === 0) fail(where, 'nothing is measured', '[]');
    checkWires(readout.wires, wires, `${where}.wires`);
  });
}

function checkWires(wires: readonly number[], count: number, where: string): void {
  if (!Array.isArray(wires)) fail(where, 'wires are a list', JSON.stringify(wires), '[0]');
  const known = wires.every((wire) => Number.isInteger(wire) && wire >= 0 && wire < count);
  if (!known) fail(where, `wires are numbered 0 to ${count - 1}`, JSON.stringify(wires));
  if (new Set(wires).size !== wires.length) fail(where, 'a wire is listed twice', JSON.stringify(wires));
}

function fail(where: string, what: string, got: string, expected?: string, remedy?: string): never {
  throw new HqnasError({ code: 'invalid-circuit', where, what, got, expected, remedy });
}
