import {
  actIn,
  createRows,
  createStepBuffers,
  defineMeasure,
  integer,
  real,
  requireAutoreset,
  rowsOf,
  type Model,
  type Rng,
  type VectorEnvironment,
} from '../../core/index.js';
import { clearCotangents, writeLikelihoodGradient } from './likelihood.js';

/** Environments side by side. */
const lanes = 8;

/**
 * How much the first rollouts say about where to go: policy gradients (REINFORCE, Williams 1992) of independent rollouts of the
 * untrained policy, and the mean cosine between each two of them. 1 = every rollout says the same, 0 = they are noise. An
 * advantage is the discounted return to go minus its mean over the environments at the same step, which takes out that
 * rollouts are cut.
 */
export const advantageSignal = defineMeasure({
  id: 'measures/advantage-signal',
  summary: 'how well the policy gradients of independent rollouts of the untrained network agree: mean cosine',
  direction: 'maximise',
  options: {
    rollouts: integer(2, 100, { fallback: 4, help: 'rollouts that are compared' }),
    steps: integer(1, 10_000, { fallback: 64, help: 'steps of each, in each of 8 environments' }),
    discount: real(0, 1, { fallback: 0.99, help: 'discount of rewards' }),
  },
  of({ draw, environments, rng }, { rollouts, steps, discount }) {
    const model = draw(rng.fork('initialise'));
    const gradients = Array.from({ length: rollouts }, (_, i) =>
      policyGradient(model, environments().forTraining(lanes), steps, discount, rng.fork('rollout', i)),
    );
    let sum = 0;
    let pairs = 0;
    for (const [i, first] of gradients.entries()) {
      for (const second of gradients.slice(i + 1)) {
        sum += cosineBetween(first, second);
        pairs++;
      }
    }
    return sum / pairs;
  },
});

/**
 * Sum over a rollout of advantage times gradient of log pi(a|s), over the weights of the policy network.
 * @param environments they are closed here
 */
export function policyGradient(
  { program, actionSpace, counts }: Model,
  environments: VectorEnvironment,
  steps: number,
  discount: number,
  rng: Rng,
): Float64Array {
  requireAutoreset(environments, ['same-step'], 'measures/advantage-signal');
  const { count } = environments;
  const input = program.inputs[0]!;
  const policy = program.outputs['policy']!;
  const actionRows = rowsOf(actionSpace);
  const act = actIn(actionSpace, policy.rows);
  const actions = createRows(actionRows, count);
  const buffers = createStepBuffers(input.rows, count);
  const observations: Float32Array[] = [];
  const taken: Float32Array[] = [];
  const rewards = new Float64Array(steps * count);
  const continues = new Uint8Array(steps * count);
  environments.reset(
    buffers.observations,
    Float64Array.from({ length: count }, () => rng.int(2 ** 31)),
  );
  for (let step = 0; step < steps; step++) {
    observations.push(buffers.observations.data.slice());
    load(observations[step]!);
    program.forward(count);
    for (let lane = 0; lane < count; lane++) act(policy, lane, rng, actions);
    taken.push(actions.data.slice());
    environments.step(actions, buffers);
    for (let lane = 0; lane < count; lane++) {
      rewards[step * count + lane] = buffers.rewards[lane]!;
      continues[step * count + lane] = buffers.terminated[lane] === 1 || buffers.truncated[lane] === 1 ? 0 : 1;
    }
  }
  environments.close?.();

  const advantages = advantagesOf(rewards, continues, count, discount);
  const sum = new Float64Array(counts.policyParameters);
  const action = new Float32Array(actionRows);
  const cotangent = program.outputGradients['policy']!;
  for (let step = 0; step < steps; step++) {
    load(observations[step]!);
    program.forward(count);
    clearCotangents(program.outputGradients);
    for (let lane = 0; lane < count; lane++) {
      for (let row = 0; row < actionRows; row++) action[row] = taken[step]![row * count + lane]!;
      writeLikelihoodGradient(actionSpace, policy, lane, action, advantages[step * count + lane]!, cotangent);
    }
    program.zeroGradients();
    program.backward(count);
    for (let k = 0; k < sum.length; k++) sum[k]! += program.gradients[k]!;
  }
  return sum;

  function load(from: Float32Array): void {
    for (let row = 0; row < input.rows; row++) {
      input.data.set(from.subarray(row * count, (row + 1) * count), row * input.stride);
    }
  }
}

/**
 * Discounted returns to go minus their mean over the environments at the same step.
 * @param rewards [step][environment], as `continues`: 0 where the episode ended with that step
 */
export function advantagesOf(
  rewards: Float64Array,
  continues: Uint8Array,
  environments: number,
  discount: number,
): Float64Array {
  const returns = rewards.slice();
  for (let i = returns.length - environments - 1; i >= 0; i--) {
    if (continues[i] === 1) returns[i]! += discount * returns[i + environments]!;
  }
  for (let first = 0; first < returns.length; first += environments) {
    let mean = 0;
    for (let lane = 0; lane < environments; lane++) mean += returns[first + lane]! / environments;
    for (let lane = 0; lane < environments; lane++) returns[first + lane]! -= mean;
  }
  return returns;
}

/** 0 where one of the two is 0. */
function cosineBetween(a: Float64Array, b: Float64Array): number {
  let product = 0;
  let left = 0;
  let right = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    left += a[i]! * a[i]!;
    right += b[i]! * b[i]!;
  }
  return left === 0 || right === 0 ? 0 : product / Math.sqrt(left * right);
}
