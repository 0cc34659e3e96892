import {
  exponential,
  logSoftmax,
  logarithm,
  type Model,
  type Rows,
  type Space,
  type StateSample,
} from '../../core/index.js';

/**
 * Writes `factor` times the gradient of log pi(a|s) with respect to one column of the policy's output.
 *
 * Discrete: d/dz_j = [j = a] - p_j. Continuous, with mean m and logarithm of the deviation l in each dimension:
 * d/dm = (a - m) / s^2, d/dl = (a - m)^2 / s^2 - 1.
 *
 * @param action of the column: the number of a discrete one, or one number per dimension
 */
export function writeLikelihoodGradient(
  space: Space,
  policy: Rows,
  column: number,
  action: ArrayLike<number>,
  factor: number,
  { data, stride }: Rows,
): void {
  if (space.kind === 'discrete') {
    const logProbabilities = new Float64Array(policy.rows);
    logSoftmax(policy, column, logProbabilities);
    const taken = action[0]! - space.start;
    for (let row = 0; row < policy.rows; row++) {
      data[row * stride + column] = factor * ((row === taken ? 1 : 0) - exponential(logProbabilities[row]!));
    }
    return;
  }
  const size = policy.rows >> 1;
  for (let row = 0; row < size; row++) {
    const inverse = exponential(-policy.data[(size + row) * policy.stride + column]!);
    const distance = (action[row]! - policy.data[row * policy.stride + column]!) * inverse;
    data[row * stride + column] = factor * distance * inverse;
    data[(size + row) * stride + column] = factor * (distance * distance - 1);
  }
}

/**
 * Gradient of the loss -1/N sum_i log pi(a_i|s_i), as if the actions of the sample were to be learned: proxies that were
 * made for classification take labels here.
 * @returns over the weights of the policy network, which come first; a view that the next call overwrites
 */
export function imitationGradient({ program, actionSpace, counts }: Model, states: StateSample): Float32Array {
  const policy = program.outputs['policy']!;
  const cotangent = program.outputGradients['policy']!;
  writeObservations(states, 0, states.count, program.inputs[0]!);
  program.forward(states.count);
  clearCotangents(program.outputGradients);
  const action = new Float32Array(states.actions.rows);
  for (let column = 0; column < states.count; column++) {
    for (let row = 0; row < action.length; row++) {
      action[row] = states.actions.data[row * states.actions.stride + column]!;
    }
    writeLikelihoodGradient(actionSpace, policy, column, action, -1 / states.count, cotangent);
  }
  program.zeroGradients();
  program.backward(states.count);
  return program.gradients.subarray(0, counts.policyParameters);
}

/** Copies samples first .. first + count - 1 to the first columns. */
export function writeObservations({ observations }: StateSample, first: number, count: number, input: Rows): void {
  for (let row = 0; row < input.rows; row++) {
    const from = row * observations.stride + first;
    input.data.set(observations.data.subarray(from, from + count), row * input.stride);
  }
}

export function clearCotangents(cotangents: Readonly<Record<string, Rows>>): void {
  for (const { data, rows, stride } of Object.values(cotangents)) data.fill(0, 0, rows * stride);
}

/** Entropy, in nats, of the policy at one column of its output. */
export function policyEntropy(space: Space, policy: Rows, column: number): number {
  let entropy = 0;
  if (space.kind === 'discrete') {
    const logProbabilities = new Float64Array(policy.rows);
    logSoftmax(policy, column, logProbabilities);
    for (const value of logProbabilities) entropy -= exponential(value) * value;
    return entropy;
  }
  const size = policy.rows >> 1;
  for (let row = 0; row < size; row++) entropy += policy.data[(size + row) * policy.stride + column]! + halfLog2PiE;
  return entropy;
}

/** Entropy of a standard normal distribution. */
const halfLog2PiE = 0.5 * (logarithm(2 * Math.PI) + 1);
