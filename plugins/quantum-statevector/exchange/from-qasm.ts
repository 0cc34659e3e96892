import { didYouMean } from '../../../core/index.js';
import { constant, input, product, weight, type Angle } from '../angle.js';
import { allWires, defineCircuit, type Circuit, type Gate } from '../circuit.js';
import { JsonValue } from '../circuit-file/json-value.js';
import { readMeasurement } from '../circuit-file/read-measurement.js';
import { expectationZ, type Measurement } from '../measurement.js';
import { qasmNames } from './qasm-gates.js';
import { qasmError, qasmTokens, type QasmToken } from './qasm-tokens.js';

/** Our gate for each name; several names may mean the same gate. */
const known = new Map<string, string>([
  ...Object.entries(qasmNames).flatMap(([ours, theirs]) => (theirs.includes('@') ? [] : [[theirs, ours] as const])),
  ['id', ''],
  ['phase', 'PhaseShift'],
  ['u1', 'PhaseShift'],
  ['u2', 'U2'],
  ['u3', 'U3'],
  ['CX', 'CNOT'],
  ['cphase', 'ControlledPhaseShift'],
]);

/** What `inv @` makes of a gate without angles. */
const inverses: Readonly<Record<string, string>> = { S: 'Sdg', Sdg: 'S', T: 'Tdg', Tdg: 'T', SX: 'SXdg', SXdg: 'SX' };

/** Gates of one angle that `inv @` turns back by the opposite angle. */
const turnedBack = /^(C?R[XYZ]|PhaseShift|ControlledPhaseShift)$/;

/**
 * Reads the part of OpenQASM 3 that {@link toQasm} writes: one register of qubits, `input` angles, gates of stdgates.inc with
 * angles that are numbers times inputs, `inv @`, `barrier`, and measurements. Inputs called w, or w and digits, become weights, all
 * others inputs, in order of declaration. Without a measurement comment, <Z> of the measured qubits is read, or of all.
 * @throws HqnasError `invalid-qasm`, `invalid-circuit`, `invalid-circuit-file`
 */
export function fromQasm(text: string): Circuit {
  return new QasmReader(text).circuit();
}

class QasmReader {
  readonly #tokens: readonly QasmToken[];
  #next = 0;
  #register: { readonly name: string; readonly size: number } | undefined;
  readonly #variables = new Map<string, Angle>();
  readonly #gates: Gate[] = [];
  readonly #measured: number[] = [];
  /** The measurement that a comment tells. */
  #noted: unknown;
  #inputs = 0;
  #weights = 0;

  constructor(text: string) {
    const tokens = qasmTokens(text);
    this.#tokens = tokens.filter(({ type }) => type !== 'comment');
    const noted = tokens.find(({ type, text: comment }) => type === 'comment' && /^\/\/ measurement: /.test(comment));
    if (noted === undefined) return;
    try {
      this.#noted = JSON.parse(noted.text.slice('// measurement: '.length));
    } catch {
      throw qasmError(noted, 'the measurement is not JSON');
    }
  }

  circuit(): Circuit {
    while (this.#peek().type !== 'end') this.#statement();
    if (this.#register === undefined) throw qasmError(this.#peek(), 'there are no qubits', 'qubit[n] q;');
    const wires = this.#register.size;
    return defineCircuit({
      wires,
      inputs: this.#inputs,
      weights: this.#weights,
      gates: this.#gates,
      measurement: this.#measurement(wires),
    });
  }

  #measurement(wires: number): Measurement {
    if (this.#noted !== undefined) {
      return readMeasurement(new JsonValue(this.#noted, 'measurement'), new JsonValue(undefined), wires);
    }
    return expectationZ(this.#measured.length > 0 ? this.#measured : allWires(wires));
  }

  #peek(): QasmToken {
    return this.#tokens[this.#next]!;
  }

  #take(): QasmToken {
    const token = this.#peek();
    if (token.type !== 'end') this.#next++;
    return token;
  }

  /** Takes a token if it is this one. */
  #accept(text: string): boolean {
    if (this.#peek().text !== text) return false;
    this.#next++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw qasmError(this.#peek(), 'something is missing', JSON.stringify(text));
  }

  #statement(): void {
    const start = this.#take();
    switch (start.text) {
      case 'OPENQASM': {
        const version = this.#take();
        if (!/^3(\.\d+)?$/.test(version.text)) throw qasmError(version, 'this version cannot be read', '3.0');
        break;
      }
      case 'include':
        this.#take();
        break;
      case 'input':
        this.#input();
        break;
      case 'qubit':
        this.#qubits(start);
        break;
      case 'bit':
        this.#size();
        this.#take();
        break;
      case 'barrier':
        while (this.#peek().text !== ';' && this.#peek().type !== 'end') this.#take();
        break;
      case 'measure':
        this.#measured.push(...this.#operand());
        if (this.#accept('->')) this.#bits();
        break;
      case 'inv':
        this.#expect('@');
        this.#gate(this.#take(), true);
        break;
      default:
        if (/^[[=]$/.test(this.#peek().text)) this.#assignment();
        else this.#gate(start, false);
    }
    this.#expect(';');
  }

  #input(): void {
    const type = this.#take();
    if (!/^(float|angle)$/.test(type.text)) throw qasmError(type, 'inputs are angles', '"float" or "angle"');
    this.#size();
    const name = this.#take();
    if (name.type !== 'name' || this.#variables.has(name.text))
      throw qasmError(name, 'an input needs a name of its own');
    this.#variables.set(name.text, /^w(_?\d+)?$/.test(name.text) ? weight(this.#weights++) : input(this.#inputs++));
  }

  #qubits(start: QasmToken): void {
    if (this.#register !== undefined) throw qasmError(start, 'only one register of qubits can be read');
    const size = this.#size() ?? 1;
    this.#register = { name: this.#take().text, size };
  }

  /** `[8]`; undefined where there is none. */
  #size(): number | undefined {
    if (!this.#accept('[')) return undefined;
    const token = this.#take();
    const size = Number(token.text);
    if (token.type !== 'number' || !Number.isInteger(size)) throw qasmError(token, 'this is no size', 'a whole number');
    this.#expect(']');
    return size;
  }

  /** `c = measure q` and `c[0] = measure q[0]`; the bits' name has been taken. */
  #assignment(): void {
    this.#size();
    this.#expect('=');
    this.#expect('measure');
    this.#measured.push(...this.#operand());
  }

  #bits(): void {
    this.#take();
    this.#size();
  }

  /** Qubits of `q` or `q[3]`. */
  #operand(): readonly number[] {
    const token = this.#take();
    const register = this.#register;
    if (register?.name !== token.text) throw qasmError(token, 'there is no such register of qubits', register?.name);
    const at = this.#peek();
    const index = this.#size();
    if (index === undefined) return Array.from({ length: register.size }, (_, wire) => wire);
    if (index >= register.size)
      throw qasmError(at, 'there is no such qubit', `${register.name}[0] to [${register.size - 1}]`);
    return [index];
  }

  #gate(name: QasmToken, inverse: boolean): void {
    const ours = known.get(name.text);
    if (ours === undefined) {
      throw qasmError(name, 'this gate or statement cannot be read', undefined, didYouMean(name.text, known.keys()));
    }
    const angles: Angle[] = [];
    if (this.#accept('(')) {
      do angles.push(this.#angle());
      while (this.#accept(','));
      this.#expect(')');
    }
    const wires: (readonly number[])[] = [];
    do wires.push(this.#operand());
    while (this.#accept(','));
    // A gate on a whole register acts on each of its qubits.
    const times = Math.max(...wires.map(({ length }) => length));
    for (let k = 0; k < times && ours !== ''; k++) {
      const item: Gate = { gate: ours, wires: wires.map((list) => list[k % list.length]!), angles };
      this.#gates.push(inverse ? inverted(item, name) : item);
    }
  }

  #angle(): Angle {
    const start = this.#peek();
    let sum = this.#term();
    while (/^[+-]$/.test(this.#peek().text)) {
      const sign = this.#take().text === '+' ? 1 : -1;
      const term = this.#term();
      if (sum.source !== 'constant' || term.source !== 'constant') {
        throw qasmError(start, 'an angle is a number times inputs', 'no sums of inputs');
      }
      sum = constant(sum.value + sign * term.value);
    }
    return sum;
  }

  #term(): Angle {
    let value = this.#factor();
    for (;;) {
      const operator = this.#peek();
      if (this.#accept('*')) value = product(value, this.#factor());
      else if (this.#accept('/')) {
        const divisor = this.#factor();
        if (divisor.source !== 'constant' || divisor.value === 0)
          throw qasmError(operator, 'divisors are numbers', 'not 0');
        // Numbers are divided, which is not the same as multiplying by the reciprocal.
        value = value.source === 'constant' ? constant(value.value / divisor.value) : product(1 / divisor.value, value);
      } else return value;
    }
  }

  #factor(): Angle {
    const token = this.#take();
    if (token.text === '-') {
      const value = this.#factor();
      return value.source === 'constant' ? constant(-value.value) : product(-1, value);
    }
    if (token.text === '(') {
      const value = this.#angle();
      this.#expect(')');
      return value;
    }
    if (token.type === 'number') return constant(Number(token.text));
    const named = constants.get(token.text);
    if (named !== undefined) return constant(named);
    const variable = this.#variables.get(token.text);
    if (variable === undefined) throw qasmError(token, 'this is no angle', 'a number, pi or an input');
    return variable;
  }
}

const constants = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['tau', 2 * Math.PI],
  ['euler', Math.E],
]);

function inverted(item: Gate, token: QasmToken): Gate {
  if (turnedBack.test(item.gate)) return { ...item, angles: item.angles.map((angle) => product(-1, angle)) };
  if (item.angles.length > 0) throw qasmError(token, 'this gate cannot be inverted here');
  return { ...item, gate: inverses[item.gate] ?? item.gate };
}
