import { canonicalJson } from '../json.js';
import type { Entry } from './ledger.js';

/**
 * A history as JSON lines in canonical form. What depends on clock, machine, worker count or ledger stands under `run`;
 * interruptions are such facts altogether and have no line, so that a resumed history equals an undisturbed one.
 */
export async function* exportHistory(entries: AsyncIterable<Entry>): AsyncIterable<string> {
  for await (const entry of entries) {
    if (entry.type !== 'interrupted') yield `${canonicalJson(entry)}\n`;
  }
}
