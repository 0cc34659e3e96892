import { didYouMean, isHqnasError } from '../../../core/index.js';
import { input, product, weight, type Angle } from '../angle.js';
import { checkGate } from '../check-circuit.js';
import { allWires, defineCircuit, type Circuit, type Gate } from '../circuit.js';
import { JsonValue } from '../circuit-file/json-value.js';
import { readMeasurement } from '../circuit-file/read-measurement.js';
import type { GateForm } from '../gates/gate-form.js';
import { expectationZ, type Measurement } from '../measurement.js';
import { readQasmAngle } from './qasm-angle.js';
import { QasmCursor } from './qasm-cursor.js';
import { gatesByQasmName, inverseOf, standardDefinitions } from './qasm-names.js';
import { qasmError, qasmTokens, type QasmToken } from './qasm-tokens.js';

/**
 * Reads the part of OpenQASM 3 that {@link toQasm} and Qiskit's exporter write: one register of qubits, `input` angles, the gates of
 * stdgates.inc and `U` with angles that are numbers times inputs, definitions of gates by such gates, `inv @`, `barrier`, and
 * measurements at the end. Inputs called w, or w and digits, become weights, all others inputs, in order of declaration. Global phases
 * (`gphase`, and that of `U`) are left out. Without a measurement comment, <Z> of the measured qubits is read, or of all.
 * @throws HqnasError `invalid-qasm`, naming line and column
 */
export function fromQasm(text: string): Circuit {
  return new QasmReader(text).circuit();
}

/** What names mean where gates stand: in the program, or in the definition of a gate. */
interface Scope {
  readonly variables: Map<string, Angle>;
  /** Wires that an operand stands for. */
  readonly operand: () => readonly number[];
  readonly gates: Gate[];
  /** Numbers of wires, inputs and weights. */
  readonly counts: () => { readonly wires: number; readonly inputs: number; readonly weights: number };
}

/** Most qubits of a circuit. */
const mostQubits = 30;

/** Most gates of one definition, those of the definitions in it written out. */
const mostGates = 10_000;

/** Statements that are known and not read. */
const unread = new Set(
  'if else for while switch reset let const int uint float angle bool complex array def defcal cal extern box delay ctrl negctrl pow output return end creg qreg opaque'.split(
    ' ',
  ),
);

class QasmReader {
  readonly #cursor: QasmCursor;
  #register: { readonly name: string; readonly size: number } | undefined;
  readonly #definitions = new Map<string, GateForm>(standardDefinitions);
  readonly #measured: number[] = [];
  /** The measurement that a comment tells. */
  readonly #noted: { readonly token: QasmToken; readonly measurement: unknown } | undefined;
  readonly #program: Scope;
  #inputs = 0;
  #weights = 0;

  constructor(text: string) {
    const tokens = qasmTokens(text);
    this.#cursor = new QasmCursor(tokens.filter(({ type }) => type !== 'comment'));
    this.#program = {
      variables: new Map(),
      operand: () => this.#operand(),
      gates: [],
      counts: () => ({ wires: this.#register?.size ?? 0, inputs: this.#inputs, weights: this.#weights }),
    };
    const token = tokens.find(({ type, text: comment }) => type === 'comment' && /^\/\/ measurement: /.test(comment));
    if (token === undefined) return;
    try {
      this.#noted = { token, measurement: JSON.parse(token.text.slice('// measurement: '.length)) };
    } catch {
      throw qasmError(token, 'the measurement is not JSON');
    }
  }

  circuit(): Circuit {
    while (this.#cursor.peek().type !== 'end') this.#statement();
    if (this.#register === undefined) throw qasmError(this.#cursor.peek(), 'there are no qubits', 'qubit[n] q;');
    return defineCircuit({
      ...this.#program.counts(),
      gates: this.#program.gates,
      measurement: this.#measurement(this.#register.size),
    });
  }

  #measurement(wires: number): Measurement {
    const noted = this.#noted;
    if (noted === undefined) return expectationZ(this.#measured.length > 0 ? this.#measured : allWires(wires));
    return atToken(noted.token, () =>
      readMeasurement(new JsonValue(noted.measurement, 'measurement'), new JsonValue(undefined), wires),
    );
  }

  #statement(): void {
    const cursor = this.#cursor;
    const start = cursor.take();
    switch (start.text) {
      case 'OPENQASM': {
        const version = cursor.take();
        if (!/^3(\.\d+)?$/.test(version.text)) throw qasmError(version, 'this version cannot be read', '3.0');
        break;
      }
      case 'include':
        cursor.take();
        break;
      case 'input':
        this.#input();
        break;
      case 'qubit':
        this.#qubits(start);
        break;
      case 'bit':
        this.#size();
        cursor.take();
        break;
      case 'gate':
        this.#definition(start);
        return;
      case 'measure':
        this.#measure();
        if (cursor.accept('->')) this.#bits();
        break;
      default:
        if (start.type === 'name' && /^[[=]$/.test(cursor.peek().text)) this.#assignment();
        else this.#gateStatement(start, this.#program);
    }
    cursor.expect(';');
  }

  #input(): void {
    const type = this.#cursor.take();
    if (!/^(float|angle)$/.test(type.text)) throw qasmError(type, 'inputs are angles', '"float" or "angle"');
    this.#size();
    const { variables } = this.#program;
    const name = this.#cursor.takeName('an input', (taken) => variables.has(taken));
    variables.set(name, /^w(_?\d+)?$/.test(name) ? weight(this.#weights++) : input(this.#inputs++));
  }

  #qubits(start: QasmToken): void {
    if (this.#register !== undefined) throw qasmError(start, 'only one register of qubits can be read');
    const at = this.#cursor.peek();
    const size = this.#size() ?? 1;
    if (size < 1 || size > mostQubits) throw qasmError(at, 'this is no number of qubits', `1 to ${mostQubits}`);
    this.#register = { name: this.#cursor.takeName('a register', () => false), size };
  }

  /** `gate name(angle, ...) qubit, ... { gates }` becomes a gate with a definition of its own. */
  #definition(start: QasmToken): void {
    const cursor = this.#cursor;
    const name = cursor.takeName('a gate', (taken) => gatesByQasmName.has(taken) || this.#definitions.has(taken));
    const variables = new Map<string, Angle>();
    if (cursor.accept('(') && !cursor.accept(')')) {
      cursor.list(() =>
        variables.set(
          cursor.takeName('an angle', (taken) => variables.has(taken)),
          input(variables.size),
        ),
      );
      cursor.expect(')');
    }
    const qubits: string[] = [];
    cursor.list(() => qubits.push(cursor.takeName('a qubit', (taken) => qubits.includes(taken))));
    const counts = { wires: qubits.length, inputs: variables.size, weights: 0 };
    const operand = (): readonly number[] => {
      const token = cursor.take();
      const wire = qubits.indexOf(token.text);
      if (wire < 0) throw qasmError(token, 'the gate has no such qubit', qubits.join(', '));
      return [wire];
    };
    const scope: Scope = { variables, operand, gates: [], counts: () => counts };
    cursor.expect('{');
    while (!cursor.accept('}')) {
      this.#gateStatement(cursor.take(), scope);
      cursor.expect(';');
    }
    const form = { form: 'sequence', wires: counts.wires, angles: counts.inputs, gates: scope.gates } as const;
    if (sizeOf(form) > mostGates) throw qasmError(start, 'this gate stands for too many gates', `at most ${mostGates}`);
    this.#definitions.set(name, form);
  }

  /** `[8]`; undefined where there is none. */
  #size(): number | undefined {
    if (!this.#cursor.accept('[')) return undefined;
    const token = this.#cursor.take();
    const size = Number(token.text);
    if (token.type !== 'number' || !Number.isInteger(size)) throw qasmError(token, 'this is no size', 'a whole number');
    this.#cursor.expect(']');
    return size;
  }

  /** `c = measure q` and `c[0] = measure q[0]`; the bits' name has been taken. */
  #assignment(): void {
    this.#size();
    this.#cursor.expect('=');
    this.#cursor.expect('measure');
    this.#measure();
  }

  #measure(): void {
    const start = this.#cursor.peek();
    const wires = this.#operand();
    if (wires.some((wire) => this.#measured.includes(wire))) throw qasmError(start, 'this qubit has been measured');
    this.#measured.push(...wires);
  }

  #bits(): void {
    this.#cursor.take();
    this.#size();
  }

  /** Qubits of `q` or `q[3]`. */
  #operand(): readonly number[] {
    const token = this.#cursor.take();
    const register = this.#register;
    if (register?.name !== token.text) throw qasmError(token, 'there is no such register of qubits', register?.name);
    const at = this.#cursor.peek();
    const index = this.#size();
    if (index === undefined) return allWires(register.size);
    if (index >= register.size)
      throw qasmError(at, 'there is no such qubit', `${register.name}[0] to [${register.size - 1}]`);
    return [index];
  }

  /** A gate, perhaps inverted; a barrier; a global phase. */
  #gateStatement(start: QasmToken, scope: Scope): void {
    const cursor = this.#cursor;
    if (start.text === 'barrier') {
      while (cursor.peek().text !== ';' && cursor.peek().type !== 'end') cursor.take();
    } else if (start.text === 'gphase') {
      cursor.expect('(');
      readQasmAngle(cursor, scope.variables);
      cursor.expect(')');
    } else if (start.text === 'inv') {
      cursor.expect('@');
      this.#gate(cursor.take(), scope, true);
    } else this.#gate(start, scope, false);
  }

  #gate(name: QasmToken, scope: Scope, isInverse: boolean): void {
    const cursor = this.#cursor;
    const definition = this.#definitions.get(name.text);
    const ours = definition === undefined ? gatesByQasmName.get(name.text) : name.text;
    if (ours === undefined) throw this.#unknown(name);
    const angles = cursor.accept('(') && !cursor.accept(')') ? this.#angles(scope) : [];
    const inverse = isInverse && definition === undefined ? inverseOf(ours, angles.length) : undefined;
    if (isInverse && inverse === undefined) throw qasmError(name, 'this gate cannot be inverted here');
    const operands = cursor.list(scope.operand);
    // A gate on a whole register acts on each of its qubits.
    const times = Math.max(...operands.map(({ length }) => length));
    for (let k = 0; k < times && ours !== ''; k++) {
      const item: Gate = {
        gate: inverse?.name ?? ours,
        wires: operands.map((list) => list[k % list.length]!),
        angles: inverse?.sign === -1 ? angles.map((angle) => product(-1, angle)) : angles,
        ...(definition === undefined ? {} : { definition }),
      };
      atToken(name, () => {
        checkGate(scope.counts(), item, '');
      });
      if (scope === this.#program && item.wires.some((wire) => this.#measured.includes(wire))) {
        throw qasmError(name, 'a gate after the measurement of its qubit cannot be read');
      }
      scope.gates.push(item);
    }
  }

  #angles({ variables }: Scope): readonly Angle[] {
    const angles = this.#cursor.list(() => readQasmAngle(this.#cursor, variables));
    this.#cursor.expect(')');
    return angles;
  }

  #unknown(name: QasmToken) {
    const known = [...gatesByQasmName.keys(), ...this.#definitions.keys()];
    const remedy =
      name.type !== 'name' || unread.has(name.text)
        ? 'See "Exchange" in docs/circuits.md for what can.'
        : didYouMean(name.text, known);
    return qasmError(name, 'this gate or statement cannot be read', undefined, remedy);
  }
}

function sizeOf(form: GateForm | undefined): number {
  return form?.form === 'sequence' ? form.gates.reduce((sum, { definition }) => sum + sizeOf(definition), 0) : 1;
}

/** What is wrong with a part of the circuit gets the place of its token. */
function atToken<T>(token: QasmToken, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!isHqnasError(error)) throw error;
    const { what, expected, got, remedy } = error.facts;
    throw qasmError(token, `${what}${got === undefined ? '' : ` (got ${got})`}`, expected, remedy);
  }
}
