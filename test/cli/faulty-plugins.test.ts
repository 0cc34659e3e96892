import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import type { CandidateEntry } from '../../core/experiment/ledger.js';
import { SqliteLedger } from '../../core/node/sqlite-ledger.js';
import { runHqnas } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

jest.setTimeout(120_000);
const folder = temporaryFolder('faulty');

const config = (plugin: string, kind: string, trainer: string): string => `preset: corrected
plugins: [./${plugin}.mjs]
searchSpace: { use: paper/balanced, limits: { layers: [3, 3], units: [2, 8], qubits: [2, 2], repetitions: [1, 1] } }
trainer: ${trainer}
evaluation: { scores: [{ policy: greedy, episodes: 1 }], finalists: false }
budget: { candidates: 3 }
workers: { kind: ${kind}, count: 1 }
`;

/** Candidates of the only experiment of a ledger. */
async function candidatesOf(file: string): Promise<CandidateEntry[]> {
  const ledger = SqliteLedger.open(path.join(folder, file), { create: false });
  const candidates: CandidateEntry[] = [];
  const [header] = await ledger.list();
  for await (const entry of ledger.read(header!.id)) if (entry.type === 'candidate') candidates.push(entry);
  await ledger.close();
  return candidates;
}

describe.each(['threads', 'processes'])('with workers as %s', (kind) => {
  it('a plugin that does not load in workers is one error, and no candidate has failed', async () => {
    const here = kind === 'threads' ? 'isMainThread' : 'process.send === undefined';
    writeFileSync(
      path.join(folder, 'shy.mjs'),
      `import { isMainThread } from 'node:worker_threads';
if (!(${here})) throw new Error('not in a worker');
export default { name: 'shy', version: '1' };
`,
    );
    writeFileSync(path.join(folder, 'shy.yaml'), config('shy', kind, '{ totalSteps: 512 }'));
    const ledger = `shy-${kind}.db`;
    const { code, errors } = await runHqnas(folder, ['run', 'shy.yaml', '--ledger', ledger]);
    expect(code).toBe(1);
    expect(errors).toContain('[workers-unusable]');
    expect(errors).toContain('not in a worker');
    expect(await candidatesOf(ledger)).toEqual([]);
  });

  it('a trainer that gives NaN fails its candidates, and the search goes on', async () => {
    writeFileSync(
      path.join(folder, 'lost.mjs'),
      `const trainer = {
  id: 'lost/trainer', summary: 'learns nothing', options: {}, presets: {},
  request: () => ({ network: 'shared', hiddenGain: 1, policyGain: 1, valueGain: 1, heads: [] }),
  train(options, { program }) {
    const odd = program.parameters.length % 2 === 1;
    return { steps: 1, episodes: 0, curve: [{ steps: 1, meanReturn: odd ? 1 : NaN, figures: {} }] };
  },
};
export default { name: 'lost', version: '1', trainers: [trainer] };
`,
    );
    const text = config('lost', kind, '{ use: lost/trainer }').replace('candidates: 3', 'candidates: 12');
    writeFileSync(path.join(folder, 'lost.yaml'), text);
    const ledger = `lost-${kind}.db`;
    const { code, errors } = await runHqnas(folder, ['run', 'lost.yaml', '--ledger', ledger]);
    expect([code, errors]).toEqual([0, expect.anything()]);
    const outcomes = (await candidatesOf(ledger)).map(({ outcome }) => outcome);
    expect(outcomes).toHaveLength(12);
    const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.reason]));
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.length).toBeLessThan(12);
    const reason = { stage: 'train', code: 'non-finite-loss', message: 'curve[0].meanReturn is NaN' };
    for (const failure of failures) expect(failure).toEqual(reason);
  });
});
