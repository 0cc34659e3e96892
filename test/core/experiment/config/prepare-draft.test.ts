import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../../cli/built-in-plugins.js';
import { foldHistory } from '../../../../core/experiment/fold.js';
import { MemoryLedger } from '../../../../core/experiment/memory-ledger.js';
import { parseConfigValues } from '../../../../core/experiment/config/parse-config.js';
import { pastExperiments, prepareDraft } from '../../../../core/experiment/config/prepare-draft.js';
import { resolveConfig } from '../../../../core/experiment/config/resolve-config.js';
import { createContainer } from '../../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../../core/wiring/tokens.js';
import { sampleHistory } from '../sample-history.js';

const middleware = builtInPlugins.flatMap((plugin) => plugin.middleware ?? []);
const draftWith = (around: readonly unknown[]) =>
  parseConfigValues(
    {
      preset: 'corrected',
      searchSpace: 'paper/balanced',
      strategy: { use: 'regularized-evolution/aging', with: around },
      budget: { candidates: 3 },
    },
    'test',
  );

async function ledgerWithSample(): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  for (const entry of sampleHistory(60)) await ledger.append('sample-20260101-000000-aaaa', entry);
  return ledger;
}

describe('options that refer to earlier experiments', () => {
  it('are frozen into the config as what these hold', async () => {
    const ledger = await ledgerWithSample();
    const draft = draftWith(['search/deduplicate', { use: 'search/warm-start', from: 'sample', top: 3 }]);
    const prepared = await prepareDraft(draft, middleware, pastExperiments(ledger));
    const { leaderboard } = await foldHistory(sampleHistory(60));
    const config = resolveConfig(prepared, createContainer(builtInPlugins).get(REGISTRIES));
    expect(config.strategy.with![1]).toEqual({
      use: 'search/warm-start',
      from: 'sample-20260101-000000-aaaa',
      top: 3,
      examined: true,
      dna: leaderboard.slice(0, 3).map(({ dna }) => dna),
    });
    // What came out is a config that asks for nothing more.
    const again = parseConfigValues(config, 'stored');
    expect(await prepareDraft(again, middleware, pastExperiments(new MemoryLedger()))).toEqual(again);
  });

  it('name what does not exist', async () => {
    const ledger = await ledgerWithSample();
    const prepare = (from: string) =>
      prepareDraft(draftWith([{ use: 'search/warm-start', from }]), middleware, pastExperiments(ledger));
    await expect(prepare('smaple')).rejects.toThrow(/smaple.*\[unknown-experiment\]/s);
  });

  it('leave other drafts alone', async () => {
    const draft = draftWith([]);
    expect(await prepareDraft(draft, middleware, pastExperiments(new MemoryLedger()))).toEqual(draft);
  });
});
