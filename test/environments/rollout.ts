import { readFileSync } from 'node:fs';

/** An episode recorded with Gymnasium: start, then one entry per step. */
export interface Rollout {
  readonly obs0: readonly number[];
  readonly act: readonly (number | readonly [number])[];
  readonly obs: readonly (readonly number[])[];
  readonly rew: readonly number[];
  readonly term: readonly boolean[];
  readonly trunc: readonly boolean[];
}

const file = new URL('../golden/gymnasium-1.3.0-rollouts.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Rollout>;

/** The recorded episode of an environment, with random actions of a space seeded alike. */
export function recordedRollout(gymnasiumId: string, seed: number): Rollout {
  const rollout = golden[`${gymnasiumId}_${seed}`];
  if (rollout === undefined) throw new Error(`nothing is recorded of ${gymnasiumId} with seed ${seed}`);
  return rollout;
}
