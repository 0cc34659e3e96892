import { cosine, HqnasError, sine } from '../../../core/index.js';
import { factorsOf } from '../angle.js';
import { elementaryGates } from '../analysis/elementary-gates.js';
import { stateSource } from '../analysis/state-source.js';
import type { Circuit } from '../circuit.js';
import { definitionOf } from '../gates/gates.js';
import { requireWhole } from '../check-number.js';
import { measurementRows, measureState } from '../measurement.js';
import { checkValues } from '../statevector-reference.js';

/**
 * A circuit with fixed weights as a polynomial: output k is the sum over all words of n digits of coefficients[k * 3^n + word] times
 * the product of 1, cos x_i or sin x_i, as digit i of the word is 0, 1 or 2; the first digit is the most significant one. JSON but
 * for the typed array.
 */
export interface ClassicalSurrogate {
  readonly inputs: number;
  readonly outputs: number;
  readonly coefficients: Float64Array;
}

/**
 * The classical surrogate of a trained circuit that encodes each input once (Schreiber, Eisert, Meyer 2023, arXiv 2206.11740): exact,
 * not fitted. Each output is of the first degree in (1, cos x_i, sin x_i) for every input, so its values for x_i in {0, pi, pi/2}
 * determine it; it takes 3^n runs of the circuit.
 * @throws HqnasError `no-surrogate`, `invalid-circuit-values`
 */
export function classicalSurrogate(circuit: Circuit, weights: ArrayLike<number>): ClassicalSurrogate {
  checkValues('weights', weights, circuit.weights);
  checkEncoding(circuit);
  const { inputs } = circuit;
  const words = 3 ** inputs;
  const outputs = measurementRows(circuit.measurement);
  const coefficients = new Float64Array(outputs * words);
  const stateOf = stateSource(circuit);
  const x = new Float64Array(inputs);
  for (let word = 0; word < words; word++) {
    for (let input = 0, rest = word; input < inputs; input++, rest = Math.floor(rest / 3)) {
      x[inputs - 1 - input] = points[rest % 3]!;
    }
    measureState(circuit.measurement, stateOf(x, weights)).forEach(
      (value, k) => (coefficients[k * words + word] = value),
    );
  }
  // From values at 0, pi, pi/2 to the coefficients of 1, cos, sin: f(0) = a + b, f(pi) = a - b, f(pi/2) = a + c.
  for (let stride = 1; stride < words; stride *= 3) {
    for (let first = 0; first < coefficients.length; first++) {
      if (Math.floor(first / stride) % 3 !== 0) continue;
      const [zero, pi, half] = [0, 1, 2].map((digit) => coefficients[first + digit * stride]!) as [
        number,
        number,
        number,
      ];
      coefficients[first] = (zero + pi) / 2;
      coefficients[first + stride] = (zero - pi) / 2;
      coefficients[first + 2 * stride] = half - (zero + pi) / 2;
    }
  }
  return { inputs, outputs, coefficients };
}

const points = [0, Math.PI, Math.PI / 2];

/** Outputs for one sample, input by input: about 1.5 * 3^n multiplications per output. */
export function runSurrogate(surrogate: ClassicalSurrogate, inputs: ArrayLike<number>): Float64Array {
  return contract(surrogate, inputs, -1);
}

/** Derivative of every output with respect to one input. */
export function surrogateDerivative(
  surrogate: ClassicalSurrogate,
  inputs: ArrayLike<number>,
  input: number,
): Float64Array {
  requireWhole('input', input, 0, surrogate.inputs - 1);
  return contract(surrogate, inputs, input);
}

function contract(
  { inputs, outputs, coefficients }: ClassicalSurrogate,
  x: ArrayLike<number>,
  derived: number,
): Float64Array {
  checkValues('inputs', x, inputs);
  checkValues('coefficients', coefficients, outputs * 3 ** inputs);
  let values = coefficients;
  for (let input = inputs - 1; input >= 0; input--) {
    const [c, s] = [cosine(x[input]!), sine(x[input]!)];
    const [one, even, odd] = input === derived ? [0, -s, c] : [1, c, s];
    const next = new Float64Array(values.length / 3);
    for (let k = 0; k < next.length; k++) {
      next[k] = one * values[3 * k]! + even * values[3 * k + 1]! + odd * values[3 * k + 2]!;
    }
    values = next;
  }
  return inputs === 0 ? coefficients.slice(0, outputs) : values;
}

/** Each input turns one gate, whose matrix has the two phases e^{+-i x/2} alone (up to a common one): frequencies -1, 0 and 1. */
function checkEncoding(circuit: Circuit): void {
  const fail = (what: string, remedy?: string): never => {
    throw new HqnasError({ code: 'no-surrogate', what, remedy });
  };
  if (circuit.inputs > 12) fail(`a table of 3^${circuit.inputs} entries per output is too large`);
  if (circuit.initial?.kind === 'amplitude') fail('amplitudes are not encoded by rotations');
  const used = new Set<number>();
  for (const item of elementaryGates(circuit.gates)) {
    const { form } = definitionOf(item);
    for (const angle of item.angles) {
      const [factor, variables] = factorsOf(angle);
      const inputs = variables.filter(({ source }) => source === 'input');
      if (inputs.length === 0) continue;
      if (variables.length > 1 || factor !== 1) fail(`${item.gate} turns by more than an input alone`);
      if (used.has(inputs[0]!.index)) fail(`input ${inputs[0]!.index} is used more than once`);
      used.add(inputs[0]!.index);
      const plain =
        form.form === 'rotation' && form.frequency === 0.5 && form.constant.flat().every((entry) => entry === 0);
      const phase = form.form === 'rotation' && form.frequency === 1;
      if (!plain && !phase) {
        fail(
          `${item.gate} by an input has frequencies other than 1`,
          'Encode by RX, RY, RZ, PhaseShift or Ising rotations.',
        );
      }
    }
  }
}
