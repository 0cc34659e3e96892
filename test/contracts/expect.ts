import { canonicalJson } from '../../core/json.js';

/** Throws with a message that names the broken rule. */
export function ensure(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

/** Both sides as canonical JSON; throws when one of them is no JSON. */
export function ensureEqual(actual: unknown, expected: unknown, rule: string): void {
  const [got, wanted] = [canonicalJson(actual), canonicalJson(expected)];
  ensure(got === wanted, `${rule}: expected ${wanted}, got ${got}`);
}
