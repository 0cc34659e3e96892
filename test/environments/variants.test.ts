import { describe, it } from '@jest/globals';
import type { EnvironmentKind } from '../../core/environment/environment.js';
import { acrobot } from '../../environments/acrobot/index.js';
import { cliffWalking } from '../../environments/cliff-walking/index.js';
import { echo } from '../../environments/echo/index.js';
import { frozenLake } from '../../environments/frozen-lake/index.js';
import { mountainCar, mountainCarContinuous } from '../../environments/mountain-car/index.js';
import { pendulum } from '../../environments/pendulum/index.js';
import { environmentContract } from '../contracts/environment.js';

/** Options other than the defaults, which test/contracts-of-everything.test.ts covers. */
const variants: readonly (readonly [EnvironmentKind, Readonly<Record<string, unknown>>])[] = [
  [mountainCar, { goal_velocity: 0.03 }],
  [mountainCarContinuous, { goal_velocity: 0.03 }],
  [acrobot, { book_or_nips: 'nips', torque_noise_max: 0.5 }],
  [pendulum, { g: 9.81 }],
  [frozenLake, { map_name: '8x8', is_slippery: false }],
  [frozenLake, { success_rate: 0.75 }],
  [cliffWalking, { is_slippery: true }],
  [echo, { symbols: 5 }],
];

for (const [kind, options] of variants) {
  describe(`${kind.id} with ${JSON.stringify(options)}`, () => {
    for (const { name, run } of environmentContract(kind, { options })) it(name, run);
  });
}
