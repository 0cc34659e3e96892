import { HqnasError } from '../errors.js';

/**
 * What a vector environment does with a lane whose episode ended, as Gymnasium's AutoresetMode.
 *
 * - `same-step`: the lane is reset within the step; `observations` holds the first observation of the next episode and
 *   `finalObservations` the last one of this episode.
 * - `next-step`: `observations` holds the last observation; the next step ignores the lane's action, resets it and gives
 *   the first observation, reward 0 and no flag. That step is no transition: learners must leave it out.
 * - `disabled`: `observations` holds the last observation; stepping the lane again is an error until it is reset.
 */
export type Autoreset = 'same-step' | 'next-step' | 'disabled';

/** All modes; the first is the default. */
export const autoresetModes: readonly Autoreset[] = ['same-step', 'next-step', 'disabled'];

/**
 * For whoever consumes a vector environment: refuses a mode that it would get wrong.
 * @param who for the message, such as `ppo/clip`
 * @throws HqnasError `wrong-autoreset`
 */
export function requireAutoreset(
  vector: { readonly autoreset?: Autoreset },
  accepted: readonly Autoreset[],
  who: string,
): void {
  const mode = vector.autoreset ?? 'same-step';
  if (accepted.includes(mode)) return;
  throw new HqnasError({
    code: 'wrong-autoreset',
    what: `${who} would take the steps of this vector environment for something else`,
    expected: `autoreset ${accepted.join(' or ')}`,
    got: mode,
    remedy: 'Make the vector environment with an accepted mode.',
  });
}

/** What a step of a finished lane without autoreset throws. */
export function laneFinished(lane: number): HqnasError {
  return new HqnasError({
    code: 'reset-needed',
    what: `environment ${lane} was stepped after the end of its episode`,
    remedy: 'Reset it first: reset(observations, undefined, mask).',
  });
}
