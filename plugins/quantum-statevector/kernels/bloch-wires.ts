import type { BackwardAddresses, Expression, FloatVector } from '../../../compiler/index.js';
import { vectorBytes, type StartRotation } from '../layout.js';
import { componentsOf, type Letter } from '../string-products.js';
import { BlochOperations, type BlochVector } from './bloch-vector.js';
import { load, pointerTo, rowPointer, store, type Pointer } from './pointer.js';
import type { StringsBlock, StringsContext } from './strings-context.js';
import { keepAngle, keptAngle, type BlockInputs } from './wire-rotations.js';

const letters = ['X', 'Y', 'Z'] as const;

/** Where a block keeps a component of a wire. */
export function componentAt({ blochVectors: { base, offset } }: StringsBlock, wire: number, letter: Letter): Pointer {
  return { base, offset: offset + (wire * letters.length + letters.indexOf(letter)) * vectorBytes };
}

/** Turns every wire from |0> and keeps its Bloch vector. */
export function turnBlochVectors<V extends FloatVector>(
  context: StringsContext<V>,
  block: StringsBlock,
  from: BlockInputs,
): void {
  const { fn, ops, plan } = context;
  const bloch = new BlochOperations(fn, ops);
  plan.starts.forEach((rotations, wire) => {
    fn.scope(() => {
      let vector: BlochVector<V> = {};
      rotations.forEach((rotation, number) => {
        const angle = keepAngle(context, block, rotation, from, rotation.angle.input?.factor ?? 0);
        // The first rotation is about y.
        vector =
          number === 0 ? { X: angle.sine, Z: angle.cosine } : bloch.turn(vector, rotation.axis, angle, 'forward');
      });
      for (const letter of letters) {
        const component = vector[letter];
        if (component !== undefined) store(fn, componentAt(block, wire, letter), component);
      }
    });
  });
}

/**
 * Gradients of the angles from |0>, from the cotangents of the Bloch vectors r: a rotation about an axis has the component along it
 * of r x cotangent, and the product turns like a vector.
 */
export function addBlochGradients<V extends FloatVector>(
  context: StringsContext<V>,
  block: StringsBlock,
  cotangentAt: (wire: number, letter: Letter) => Pointer | undefined,
  rows: BackwardAddresses['inputGradients'][number],
  sampleBytes: Expression<'i32'>,
): void {
  const { fn, ops, plan, areas } = context;
  const bloch = new BlochOperations(fn, ops);
  const written = new Set<number>();
  const take = ({ angle: { weights, input }, index }: StartRotation, gradient: Expression<V>): void => {
    if (weights.length > 0) {
      const sum = pointerTo(areas.startSums + index * vectorBytes);
      store(fn, sum, ops.add(load(ops, sum), gradient));
    }
    if (input === undefined || rows === undefined) return;
    const target = rowPointer(rows, input.index, sampleBytes);
    const own = input.factor === 1 ? gradient : ops.multiply(gradient, ops.constant(input.factor));
    store(fn, target, rows.accumulate || written.has(input.index) ? ops.add(load(ops, target), own) : own);
    written.add(input.index);
  };
  const loaded = (at: (letter: Letter) => Pointer | undefined): BlochVector<V> =>
    Object.fromEntries(
      letters.flatMap((letter) => {
        const pointer = at(letter);
        return pointer === undefined ? [] : [[letter, fn.let(load(ops, pointer))]];
      }),
    );
  plan.starts.forEach((rotations, wire) => {
    const wanted = rotations.map(({ angle }) => angle.weights.length > 0 || (angle.input !== undefined && rows));
    const first = wanted.findIndex(Boolean);
    if (first < 0) return;
    fn.scope(() => {
      const components = componentsOf(rotations);
      const vector = loaded((letter) => (components.has(letter) ? componentAt(block, wire, letter) : undefined));
      let product = bloch.cross(
        vector,
        loaded((letter) => cotangentAt(wire, letter)),
      );
      for (let number = rotations.length - 1; number >= first; number--) {
        const rotation = rotations[number]!;
        const along = product[rotation.axis];
        if (wanted[number] && along !== undefined) take(rotation, along);
        if (number === first) return;
        product = bloch.turn(product, rotation.axis, keptAngle(context, block, rotation), 'inverse');
      }
    });
  });
  if (rows === undefined || rows.accumulate) return;
  for (let row = 0; row < plan.circuit.inputs; row++) {
    // Inputs that turn nothing that is measured.
    if (!written.has(row)) store(fn, rowPointer(rows, row, sampleBytes), ops.constant(0));
  }
}
