import type { Angle, Circuit, Gate } from './circuit.js';
import { closeBoundary, openBoundary, type Boundary, type Diagonal } from './boundary.js';
import type { Measurement } from './measurement.js';

/** constant + sum of weights + at most one input. */
export interface AngleSum {
  constant: number;
  readonly weights: number[];
  input: number | undefined;
}

/**
 * A circuit in the order in which it is computed:
 *
 *   product state of `embedding` -> diagonal 0 -> RY layer 0 -> permutation 0 after diagonal 1 -> RY layer 1 -> ... -> RY layer
 *   L - 1 -> relabel by permutation L - 1 -> measure
 *
 * Global phases and diagonals right before the measurement are dropped: they change no probability.
 */
export interface CanonicalCircuit {
  readonly wires: number;
  readonly inputs: number;
  readonly weights: number;
  readonly measurement: Measurement;
  /** Per wire, the angle t of its start cos(t/2) |0> + sin(t/2) |1>. */
  readonly embedding: readonly AngleSum[];
  /** Per RY layer and wire; undefined = no rotation. Never holds inputs. There is at least one layer, possibly empty. */
  readonly rotations: readonly (readonly (AngleSum | undefined)[])[];
  /** Per RY layer, the phases before it: of the state as it was before the permutation. */
  readonly diagonals: readonly Diagonal[];
  /** Per RY layer, where each basis state goes after it. */
  readonly permutations: readonly Int32Array[];
}

/**
 * Brings a circuit into canonical form. Rules, up to global phase, right factor first in time: Rot = RZ RY RZ; RX(t) = RZ(-pi/2)
 * RY(t) RZ(pi/2); H = RY(pi/2) Z; Y = X Z; Z, S and T are RZ; CNOT, SWAP and X permute basis states. Every operation joins the
 * earliest place that its wires allow, so that a row of Rots and a ring of CNOTs become one RY layer and one boundary.
 * @throws Error for a circuit whose inputs turn anything but the first rotation of a wire
 */
export function canonicalForm(circuit: Circuit): CanonicalCircuit {
  const builder = new Canonicaliser(circuit.wires);
  for (const item of circuit.gates) builder.apply(item);
  return {
    ...builder.finish(),
    wires: circuit.wires,
    inputs: circuit.inputs,
    weights: circuit.weights,
    measurement: circuit.measurement,
  };
}

/**
 * Places are numbered boundary 0, RY layer 0, boundary 1, RY layer 1, ...; the embedding is -1. `places[wire]` is the last place
 * that acts on the wire.
 */
class Canonicaliser {
  readonly #wires: number;
  readonly #places: number[];
  /** Wires still in |0>, where diagonals do nothing. */
  readonly #idle: boolean[];
  /** RZ angles not yet placed: they wait for something on their wire that they do not commute with. */
  readonly #waiting: AngleSum[];
  readonly #embedding: AngleSum[];
  readonly #rotations: (AngleSum | undefined)[][] = [];
  readonly #boundaries: Boundary[] = [];

  constructor(wires: number) {
    this.#wires = wires;
    this.#places = Array<number>(wires).fill(-1);
    this.#idle = Array<boolean>(wires).fill(true);
    this.#waiting = Array.from({ length: wires }, noAngle);
    this.#embedding = Array.from({ length: wires }, noAngle);
    this.#reachBoundary(1);
  }

  apply({ gate, wires, angles }: Gate): void {
    const [a = 0, b = 0] = wires;
    const [first = noAngle(), second = noAngle(), third = noAngle()] = angles.map(angleSum);
    switch (gate) {
      case 'RX':
        this.#rotateX(a, first);
        break;
      case 'RY':
        this.#rotateY(a, first);
        break;
      case 'RZ':
        this.#rotateZ(a, first);
        break;
      case 'Rot':
        this.#rotateZ(a, first);
        this.#rotateY(a, second);
        this.#rotateZ(a, third);
        break;
      case 'H':
        this.#rotateZ(a, fixedAngle(Math.PI));
        this.#rotateY(a, fixedAngle(Math.PI / 2));
        break;
      case 'X':
        this.#flip(a);
        break;
      case 'Y':
        this.#rotateZ(a, fixedAngle(Math.PI));
        this.#flip(a);
        break;
      case 'Z':
        this.#rotateZ(a, fixedAngle(Math.PI));
        break;
      case 'S':
        this.#rotateZ(a, fixedAngle(Math.PI / 2));
        break;
      case 'T':
        this.#rotateZ(a, fixedAngle(Math.PI / 4));
        break;
      case 'CNOT':
        this.#controlledFlip(a, b);
        break;
      case 'CZ':
        this.#controlledPhase(a, b);
        break;
      case 'SWAP':
        this.#swap(a, b);
        break;
    }
  }

  finish(): Pick<CanonicalCircuit, 'embedding' | 'rotations' | 'diagonals' | 'permutations'> {
    this.#reachBoundary(this.#rotations.length);
    const closed = this.#boundaries.map(closeBoundary);
    return {
      embedding: this.#embedding,
      rotations: this.#rotations,
      diagonals: closed.slice(0, -1).map(({ diagonal }) => diagonal),
      permutations: closed.slice(1).map(({ permutation }) => permutation),
    };
  }

  #rotateX(wire: number, angle: AngleSum): void {
    // |+> only gets a global phase.
    if (this.#isPlus(wire)) return;
    this.#rotateZ(wire, fixedAngle(Math.PI / 2));
    this.#rotateY(wire, angle);
    this.#rotateZ(wire, fixedAngle(-Math.PI / 2));
  }

  #rotateY(wire: number, angle: AngleSum): void {
    this.#settle(wire);
    this.#idle[wire] = false;
    const place = this.#places[wire]!;
    if (place < 0) {
      addTo(this.#embedding[wire]!, angle);
      return;
    }
    if (angle.input !== undefined) throw unsupported('an input turns a wire after its first rotation');
    const layer = place >> 1;
    this.#reachLayer(layer);
    addTo((this.#rotations[layer]![wire] ??= noAngle()), angle);
    this.#places[wire] = 2 * layer + 1;
  }

  #rotateZ(wire: number, angle: AngleSum): void {
    if (this.#idle[wire] === true) return;
    if (angle.input === undefined) addTo(this.#waiting[wire]!, angle);
    else this.#embedZ(wire, angle);
  }

  /** RZ(x) RY(pi/2) |0> = RX(pi/2) RY(x + pi/2) |0>, up to a global phase: RX(pi/2) turns the y axis into z and keeps x. */
  #embedZ(wire: number, angle: AngleSum): void {
    if (!this.#isPlus(wire)) throw unsupported('an input turns a wire about z that is not in |+>');
    addTo(this.#embedding[wire]!, angle);
    this.#rotateX(wire, fixedAngle(Math.PI / 2));
  }

  #isPlus(wire: number): boolean {
    const { constant, weights, input } = this.#embedding[wire]!;
    const turnedOnce = constant === Math.PI / 2 && weights.length === 0 && input === undefined;
    return turnedOnce && this.#places[wire] === -1 && isZero(this.#waiting[wire]!);
  }

  #flip(wire: number): void {
    // X = RY(pi) Z, and Z does nothing to |0>.
    if (this.#idle[wire] === true && this.#places[wire] === -1) {
      this.#rotateY(wire, fixedAngle(Math.PI));
      return;
    }
    this.#settle(wire);
    this.#idle[wire] = false;
    this.#permute([wire], ({ flips }) => (flips[wire] = !flips[wire]));
  }

  #controlledFlip(control: number, target: number): void {
    if (this.#idle[control] === true) return;
    this.#idle[target] = false;
    this.#settle(target);
    this.#permute([control, target], ({ masks, flips }) => {
      masks[target]! ^= masks[control]!;
      flips[target] = flips[target] !== flips[control];
    });
  }

  #controlledPhase(a: number, b: number): void {
    if (this.#idle[a] === true || this.#idle[b] === true) return;
    const index = Math.max(nextBoundary(this.#places[a]!), nextBoundary(this.#places[b]!));
    this.#reachBoundary(index);
    const { masks, flips, controlledPhases } = this.#boundaries[index]!;
    controlledPhases.push([
      { mask: masks[a]!, negated: flips[a]! },
      { mask: masks[b]!, negated: flips[b]! },
    ]);
    this.#places[a] = this.#places[b] = 2 * index;
  }

  #swap(a: number, b: number): void {
    if (this.#idle[a] === true && this.#idle[b] === true) return;
    this.#permute([a, b], ({ masks, flips }) => {
      exchange(masks, a, b);
      exchange(flips, a, b);
    });
    exchange(this.#idle, a, b);
    exchange(this.#waiting, a, b);
  }

  /** Boundary 0 only holds a diagonal: it is applied while the product state is built. */
  #permute(wires: readonly number[], change: (boundary: Boundary) => void): void {
    const index = Math.max(1, ...wires.map((wire) => nextBoundary(this.#places[wire]!)));
    this.#reachBoundary(index);
    change(this.#boundaries[index]!);
    for (const wire of wires) this.#places[wire] = 2 * index;
  }

  /** Gives the waiting RZ of a wire its place. */
  #settle(wire: number): void {
    const angle = this.#waiting[wire]!;
    if (isZero(angle)) return;
    const index = nextBoundary(this.#places[wire]!);
    this.#reachBoundary(index);
    const { masks, flips, phases } = this.#boundaries[index]!;
    phases.push({ mask: masks[wire]!, negated: flips[wire]!, constant: angle.constant, weights: angle.weights });
    this.#places[wire] = 2 * index;
    this.#waiting[wire] = noAngle();
  }

  #reachLayer(layer: number): void {
    while (this.#rotations.length <= layer) {
      this.#rotations.push(Array.from({ length: this.#wires }, () => undefined));
      this.#reachBoundary(this.#rotations.length - 1);
    }
  }

  #reachBoundary(index: number): void {
    while (this.#boundaries.length <= index) this.#boundaries.push(openBoundary(this.#wires));
    if (index > 0) this.#reachLayer(index - 1);
  }
}

/** First boundary at or after a place. */
function nextBoundary(place: number): number {
  return (place + 1) >> 1;
}

function noAngle(): AngleSum {
  return { constant: 0, weights: [], input: undefined };
}

function fixedAngle(constant: number): AngleSum {
  return { constant, weights: [], input: undefined };
}

function angleSum(angle: Angle): AngleSum {
  if (angle.source === 'constant') return fixedAngle(angle.value);
  if (angle.source === 'weight') return { constant: 0, weights: [angle.index], input: undefined };
  return { constant: 0, weights: [], input: angle.index };
}

function addTo(sum: AngleSum, angle: AngleSum): void {
  if (sum.input !== undefined && angle.input !== undefined) throw unsupported('two inputs turn the same wire');
  sum.constant += angle.constant;
  sum.weights.push(...angle.weights);
  sum.input ??= angle.input;
}

function isZero(angle: AngleSum): boolean {
  return angle.constant === 0 && angle.weights.length === 0 && angle.input === undefined;
}

function exchange<T>(items: T[], a: number, b: number): void {
  [items[a], items[b]] = [items[b]!, items[a]!];
}

function unsupported(reason: string): Error {
  return new Error(`this circuit cannot be compiled: ${reason}`);
}
