import type { Circuit } from '../circuit.js';
import { deadParameters, type DeadParameters } from './dead-parameters.js';

const known = new Map<string, DeadParameters>();

/** {@link deadParameters} for searches, which meet the same circuits again and again: each is looked at once. */
export function deadOf(circuit: Circuit): DeadParameters {
  const key = JSON.stringify(circuit);
  let dead = known.get(key);
  if (dead === undefined) {
    dead = deadParameters(circuit);
    if (known.size >= 1000) known.clear();
    known.set(key, dead);
  }
  return dead;
}
