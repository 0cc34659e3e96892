import { canonicalJson } from '../json.js';
import type { Entry } from './ledger.js';

/**
 * A history as JSON lines in canonical form. What depends on clock, machine, worker count or ledger stands under `run`;
 * interruptions are such facts altogether and have no line, so that a resumed history equals an undisturbed one.
 * @param facts leave `run` out where false: equal config and seed then give equal bytes
 */
export async function* exportHistory(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  { facts = true }: { readonly facts?: boolean } = {},
): AsyncIterable<string> {
  for await (const entry of entries) {
    if (entry.type === 'interrupted') continue;
    const { run, ...content } = entry;
    yield `${canonicalJson(facts ? { ...content, run } : content)}\n`;
  }
}
