import {
  i32,
  sineCosine,
  type BackwardAddresses,
  type Expression,
  type FloatVector,
  type RowBuffer,
} from '../../../compiler/index.js';
import { vectorBytes } from '../layout.js';
import type { CollapsedContext } from './collapsed-context.js';
import { eachElement, load, move, rowPointer, store, sumElements, type Pointer } from './pointer.js';

/** Writes m for one block, wire by wire: next[2j] = m[j] cos, next[2j + 1] = m[j] sin. */
export function embed<V extends FloatVector>(
  context: CollapsedContext<V>,
  input: RowBuffer,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, collapsed } = context;
  const { wires } = plan.circuit;
  const levels = levelsAt(context, sampleBytes);
  collapsed.embedding.forEach((term, wire) => {
    fn.scope(() => {
      const at = turnAt(context, wire, sampleBytes);
      const [c, s] = [fn.let(ops.constant(1)), fn.let(ops.constant(0))];
      if (term !== undefined) {
        const x = load(ops, rowPointer(input, term.index, sampleBytes));
        const { sine, cosine } = sineCosine(fn, ops, ops.multiply(x, ops.constant(term.factor / 2)));
        fn.set(c, cosine);
        fn.set(s, sine);
      }
      store(fn, at, c);
      store(fn, at, s, vectorBytes);
      const next = wire === wires - 1 ? embeddingAt(context, sampleBytes) : levels(wire + 1);
      eachElement(fn, 2 ** wire, (element) => {
        const before = wire === 0 ? undefined : fn.let(load(ops, move(fn, levels(wire), element, 2)));
        const to = move(fn, next, element, 3);
        store(fn, to, before === undefined ? c : ops.multiply(before, c));
        store(fn, to, before === undefined ? s : ops.multiply(before, s), vectorBytes);
      });
    });
  });
}

/** Gradients of the inputs of one block by reverse mode over the embedding. `block` is 0 or vectorBytes: which of two blocks it is. */
export function addEmbeddingGradients<V extends FloatVector>(
  context: CollapsedContext<V>,
  rows: NonNullable<BackwardAddresses['inputGradients'][number]>,
  block: Expression<'i32'>,
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas, collapsed } = context;
  const { wires, inputs } = plan.circuit;
  const written = new Set<number>();
  const ofBlock = fn.let(i32.multiply(block, 2 * plan.states));
  const cotangent = (index: number): Pointer => ({
    base: ofBlock,
    offset: areas.levelCotangents + 2 ** index * vectorBytes,
  });
  const levels = levelsAt(context, sampleBytes);
  for (let wire = wires - 1; wire >= 0; wire--) {
    fn.scope(() => {
      const at = turnAt(context, wire, sampleBytes);
      const [c, s] = [fn.let(load(ops, at)), fn.let(load(ops, at, vectorBytes))];
      const [byCosine, bySine] = sumElements(fn, ops, 2 ** wire, 2, (element) => {
        const pair = move(fn, cotangent(wire + 1), element, 3);
        const [zero, one] = [fn.let(load(ops, pair)), fn.let(load(ops, pair, vectorBytes))];
        if (wire === 0) return [zero, one];
        const before = fn.let(load(ops, move(fn, levels(wire), element, 2)));
        store(fn, move(fn, cotangent(wire), element, 2), ops.multiplyAdd(one, s, ops.multiply(zero, c)));
        return [ops.multiply(zero, before), ops.multiply(one, before)];
      });
      const term = collapsed.embedding[wire];
      if (term === undefined) return;
      // lambda is half of the gradient, which makes up for the half angle.
      const slope = ops.negativeMultiplyAdd(byCosine!, s, ops.multiply(bySine!, c));
      const own = term.factor === 1 ? slope : ops.multiply(slope, ops.constant(term.factor));
      const target = rowPointer(rows, term.index, sampleBytes);
      store(fn, target, rows.accumulate || written.has(term.index) ? ops.add(load(ops, target), own) : own);
      written.add(term.index);
    });
  }
  if (rows.accumulate) return;
  for (let row = 0; row < inputs; row++) {
    if (!written.has(row)) store(fn, rowPointer(rows, row, sampleBytes), ops.constant(0));
  }
}

function turnAt<V extends FloatVector>(
  { fn, plan, areas }: CollapsedContext<V>,
  wire: number,
  sampleBytes: Expression<'i32'>,
): Pointer {
  return {
    base: fn.let(i32.multiply(sampleBytes, plan.circuit.wires * 2)),
    offset: areas.embeddingTurns + wire * 2 * vectorBytes,
  };
}

function embeddingAt<V extends FloatVector>(
  { fn, plan, areas }: CollapsedContext<V>,
  sampleBytes: Expression<'i32'>,
): Pointer {
  return { base: fn.let(i32.multiply(sampleBytes, plan.states)), offset: areas.embeddings };
}

/** Where a block keeps m of its first wires, for every number of them: an amplitude of k wires at vector 2^k and on. */
function levelsAt<V extends FloatVector>(
  { fn, plan, areas }: CollapsedContext<V>,
  sampleBytes: Expression<'i32'>,
): (wires: number) => Pointer {
  const base = fn.let(i32.multiply(sampleBytes, plan.states));
  return (wires) => ({ base, offset: areas.levels + 2 ** wires * vectorBytes });
}
