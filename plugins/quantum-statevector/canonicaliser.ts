import { addTo, fixedAngle, isZero, noAngle, type AngleSum } from './angle-sum.js';
import { openBoundary, type Boundary } from './boundary.js';
import type { WireRotation } from './wire-rotation.js';

/** The circuit has something that no canonical form can hold. */
export class NotCanonical extends Error {}

/** What a circuit becomes; boundary k comes before RY layer k, the last one before the measurement. */
export interface CanonicalParts {
  readonly starts: readonly (readonly WireRotation[])[];
  readonly boundaries: readonly Boundary[];
  /** Per layer and wire. */
  readonly rotations: readonly (readonly (AngleSum | undefined)[])[];
}

/**
 * Sorts rotations, phases and permutations into places. Places are numbered boundary 0, RY layer 0, boundary 1, RY layer 1, ...; the
 * product of single wires is -1. `places[wire]` is the last place that acts on the wire. Its operations throw NotCanonical for angles
 * with inputs where the form has no place for them.
 */
export class Canonicaliser {
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

  finish(): CanonicalParts {
    // What still waits is diagonal: nothing measured depends on it.
    this.#boundaryAt(this.#rotations.length);
    return { starts: this.#starts, boundaries: this.#boundaries, rotations: this.#rotations };
  }

  euler(wire: number, first: AngleSum, second: AngleSum, third: AngleSum): void {
    this.rotateZ(wire, first);
    this.rotateY(wire, second);
    this.rotateZ(wire, third);
  }

  rotateX(wire: number, angle: AngleSum): void {
    this.euler(wire, fixedAngle(Math.PI / 2), angle, fixedAngle(-Math.PI / 2));
  }

  rotateY(wire: number, angle: AngleSum): void {
    this.#settle(wire);
    const place = this.#places[wire]!;
    if (place < 0) {
      addRotation(this.#starts[wire]!, { axis: 'Y', angle });
      return;
    }
    if (angle.input !== undefined) throw new NotCanonical();
    const layer = place >> 1;
    while (this.#rotations.length <= layer) this.#rotations.push(Array.from({ length: this.#wires }, () => undefined));
    addTo((this.#rotations[layer]![wire] ??= noAngle()), angle);
    this.#places[wire] = 2 * layer + 1;
  }

  rotateZ(wire: number, angle: AngleSum): void {
    if (this.#isIdle(wire)) return;
    if (angle.input !== undefined) {
      if (this.#places[wire]! >= 0) throw new NotCanonical();
      this.#settle(wire);
    }
    addTo(this.#waiting[wire]!, angle);
  }

  /** e^{-i t/2 Z...Z}; wires in |0> count as +1. */
  rotateParity(wires: readonly number[], angle: AngleSum): void {
    const busy = wires.filter((wire) => !this.#isIdle(wire));
    if (busy.length === 0) return;
    if (busy.length === 1) {
      this.rotateZ(busy[0]!, angle);
      return;
    }
    if (angle.input !== undefined) throw new NotCanonical();
    const { masks, flips, phases } = this.#meet(busy);
    phases.push({
      mask: busy.reduce((mask, wire) => mask ^ masks[wire]!, 0),
      negated: busy.reduce((negated, wire) => negated !== flips[wire]!, false),
      constant: angle.constant,
      weights: angle.weights,
    });
  }

  flip(wire: number): void {
    if (this.#places[wire]! < 0) {
      // X = RY(pi) Z.
      this.rotateZ(wire, fixedAngle(Math.PI));
      this.rotateY(wire, fixedAngle(Math.PI));
      return;
    }
    this.#settle(wire);
    const { flips } = this.#meet([wire]);
    flips[wire] = !flips[wire]!;
  }

  controlledFlip(control: number, target: number): void {
    if (this.#isIdle(control)) return;
    this.#settle(target);
    const { masks, flips } = this.#meet([control, target]);
    masks[target]! ^= masks[control]!;
    flips[target] = flips[target] !== flips[control];
  }

  controlledPhase(a: number, b: number): void {
    if (this.#isIdle(a) || this.#isIdle(b)) return;
    const { masks, flips, controlledPhases } = this.#meet([a, b]);
    controlledPhases.push([
      { mask: masks[a]!, negated: flips[a]! },
      { mask: masks[b]!, negated: flips[b]! },
    ]);
  }

  swap(a: number, b: number): void {
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

function exchange<T>(items: T[], a: number, b: number): void {
  [items[a], items[b]] = [items[b]!, items[a]!];
}
