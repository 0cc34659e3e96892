import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { EnvironmentKind } from '../../../core/environment/environment.js';
import { acrobot } from '../../../environments/acrobot/index.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { mountainCar, mountainCarContinuous } from '../../../environments/mountain-car/index.js';
import { pendulum } from '../../../environments/pendulum/index.js';
import { parseValues } from '../../../core/domain.js';
import { cosine, sine } from '../../../core/math.js';

interface Transition {
  readonly state: readonly number[];
  readonly action: number;
  readonly next: readonly number[];
  readonly reward: number;
  readonly terminated: boolean;
}

// Renew with: python python/record_golden.py test/golden
const file = new URL('../../golden/gymnasium-1.3.0-one-step.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly Transition[]>;

/** Rows of the saved state that hold no physics, after those that do. */
const extraRows = new Map<EnvironmentKind, (state: readonly number[]) => readonly number[]>([
  [cartPole, () => [0]],
  [mountainCarContinuous, () => [0]], // not fresh: what is stored is float32
  [pendulum, ([angle]) => [0, cosine(angle!), sine(angle!)]],
]);

const kinds = [cartPole, mountainCar, mountainCarContinuous, acrobot, pendulum];

describe('one step from a given float64 state, against Gymnasium 1.3.0', () => {
  it.each(kinds.map((kind) => [kind.gymnasiumId!, kind] as const))('%s: within 1e-12 relative', (name, kind) => {
    const environment = kind.make(parseValues(kind.options, {}, kind.id));
    environment.reset({ seed: 0 });
    const { generator } = environment.save!();
    for (const { state, action, next, reward, terminated } of golden[name]!) {
      environment.restore!({ state: [...state, ...(extraRows.get(kind)?.(state) ?? [])], generator: generator! });
      const box = environment.actionSpace.kind === 'box';
      const result = environment.step(box ? Float32Array.of(action) : action);
      const reached = environment.save!()['state'] as readonly number[]; // what DynamicsEnvironment saves
      next.forEach((value, row) => expect(distance(reached[row]!, value)).toBeLessThanOrEqual(1e-12));
      expect(distance(result.reward, reward)).toBeLessThanOrEqual(1e-12);
      expect(result.terminated).toBe(terminated);
    }
  });
});

function distance(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(1, Math.abs(b));
}
