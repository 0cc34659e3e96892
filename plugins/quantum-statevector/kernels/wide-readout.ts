import { i32, type Expression, type FloatVector, type RowBuffer } from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import { measuredRow } from './measurement.js';
import { eachElement, load, move, store, type Pointer } from './pointer.js';
import type { Reading } from './reading.js';

/** Blocks that are measured together: their vectors of a row fill one cache line of 64 bytes. */
export const wideBlocks = 4;

/**
 * Whether blocks are measured four at a time: where there are so many rows that a line, fetched for one block, would be gone before
 * the next one comes.
 */
export function isWide<V extends FloatVector>({ wires, states, readout }: Reading<V>): boolean {
  const { strings, turned, probabilities } = readout;
  const [all, ...others] = probabilities;
  return states >= 128 && strings.length + turned.length + others.length === 0 && all?.wires.length === wires;
}

/** Repeats `wide` for every four blocks of the samples, and `single` for each of those that are left. */
export function eachWide<V extends FloatVector>(
  { fn }: Reading<V>,
  sampleBytes: Expression<'i32'>,
  wide: (sampleBytes: Expression<'i32'>) => void,
  single: (sampleBytes: Expression<'i32'>) => void,
): void {
  const bytes = wideBlocks * vectorBytes;
  const end = fn.let(i32.and(sampleBytes, -bytes));
  fn.loop(0, end, bytes, wide, true);
  fn.loop(end, sampleBytes, vectorBytes, single, true);
}

/** Writes the probabilities of four blocks; `stateBytes` is the distance from one block's state to the next. */
export function measureWide<V extends FloatVector>(
  reading: Reading<V>,
  state: Pointer,
  stateBytes: number,
  output: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, states } = reading;
  eachElement(fn, states, (element) => {
    const row = measuredRow(reading, 0, output, element, sampleBytes);
    const at = move(fn, state, element, Math.log2(amplitudeBytes / 4));
    for (let block = 0; block < wideBlocks; block++) {
      const re = fn.let(load(ops, at, block * stateBytes));
      const im = fn.let(load(ops, at, block * stateBytes + vectorBytes));
      store(fn, row, ops.multiplyAdd(im, im, ops.multiply(re, re)), block * vectorBytes);
    }
  });
}
