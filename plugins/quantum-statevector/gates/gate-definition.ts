import { cosine, sine } from '../../../core/index.js';
import { addAngleGradient, angleValue } from '../angle.js';
import { complexMatrix, embed, identity, multiply, sum, type ComplexMatrix } from './complex-matrix.js';
import { angleCount, type Gate, type GateForm, type MatrixRows } from './gate-form.js';

/**
 * What a gate does: a unitary matrix as a function of its angles. Of several wires the first is the most significant bit
 * of the matrix index, so that controls come first.
 */
export interface GateDefinition {
  readonly wires: number;
  readonly angles: number;
  /** The same as data. */
  readonly form: GateForm;
  matrix(angles: readonly number[]): ComplexMatrix;
  /** Derivative of the matrix with respect to one of the angles. */
  derivative(angles: readonly number[], angle: number): ComplexMatrix;
}

/**
 * Makes a gate of its form.
 * @param lookUp definition of the gates in a sequence
 */
export function definitionFrom(form: GateForm, lookUp: (gate: Gate) => GateDefinition): GateDefinition {
  return { wires: form.wires, angles: angleCount(form), form, ...functionsOf(form, lookUp) };
}

function functionsOf(
  form: GateForm,
  lookUp: (gate: Gate) => GateDefinition,
): Pick<GateDefinition, 'matrix' | 'derivative'> {
  if (form.form === 'matrix') {
    const matrix = matrixOf(form.matrix);
    return { matrix: () => matrix, derivative: noDerivative };
  }
  if (form.form === 'rotation') {
    const { frequency } = form;
    const [constant, even, odd] = [matrixOf(form.constant), matrixOf(form.cosine), matrixOf(form.sine)];
    return {
      matrix: ([t = 0]) => sum([1, constant], [cosine(frequency * t), even], [sine(frequency * t), odd]),
      derivative: ([t = 0]) => sum([-frequency * sine(frequency * t), even], [frequency * cosine(frequency * t), odd]),
    };
  }
  return {
    matrix: (angles) => chain(form, angles, lookUp),
    derivative: (angles, angle) => chainDerivative(form, angles, angle, lookUp),
  };
}

type Sequence = Extract<GateForm, { form: 'sequence' }>;

/** Product of the matrices of a sequence; `changed` replaces the matrix of one gate. */
function chain(
  { wires, gates }: Sequence,
  angles: readonly number[],
  lookUp: (gate: Gate) => GateDefinition,
  changed?: { readonly gate: number; readonly matrix: ComplexMatrix },
): ComplexMatrix {
  return gates.reduce(
    (before, gate, index) => {
      const matrix = changed?.gate === index ? changed.matrix : lookUp(gate).matrix(innerAngles(gate, angles));
      return multiply(embed(matrix, gate.wires, wires), before);
    },
    identity(2 ** wires),
  );
}

/** Product rule over every angle of every gate that depends on the angle in question. */
function chainDerivative(
  form: Sequence,
  angles: readonly number[],
  angle: number,
  lookUp: (gate: Gate) => GateDefinition,
): ComplexMatrix {
  let total = sum([0, identity(2 ** form.wires)]);
  form.gates.forEach((gate, index) => {
    const inner = innerAngles(gate, angles);
    gate.angles.forEach((own, k) => {
      const slopes = { inputs: new Float64Array(form.angles), weights: new Float64Array(0) };
      addAngleGradient(own, 1, angles, [], slopes);
      const slope = slopes.inputs[angle]!;
      if (slope === 0) return;
      const matrix = lookUp(gate).derivative(inner, k);
      total = sum([1, total], [slope, chain(form, angles, lookUp, { gate: index, matrix })]);
    });
  });
  return total;
}

function innerAngles(gate: Gate, angles: readonly number[]): number[] {
  return gate.angles.map((angle) => angleValue(angle, angles, []));
}

function matrixOf(rows: MatrixRows): ComplexMatrix {
  const entries = rows.flat();
  return complexMatrix(
    rows.length,
    entries.map((entry) => (typeof entry === 'number' ? entry : entry[0])),
    entries.map((entry) => (typeof entry === 'number' ? 0 : entry[1])),
  );
}

function noDerivative(): never {
  throw new RangeError('a gate without angles has no derivative');
}
