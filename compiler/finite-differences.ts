import type { Graph, Tensor } from './graph.js';
import { createReference } from './reference.js';

/** How far gradients are from differences. */
export interface DifferenceCheck {
  /** Largest difference of a gradient entry, relative to the largest entry of its kind (parameters or inputs), at least 1. */
  readonly worst: number;
  /** Where: "parameter 3" or "input 0 element 5". */
  readonly where: string;
}

/**
 * One-sided differences of a smooth function differ by about the step times its curvature, those at a kink by its jump.
 * The gradient of a smooth function lies between them as well, so a low threshold hides nothing wider than their gap.
 */
const kink = 1e-5;

/**
 * Compares the gradients of the float64 reference with central differences of the sum of cotangent times output, for
 * all parameters and inputs: (f(x + h) - f(x - h)) / 2h. Within h of a kink (relu at 0) the differences to both sides
 * disagree; whatever lies between them is a subgradient and counts as right.
 */
export function finiteDifferences(
  graph: Graph,
  outputs: Readonly<Record<string, Tensor>>,
  at: {
    readonly inputs: readonly Float64Array[];
    readonly parameters: Float64Array;
    readonly cotangents: Readonly<Record<string, Float64Array>>;
    readonly samples: number;
  },
  step = 1e-5,
): DifferenceCheck {
  const reference = createReference(graph, outputs);
  const { inputs, parameters, cotangents, samples } = at;
  const objective = (): number => {
    const results = reference.forward(inputs, parameters, samples);
    let sum = 0;
    for (const [name, cotangent] of Object.entries(cotangents))
      cotangent.forEach((c, i) => (sum += c * results[name]![i]!));
    return sum;
  };
  const centre = objective();
  const exact = reference.backward(cotangents);
  let check: DifferenceCheck = { worst: 0, where: '' };
  const compare = (values: Float64Array, gradient: Float64Array, name: string): void => {
    const largest = gradient.reduce((top, value) => Math.max(top, Math.abs(value)), 1);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      values[i] = value + step;
      const above = objective();
      values[i] = value - step;
      const below = objective();
      values[i] = value;
      const [right, left] = [(above - centre) / step, (centre - below) / step];
      const isKink = Math.abs(right - left) > kink * largest;
      const distance = isKink
        ? Math.max(0, Math.min(left, right) - gradient[i]!, gradient[i]! - Math.max(left, right))
        : Math.abs((above - below) / (2 * step) - gradient[i]!);
      const error = distance / largest;
      // A NaN on either side is the worst of errors.
      if (!(error <= check.worst)) check = { worst: Number.isNaN(error) ? Infinity : error, where: `${name} ${i}` };
    }
  };
  compare(parameters, exact.parameters, 'parameter');
  inputs.forEach((values, i) => {
    compare(values, exact.inputs[i]!, `input ${i} element`);
  });
  return check;
}
