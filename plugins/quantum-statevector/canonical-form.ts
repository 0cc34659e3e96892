import type { Angle, Circuit, Gate } from './circuit.js';
import { closeBoundary, openBoundary, type Boundary, type Diagonal } from './boundary.js';
import type { Readout } from './measurement.js';

/** constant + sum of weights + at most one input. */
export interface AngleSum {
  constant: number;
  readonly weights: number[];
  input: number | undefined;
}

/** A rotation of one wire; about z as diag(1, e^{it}), which differs from RZ(t) by a global phase. */
export interface WireRotation {
  readonly axis: 'Y' | 'Z';
  readonly angle: AngleSum;
}

/** Permutes basis states, multiplies each by a phase, and then turns wires by RY. */
export interface CanonicalLayer {
  /** Where each basis state goes. */
  readonly permutation: Int32Array;
  /** Phases, in terms of the state as it was before the permutation. */
  readonly diagonal: Diagonal;
  /** Per wire; undefined = no rotation. Never holds inputs. */
  readonly rotations: readonly (AngleSum | undefined)[];
}

/**
 * A circuit in the order in which it is computed:
 *
 *   product of single wires -> layer 0 -> ... -> layer L - 1 -> relabel -> measure
 *
 * Global phases and diagonals right before the measurement are dropped: they change no probability.
 */
export interface CanonicalCircuit {
  readonly wires: number;
  readonly inputs: number;
  readonly weights: number;
  readonly measurement: Readout;
  /** What turns each wire, from |0>, before it meets another. The first rotation of a wire is about y. */
  readonly starts: readonly (readonly WireRotation[])[];
  readonly layers: readonly CanonicalLayer[];
  /** Where each basis state goes before the measurement. */
  readonly relabelling: Int32Array;
}

/**
 * Brings a circuit into canonical form. Rules, up to global phase, right factor first in time: Rot = RZ RY RZ; RX(t) = RZ(-pi/2)
 * RY(t) RZ(pi/2); H = RY(pi/2) Z; Y = X Z; Z, S and T are RZ; CNOT, SWAP and X permute basis states. Every operation joins the
 * earliest place that its wires allow, so that a row of Rots and a ring of CNOTs become one layer, and the first row of Rots is part
 * of the product.
 * @throws Error for a circuit in which an input turns a wire that has met another, or with a gate, product of variables, initial
 * state or readout that has no such form
 */
export function canonicalForm(circuit: Circuit): CanonicalCircuit {
  const { wires, inputs, weights, measurement, initial } = circuit;
  if (measurement.kind !== 'expectation-z' && measurement.kind !== 'probabilities') {
    throw unsupported(`a readout of kind "${measurement.kind}" has no canonical form`);
  }
  if (initial !== undefined) throw unsupported('an initial state has no canonical form');
  const builder = new Canonicaliser(wires);
  for (const item of circuit.gates) builder.apply(item);
  return { wires, inputs, weights, measurement, ...builder.finish() };
}

/**
 * Places are numbered boundary 0, RY layer 0, boundary 1, RY layer 1, ...; the product is -1. `places[wire]` is the last place that
 * acts on the wire.
 */
class Canonicaliser {
  readonly #wires: number;
  readonly #places: number[];
  /** RZ angles not yet placed: they wait for something on their wire that they do not commute with. */
  readonly #waiting: AngleSum[];
  readonly #starts: WireRotation[][];
  readonly #rotations: (AngleSum | undefined)[][] = [];
  readonly #boundaries: Boundary[] = [];

  constructor(wires: number) {
    this.#wires = wires;
    this.#places = Array<number>(wires).fill(-1);
    this.#waiting = Array.from({ length: wires }, noAngle);
    this.#starts = Array.from({ length: wires }, () => []);
  }

  apply({ gate, wires, angles, definition }: Gate): void {
    if (definition !== undefined) throw unsupported(`the gate "${gate}" has no canonical form`);
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
      default:
        throw unsupported(`the gate "${gate}" has no canonical form`);
    }
  }

  finish(): Pick<CanonicalCircuit, 'starts' | 'layers' | 'relabelling'> {
    // What still waits is diagonal: nothing measured depends on it.
    const last = this.#boundaryAt(this.#rotations.length);
    const layers = this.#rotations.map((rotations, index) => ({
      ...closeBoundary(this.#boundaryAt(index)),
      rotations,
    }));
    return { starts: this.#starts, layers, relabelling: closeBoundary(last).permutation };
  }

  #rotateX(wire: number, angle: AngleSum): void {
    this.#rotateZ(wire, fixedAngle(Math.PI / 2));
    this.#rotateY(wire, angle);
    this.#rotateZ(wire, fixedAngle(-Math.PI / 2));
  }

  #rotateY(wire: number, angle: AngleSum): void {
    this.#settle(wire);
    const place = this.#places[wire]!;
    if (place < 0) {
      addRotation(this.#starts[wire]!, { axis: 'Y', angle });
      return;
    }
    if (angle.input !== undefined) throw unsupported();
    const layer = place >> 1;
    while (this.#rotations.length <= layer) this.#rotations.push(Array.from({ length: this.#wires }, () => undefined));
    addTo((this.#rotations[layer]![wire] ??= noAngle()), angle);
    this.#places[wire] = 2 * layer + 1;
  }

  #rotateZ(wire: number, angle: AngleSum): void {
    if (this.#isIdle(wire)) return;
    if (angle.input !== undefined) {
      if (this.#places[wire]! >= 0) throw unsupported();
      this.#settle(wire);
    }
    addTo(this.#waiting[wire]!, angle);
  }

  #flip(wire: number): void {
    if (this.#places[wire]! < 0) {
      // X = RY(pi) Z.
      this.#rotateZ(wire, fixedAngle(Math.PI));
      this.#rotateY(wire, fixedAngle(Math.PI));
      return;
    }
    this.#settle(wire);
    const { flips } = this.#meet([wire]);
    flips[wire] = !flips[wire]!;
  }

  #controlledFlip(control: number, target: number): void {
    if (this.#isIdle(control)) return;
    this.#settle(target);
    const { masks, flips } = this.#meet([control, target]);
    masks[target]! ^= masks[control]!;
    flips[target] = flips[target] !== flips[control];
  }

  #controlledPhase(a: number, b: number): void {
    if (this.#isIdle(a) || this.#isIdle(b)) return;
    const { masks, flips, controlledPhases } = this.#meet([a, b]);
    controlledPhases.push([
      { mask: masks[a]!, negated: flips[a]! },
      { mask: masks[b]!, negated: flips[b]! },
    ]);
  }

  #swap(a: number, b: number): void {
    if (this.#places[a]! < 0 && this.#places[b]! < 0) {
      exchange(this.#starts, a, b);
    } else {
      const { masks, flips } = this.#meet([a, b]);
      exchange(masks, a, b);
      exchange(flips, a, b);
    }
    exchange(this.#waiting, a, b);
  }

  /** True while a wire is in |0>, where diagonals and controls do nothing. */
  #isIdle(wire: number): boolean {
    return this.#places[wire]! < 0 && this.#starts[wire]!.length === 0;
  }

  /** The first boundary that can act on all these wires. */
  #meet(wires: readonly number[]): Boundary {
    // A waiting angle may hold an input, and only the product takes inputs.
    for (const wire of wires) if (this.#places[wire]! < 0) this.#settle(wire);
    const index = Math.max(...wires.map((wire) => nextBoundary(this.#places[wire]!)));
    for (const wire of wires) this.#places[wire] = 2 * index;
    return this.#boundaryAt(index);
  }

  /** Gives the waiting RZ of a wire its place. */
  #settle(wire: number): void {
    const angle = this.#waiting[wire]!;
    if (isZero(angle)) return;
    this.#waiting[wire] = noAngle();
    if (this.#places[wire]! < 0) {
      addRotation(this.#starts[wire]!, { axis: 'Z', angle });
      return;
    }
    const index = nextBoundary(this.#places[wire]!);
    const { masks, flips, phases } = this.#boundaryAt(index);
    phases.push({ mask: masks[wire]!, negated: flips[wire]!, constant: angle.constant, weights: angle.weights });
    this.#places[wire] = 2 * index;
  }

  #boundaryAt(index: number): Boundary {
    while (this.#boundaries.length <= index) this.#boundaries.push(openBoundary(this.#wires));
    return this.#boundaries[index]!;
  }
}

/** First boundary at or after a place. */
function nextBoundary(place: number): number {
  return (place + 1) >> 1;
}

/** Appends a rotation, or adds its angle to the last one of the same axis. */
function addRotation(rotations: WireRotation[], { axis, angle }: WireRotation): void {
  const last = rotations.at(-1);
  const joins = last?.axis === axis && (last.angle.input === undefined || angle.input === undefined);
  if (joins) addTo(last.angle, angle);
  else rotations.push({ axis, angle });
}

function noAngle(): AngleSum {
  return fixedAngle(0);
}

function fixedAngle(constant: number): AngleSum {
  return { constant, weights: [], input: undefined };
}

function angleSum(angle: Angle): AngleSum {
  if (angle.source === 'constant') return fixedAngle(angle.value);
  if (angle.source === 'weight') return { constant: 0, weights: [angle.index], input: undefined };
  if (angle.source === 'product') throw unsupported('a product of variables has no canonical form');
  return { constant: 0, weights: [], input: angle.index };
}

function addTo(sum: AngleSum, angle: AngleSum): void {
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

function unsupported(reason = 'an input turns a wire that has met another'): Error {
  return new Error(`this circuit cannot be compiled: ${reason}`);
}
