import {
  i32,
  type BackwardAddresses,
  type Expression,
  type FloatVector,
  type ForwardAddresses,
} from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { StringTerm } from '../string-plan.js';
import { addBlochGradients, componentAt, turnBlochVectors } from './bloch-wires.js';
import { load, loadSplat, pointerTo, rowPointer, store, type Pointer } from './pointer.js';
import type { StringsBlock, StringsContext } from './strings-context.js';
import { writeStringReductions, writeStringTables } from './strings-tables.js';

type NumberedTerm = StringTerm & { readonly index: number };

/** Measured rows as sums of coefficients times products of Bloch components, one block of samples after the other. */
export function writeStringsForward<V extends FloatVector>(context: StringsContext<V>, at: ForwardAddresses): void {
  const { fn, ops, plan, areas } = context;
  fn.if(i32.load(0, areas.stale), () => {
    fn.store(0, areas.stale, i32.constant(0));
    writeStringTables(context);
  });
  fn.loop(0, at.sampleBytes, vectorBytes, (sampleBytes) => {
    const block = blockOf(context, sampleBytes);
    turnBlochVectors(context, block, { rows: at.inputs[0]!, sampleBytes });
    const sums = Array.from({ length: plan.rows }, () => fn.let(ops.constant(0)));
    for (const { row, index } of termsOf(context, 'one')) fn.accumulate(sums[row]!, factorOf(context, index));
    plan.products.forEach((product, number) => {
      fn.scope(() => {
        const place = productAt(context, block, number);
        const value = fn.let(
          product.kind === 'component'
            ? load(ops, place)
            : ops.multiply(
                load(ops, productAt(context, block, product.left)),
                load(ops, productAt(context, block, product.right)),
              ),
        );
        if (product.kind === 'product') store(fn, place, value);
        for (const { row, index } of termsOf(context, number)) {
          fn.set(sums[row]!, ops.multiplyAdd(factorOf(context, index), value, sums[row]!));
        }
      });
    });
    sums.forEach((sum, row) => {
      store(fn, rowPointer(at.output, row, sampleBytes), sum);
    });
  });
}

/** Reverse mode over the products, the last first, then over the rotations of each wire. */
export function writeStringsBackward<V extends FloatVector>(context: StringsContext<V>, at: BackwardAddresses): void {
  const { fn, ops, plan, areas } = context;
  const cotangentOf = (number: number): Pointer => pointerTo(areas.productCotangents + number * vectorBytes);
  fn.loop(0, at.sampleBytes, vectorBytes, (sampleBytes) => {
    const block = blockOf(context, sampleBytes);
    const cotangents = Array.from({ length: plan.rows }, (_, row) =>
      fn.let(load(ops, rowPointer(at.outputGradient, row, sampleBytes))),
    );
    const addToSum = ({ index }: NumberedTerm, gained: Expression<V>): void => {
      const sum = pointerTo(areas.termSums + index * vectorBytes);
      store(fn, sum, ops.add(load(ops, sum), gained));
    };
    for (const term of termsOf(context, 'one')) addToSum(term, cotangents[term.row]!);
    for (let number = plan.products.length - 1; number >= 0; number--) {
      fn.scope(() => {
        const value = fn.let(load(ops, productAt(context, block, number)));
        const parts: (readonly [Expression<V>, Expression<V>])[] = [];
        for (const term of termsOf(context, number)) {
          if (plan.turns.length > 0) addToSum(term, ops.multiply(cotangents[term.row]!, value));
          parts.push([factorOf(context, term.index), cotangents[term.row]!]);
        }
        plan.products.forEach((parent, index) => {
          if (parent.kind !== 'product' || (parent.left !== number && parent.right !== number)) return;
          const sibling = parent.left === number ? parent.right : parent.left;
          parts.push([load(ops, cotangentOf(index)), load(ops, productAt(context, block, sibling))]);
        });
        const [[a, b], ...others] = parts as [(typeof parts)[0], ...typeof parts];
        const sum = others.reduce((total, [c, d]) => ops.multiplyAdd(c, d, total), ops.multiply(a, b));
        store(fn, cotangentOf(number), sum);
      });
    }
    const componentCotangent = (wire: number, letter: string): Pointer | undefined => {
      const number = plan.products.findIndex(
        (product) => product.kind === 'component' && product.wire === wire && product.letter === letter,
      );
      return number < 0 ? undefined : cotangentOf(number);
    };
    addBlochGradients(context, block, componentCotangent, at.inputGradients[0], sampleBytes);
  });
  writeStringReductions(context);
}

/** The terms of a product, with their numbers. */
function termsOf<V extends FloatVector>({ plan }: StringsContext<V>, product: number | 'one'): NumberedTerm[] {
  return plan.terms.flatMap((term, index) => (term.product === product ? [{ ...term, index }] : []));
}

function factorOf<V extends FloatVector>({ fn, ops, areas }: StringsContext<V>, index: number): Expression<V> {
  return fn.let(loadSplat(ops, pointerTo(areas.factors + index * ops.elementBytes)));
}

/** Where a block keeps a product. */
function productAt<V extends FloatVector>({ plan }: StringsContext<V>, block: StringsBlock, number: number): Pointer {
  const product = plan.products[number]!;
  if (product.kind === 'component') return componentAt(block, product.wire, product.letter);
  const { base, offset } = block.products;
  return { base, offset: offset + number * vectorBytes };
}

function blockOf<V extends FloatVector>(
  { fn, plan, areas }: StringsContext<V>,
  sampleBytes: Expression<'i32'>,
): StringsBlock {
  const start = (area: number, bytes: number): Pointer => ({
    base: fn.let(i32.multiply(sampleBytes, bytes / vectorBytes)),
    offset: area,
  });
  return {
    startAngles: start(areas.startAngles, plan.slotCount * amplitudeBytes),
    blochVectors: start(areas.blochVectors, plan.starts.length * 3 * vectorBytes),
    products: start(areas.products, plan.products.length * vectorBytes),
  };
}
