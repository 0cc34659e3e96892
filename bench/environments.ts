import { liftKind, makeEnvironment, makeVectorEnvironment } from '../core/environment/make-environment.js';
import { Pcg64 } from '../core/environment/pcg64.js';
import type { VectorEnvironment } from '../core/environment/vector-environment.js';
import { createRows } from '../core/rows.js';
import { cartPole } from '../environments/cartpole/index.js';

/** Steps per CPU-second of CartPole under random actions, best of five passes. */
const STEPS = 2_000_000;

function measure(name: string, pass: () => void): void {
  let best = 0;
  for (let i = 0; i < 5; i++) {
    const start = process.cpuUsage();
    pass();
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, STEPS / (user + system));
  }
  console.log(`${name.padEnd(24)} ${best.toFixed(2)} million per CPU-second`);
}

function stepVector(vector: VectorEnvironment): void {
  const { count } = vector;
  const buffers = {
    observations: createRows(4, count),
    rewards: new Float64Array(count),
    terminated: new Uint8Array(count),
    truncated: new Uint8Array(count),
    finalObservations: createRows(4, count),
  };
  const actions = createRows(1, count);
  vector.reset(buffers.observations, Int32Array.from({ length: count }, (_, i) => i));
  let bits = 1;
  for (let step = 0; step < STEPS; step += count) {
    for (let lane = 0; lane < count; lane++) {
      bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
      actions.data[lane] = bits >>> 31;
    }
    vector.step(actions, buffers);
  }
}

for (const count of [8, 64, 1024]) measure(`batch of ${count}`, () => stepVector(makeVectorEnvironment(cartPole, count)));
measure('lifted, 8', () => stepVector(liftKind(cartPole, 8)));
measure('scalar', () => {
  const environment = makeEnvironment(cartPole);
  environment.reset({ seed: 0 });
  let bits = 1;
  for (let step = 0; step < STEPS; step++) {
    bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
    const { terminated, truncated } = environment.step(bits >>> 31);
    if (terminated || truncated) environment.reset();
  }
});
const generator = new Pcg64(0);
measure('random draws', () => {
  for (let i = 0; i < STEPS; i++) generator.random();
});
