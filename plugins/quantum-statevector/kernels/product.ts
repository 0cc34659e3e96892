import type { FloatVector } from '../../../compiler/index.js';
import { amplitudeBytes, factorAmplitudes, type CircuitPlan } from '../layout.js';
import type { Block, CircuitContext } from './circuit-context.js';
import { ComplexOperations } from './complex-vector.js';
import { amplitudeAt, eachElement, move, type Distance, type Pointer } from './pointer.js';
import { wireStateAt } from './wire-rotations.js';

/** A factor of the product state: the state of the wires first .. first + size - 1. */
export interface Factor {
  readonly first: number;
  readonly size: number;
  /** Its place among all factors. */
  readonly number: number;
}

/** The product state is the product of two factors of half the wires each; of one wire, the second factor alone. */
export function factorsOf({ circuit, firstFactor }: CircuitPlan): Factor[] {
  const second = { first: firstFactor, size: circuit.wires - firstFactor, number: 1 };
  return firstFactor === 0 ? [second] : [{ first: 0, size: firstFactor, number: 0 }, second];
}

/** Where the levels of both factors, from `levels` on, hold one: 2^level amplitudes. */
export function levelAt(plan: CircuitPlan, { base, offset }: Pointer, { number }: Factor, level: number): Pointer {
  return { base, offset: offset + (number * factorAmplitudes(plan) + 2 ** level) * amplitudeBytes };
}

/** The state of the first `level` wires of a factor; of one wire, as the block keeps it. */
export function factorAt<V extends FloatVector>(
  { plan }: CircuitContext<V>,
  block: Block,
  factor: Factor,
  level: number,
): Pointer {
  return level === 1 ? wireStateAt(block, factor.first) : levelAt(plan, block.products, factor, level);
}

/** Builds both factors, wire by wire: next[2j] = factor[j] zero, next[2j + 1] = factor[j] one. */
export function buildFactors<V extends FloatVector>(context: CircuitContext<V>, block: Block): void {
  const { fn, ops, plan } = context;
  const complex = new ComplexOperations(fn, ops);
  for (const factor of factorsOf(plan)) {
    for (let level = 1; level < factor.size; level++) {
      fn.scope(() => {
        const at = wireStateAt(block, factor.first + level);
        const [zero, one] = [complex.load(at), complex.load(at, amplitudeBytes)];
        const next = factorAt(context, block, factor, level + 1);
        eachElement(fn, 2 ** level, (element) => {
          const amplitude = complex.load(move(fn, factorAt(context, block, factor, level), element, 3));
          const to = move(fn, next, element, 4);
          complex.store(to, complex.multiply(amplitude, zero));
          complex.store(to, complex.multiply(amplitude, one), amplitudeBytes);
        });
      });
    }
  }
}

/** The product state: every amplitude of the first factor times every amplitude of the second. */
export function multiplyFactors<V extends FloatVector>(context: CircuitContext<V>, block: Block, state: Pointer): void {
  const { fn, ops, plan } = context;
  const complex = new ComplexOperations(fn, ops);
  const [low, high] = factorsOf(plan).toReversed();
  const lowAt = factorAt(context, block, low!, low!.size);
  if (high === undefined) {
    eachElement(fn, 2 ** low!.size, (element) => {
      complex.store(amplitudeAt(fn, state, element), complex.load(move(fn, lowAt, element, 3)));
    });
    return;
  }
  const highAt = factorAt(context, block, high, high.size);
  const most = plan.states > 16 ? 1 : 4;
  const body = (row: Distance): void => {
    const amplitude = complex.load(move(fn, highAt, row, 3));
    const rowAt = amplitudeAt(fn, state, row, low!.size);
    const multiplyColumn = (column: Distance): void => {
      const other = complex.load(move(fn, lowAt, column, 3));
      complex.store(amplitudeAt(fn, rowAt, column), complex.multiply(amplitude, other));
    };
    eachElement(fn, 2 ** low!.size, multiplyColumn, most);
  };
  eachElement(fn, 2 ** high.size, body, most);
}
