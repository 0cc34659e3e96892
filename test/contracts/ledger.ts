import type { Entry, Ledger } from '../../core/experiment/ledger.js';
import { ensure, ensureEqual } from './expect.js';
import type { Check } from './contract.js';

/** What every ledger promises. `makeLedger` gives an empty one each time. */
export function ledgerContract(makeLedger: () => Ledger | Promise<Ledger>): readonly Check[] {
  const check = (name: string, body: (ledger: Ledger) => Promise<void>): Check => ({
    name: `ledger: ${name}`,
    async run() {
      const ledger = await makeLedger();
      try {
        await body(ledger);
      } finally {
        await ledger.close();
      }
    },
  });
  return [
    check('entries come back as they were, in the order of appending', async (ledger) => {
      const entries = historyOf('a', 3);
      for (const entry of entries) await ledger.append('a', entry);
      ensureEqual(await entriesOf(ledger, 'a'), entries, 'entries');
    }),
    check('several experiments keep apart, however their entries interleave', async (ledger) => {
      const [a, b] = [historyOf('a', 2), historyOf('b', 2)];
      for (let i = 0; i < a.length; i++) {
        await ledger.append('a', a[i]!);
        await ledger.append('b', b[i]!);
      }
      ensureEqual(await entriesOf(ledger, 'a'), a, 'first experiment');
      ensureEqual(await entriesOf(ledger, 'b'), b, 'second experiment');
    }),
    check('the list has every header, oldest first', async (ledger) => {
      ensureEqual(await ledger.list(), [], 'list of an empty ledger');
      for (const id of ['z', 'a', 'm']) await ledger.append(id, startOf(id));
      const ids = (await ledger.list()).map(({ id }) => id);
      ensureEqual(ids, ['z', 'a', 'm'], 'ids');
      const [first] = await ledger.list();
      const entry = startOf('z');
      ensure(entry.type === 'started', 'a history starts with "started"');
      ensureEqual(first, { id: 'z', ...entry.header }, 'header');
    }),
    check('more than one page of entries comes back complete', async (ledger) => {
      const entries = historyOf('a', 450);
      for (const entry of entries) await ledger.append('a', entry);
      const indexes = (await entriesOf(ledger, 'a')).flatMap((entry) =>
        entry.type === 'candidate' ? [entry.index] : [],
      );
      ensureEqual(
        indexes,
        Array.from({ length: 450 }, (_, i) => i),
        'candidate numbers',
      );
    }),
    check('a reader may stop early and another may begin meanwhile', async (ledger) => {
      for (const entry of historyOf('a', 5)) await ledger.append('a', entry);
      for await (const entry of ledger.read('a')) {
        ensure(entry.type === 'started', 'the first entry is the start');
        ensureEqual((await entriesOf(ledger, 'a')).length, 7, 'entries of a second reader');
        break;
      }
      await ledger.append('a', { type: 'interrupted', run: { time: 't', seconds: 1 } });
    }),
    check('a reader may leave out what it has', async (ledger) => {
      const entries = historyOf('a', 3);
      for (const entry of entries) await ledger.append('a', entry);
      for (const from of [0, 1, 4, 5, 9]) {
        const rest: Entry[] = [];
        for await (const entry of ledger.read('a', from)) rest.push(entry);
        ensureEqual(rest, entries.slice(from), `entries from ${from}`);
      }
    }),
    check('summaries tell status, candidates and best', async (ledger) => {
      for (const entry of historyOf('a', 4)) await ledger.append('a', entry);
      for (const entry of historyOf('b', 2).slice(0, -1)) await ledger.append('b', entry);
      const [a, b] = await ledger.summaries();
      ensureEqual(a?.header.id, 'a', 'id');
      ensureEqual(a?.startedAt, '2026-01-01T00:00:00Z', 'start');
      ensureEqual([a?.status, b?.status], ['finished', 'unfinished'], 'status');
      ensureEqual([a?.candidates, b?.candidates], [4, 2], 'candidates');
      ensureEqual(a?.best, { candidate: 0, score: 0.1 + 0.2, dna: 'D 3' }, 'best');
      await ledger.append('b', { type: 'interrupted', run: { time: 't', seconds: 1 } });
      ensureEqual((await ledger.summaries())[1]?.status, 'interrupted', 'status after an interruption');
    }),
    check('a candidate has one result', async (ledger) => {
      await ledger.append('a', startOf('a'));
      await ledger.append('a', candidateOf(0));
      await assertRejects(() => ledger.append('a', candidateOf(0)), 'already-recorded');
      ensureEqual((await entriesOf(ledger, 'a')).length, 2, 'entries');
    }),
    check('several entries are appended together, or none of them', async (ledger) => {
      await ledger.appendAll('a', [startOf('a'), candidateOf(0)]);
      await ledger.appendAll('a', []);
      await assertRejects(() => ledger.appendAll('a', [candidateOf(1), candidateOf(0)]), 'already-recorded');
      await assertRejects(() => ledger.appendAll('a', [candidateOf(2), candidateOf(2)]), 'already-recorded');
      await assertRejects(() => ledger.appendAll('b', [candidateOf(0), startOf('b')]), 'unknown-experiment');
      await ledger.appendAll('a', [candidateOf(1), candidateOf(2)]);
      await ledger.append('a', candidateOf(3));
      const wanted = [startOf('a'), ...[0, 1, 2, 3].map(candidateOf)];
      ensureEqual(await entriesOf(ledger, 'a'), wanted, 'entries');
      ensureEqual((await ledger.list()).length, 1, 'experiments');
    }),
    check('a candidate is found by its number', async (ledger) => {
      await ledger.append('a', startOf('a'));
      for (const index of [0, 1, 2]) await ledger.append('a', candidateOf(index));
      ensureEqual(await ledger.candidate('a', 2), candidateOf(2), 'candidate 2');
      ensure((await ledger.candidate('a', 3)) === undefined, 'there is a candidate 3');
      await assertRejects(() => ledger.candidate('nobody', 0), 'unknown-experiment');
    }),
    check('a final training has one result, beside that of its candidate', async (ledger) => {
      const final = (repeat: number): Entry => ({ ...finalistOf(2), repeat });
      const entries = [startOf('a'), candidateOf(2), searched, final(0), final(1)];
      for (const entry of entries) await ledger.append('a', entry);
      await assertRejects(() => ledger.append('a', final(1)), 'already-recorded');
      ensureEqual(await entriesOf(ledger, 'a'), entries, 'entries');
      ensureEqual(await ledger.candidate('a', 2), candidateOf(2), 'the candidate');
    }),
    check('an experiment starts once', async (ledger) => {
      await ledger.append('a', startOf('a'));
      await assertRejects(() => ledger.append('a', startOf('a')), 'already-recorded');
    }),
    check('an unknown experiment is refused', async (ledger) => {
      await assertRejects(() => entriesOf(ledger, 'nobody'), 'unknown-experiment');
      await assertRejects(() => ledger.append('nobody', candidateOf(0)), 'unknown-experiment');
    }),
    check('what is done to an entry afterwards changes nothing', async (ledger) => {
      await ledger.append('a', startOf('a'));
      const entry = { ...candidateOf(0), dna: 'before' };
      await ledger.append('a', entry);
      entry.dna = 'after';
      const [, stored] = await entriesOf(ledger, 'a');
      ensure(stored?.type === 'candidate' && stored.dna === 'before', 'the stored entry changed with the given one');
    }),
  ];
}

async function entriesOf(ledger: Ledger, id: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of ledger.read(id)) entries.push(entry);
  return entries;
}

function historyOf(id: string, candidates: number): Entry[] {
  return [
    startOf(id),
    ...Array.from({ length: candidates }, (_, index) => candidateOf(index)),
    { type: 'finished', reason: 'budget', run: { time: '2026-01-01T00:00:01Z', seconds: 1.5 } },
  ];
}

function startOf(id: string): Entry {
  return {
    type: 'started',
    header: {
      name: `experiment "${id}"`,
      config: { text: 'ünïcode 🙂', list: [1, 2.5, null, true], nested: { empty: {} } },
      seed: 7,
      versions: { hqnas: '1.2.3' },
      registered: { mutations: ['demo/grow'] },
    },
    run: { id, time: '2026-01-01T00:00:00Z', workers: 2, machine: { cores: 2 } },
  };
}

function candidateOf(index: number): Entry {
  if (index % 3 === 1) {
    const reason = { stage: 'propose', code: 'mutation-threw', message: "it's broken" } as const;
    return { type: 'candidate', index, outcome: { ok: false, reason }, run: { time: 't' } };
  }
  return {
    type: 'candidate',
    index,
    genome: { layers: [{ kind: 'demo/dense', units: 3 }] },
    dna: 'D 3',
    identity: 'abc',
    origin: { by: 'random', parents: [] },
    outcome: {
      ok: true,
      score: 0.1 + 0.2,
      metrics: { 'score/greedy-mean': 0.1 + 0.2 },
      scores: [{ policy: 'greedy', returns: [1, 2], mean: 1.5, deviation: Math.SQRT1_2, seeds: [3, 4_294_967_295] }],
      counts: { policyParameters: 1, valueParameters: 1, parameters: 2, layers: 1, quantumLayers: 0, qubits: 0 },
      steps: 10,
      episodes: 2,
      curve: [{ steps: 5, meanReturn: 1e-300, figures: { loss: -1.25 } }],
      parametersHash: 'ff',
      conditions: { backend: 'wasm' },
    },
    run: { time: 't', worker: 1, seconds: 0.25, phases: { train: 0.2 } },
  };
}

const searched: Entry = { type: 'searched', reason: 'budget', run: { time: 't', seconds: 1 } };

function finalistOf(candidate: number): Extract<Entry, { type: 'finalist' }> {
  const reason = { stage: 'train', code: 'non-finite-loss', message: 'the loss is NaN' } as const;
  return { type: 'finalist', candidate, repeat: 0, outcome: { ok: false, reason }, run: { time: 't' } };
}

/** Throws unless `work` rejects with an error of this code. */
async function assertRejects(work: () => Promise<unknown>, code: string): Promise<void> {
  let outcome = 'nothing was thrown';
  try {
    await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return;
    outcome = String(error);
  }
  throw new Error(`expected an error "${code}", but ${outcome}`);
}
