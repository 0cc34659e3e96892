import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { canonicalJson } from '../core/json.js';
import { createContainer } from '../core/wiring/create-container.js';
import { REGISTRIES } from '../core/wiring/tokens.js';
import type { CommandContext } from './command.js';
import { resolveLoaded, type LoadedConfig, type Overrides } from './open-experiment.js';
import { withLedger } from './read-experiment.js';

/**
 * The unfinished experiment of a config to go on with: the latest one, if the user wants it.
 * @param wanted undefined asks, where somebody can answer; otherwise a new one is started, and the old one named
 * @returns its id; undefined for a new experiment
 */
export async function findUnfinished(
  loaded: LoadedConfig,
  overrides: Overrides,
  file: string,
  context: CommandContext,
  wanted: true | undefined,
): Promise<string | undefined> {
  if (!existsSync(path.resolve(context.folder, file))) return undefined;
  const config = canonicalJson(resolveLoaded(loaded, overrides)(createContainer(loaded.plugins).get(REGISTRIES)));
  const summaries = await withLedger(file, context, (ledger) => ledger.summaries());
  const found = summaries.findLast(
    ({ status, header }) => status !== 'finished' && canonicalJson(header.config) === config,
  );
  if (found === undefined) return undefined;
  const { id } = found.header;
  if (wanted === true) return id;
  const { terminal } = context;
  const what = `There is an unfinished experiment of this config: ${id}, ${found.candidates} candidates.`;
  if (!terminal.interactive || !process.stdin.isTTY) {
    terminal.note(`${what} This is a new one; --resume goes on with it.`);
    return undefined;
  }
  terminal.note(what);
  const asking = createInterface({ input: process.stdin, output: terminal.errors });
  try {
    return /^n/i.test(await asking.question('Go on with it? [Y/n] ')) ? undefined : id;
  } finally {
    asking.close();
  }
}
