import {
  createRows,
  liftKind,
  makeEnvironment,
  makeVectorEnvironment,
  type Environment,
  type VectorEnvironment,
} from '../core/index.js';
import { cartPole } from '../environments/cartpole/index.js';
import { compare, type Contender } from './harness.js';
import { plainCartPole } from './plain/cartpole.js';
import { rowsOf, type Row } from './report.js';

/** Environment steps of one run of each contender. */
const STEPS = 4096;

/** CartPole under random actions: steps per CPU-second. */
export async function environments(): Promise<Row[]> {
  const timings = await compare([
    { name: 'vector of 64', run: vectorSteps(makeVectorEnvironment(cartPole, 64)) },
    { name: 'vector of 8', run: vectorSteps(makeVectorEnvironment(cartPole, 8)) },
    { name: 'vector of 1024', run: vectorSteps(makeVectorEnvironment(cartPole, 1024)) },
    { name: '8 scalar ones, lifted', run: vectorSteps(liftKind(cartPole, 8)) },
    { name: 'scalar, Gymnasium protocol', run: scalarSteps(makeEnvironment(cartPole)) },
    { name: 'plain loop, no protocol', run: () => plainCartPole(STEPS) },
  ]);
  return rowsOf('CartPole, random actions', timings, 'M steps/s', (microseconds) => STEPS / microseconds).map((row) =>
    row.who === 'vector of 64' ? { ...row, target: { text: '>= 5 M steps/s', met: row.median >= 5 } } : row,
  );
}

function vectorSteps(vector: VectorEnvironment): Contender['run'] {
  const { count } = vector;
  const buffers = {
    observations: createRows(4, count),
    rewards: new Float64Array(count),
    terminated: new Uint8Array(count),
    truncated: new Uint8Array(count),
    finalObservations: createRows(4, count),
  };
  const actions = createRows(1, count);
  vector.reset(
    buffers.observations,
    Int32Array.from({ length: count }, (_, lane) => lane),
  );
  let bits = 1;
  return () => {
    for (let step = 0; step < STEPS; step += count) {
      for (let lane = 0; lane < count; lane++) {
        bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
        actions.data[lane] = bits >>> 31;
      }
      vector.step(actions, buffers);
    }
  };
}

function scalarSteps(environment: Environment): Contender['run'] {
  environment.reset({ seed: 0 });
  let bits = 1;
  return () => {
    for (let step = 0; step < STEPS; step++) {
      bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
      const { terminated, truncated } = environment.step(bits >>> 31);
      if (terminated || truncated) environment.reset();
    }
  };
}
