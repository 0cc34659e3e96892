import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createWorkerPool } from '../../../core/node/worker-pool.js';
import type { Candidate } from '../../../core/training/evaluator.js';
import { evaluatorContract } from '../../contracts/evaluator.js';

const folder = mkdtempSync(path.join(tmpdir(), 'hqnas-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A worker whose candidates say by their first gene what they do. */
const file = path.join(folder, 'worker.mjs');
writeFileSync(
  file,
  `export default async function ({ candidate, progress }) {
  const run = { worker: 1, seconds: 0, phases: {} };
  const { kind } = candidate.genome.layers[0];
  if (kind === 'demo/exit') process.exit(3);
  if (kind === 'demo/loop') for (;;);
  if (kind === 'demo/bad') return { ok: false, reason: { stage: 'train', code: 'went-wrong', message: 'x' }, run };
  for (const steps of [1, 2, 3]) progress?.postMessage({ steps, meanReturn: steps, figures: {} });
  const counts = { policyParameters: 1, valueParameters: 1, parameters: 2, layers: 1, quantumLayers: 0, qubits: 0 };
  return { ok: true, score: 1, metrics: {}, scores: [], counts, steps: 3, episodes: 1, curve: [], parametersHash: '', conditions: {}, run };
}
`,
);
const worker = pathToFileURL(file).href;
const candidate = (kind: 'good' | 'bad' | 'exit' | 'loop', index = 0): Candidate => ({
  index,
  attempt: 0,
  genome: { layers: [{ kind: `demo/${kind}` }] },
});

describe('worker pool', () => {
  const make = (): ReturnType<typeof createWorkerPool> => createWorkerPool({ threads: 2, worker, workerData: {} });
  for (const { name, run } of evaluatorContract(make, { good: candidate('good'), bad: candidate('bad') }))
    it(name, () => run());

  it('loses one candidate to a worker that dies, and goes on', async () => {
    const pool = make();
    const evaluations = await Promise.all(
      [candidate('exit'), ...[1, 2, 3, 4].map((index) => candidate('good', index))].map((each) => pool.evaluate(each)),
    );
    expect(evaluations[0]).toMatchObject({ ok: false, reason: { stage: 'worker', code: 'worker-crashed' } });
    expect(evaluations.slice(1).every(({ ok }) => ok)).toBe(true);
    await pool.close();
  });

  it('ends a worker that spins when it is aborted', async () => {
    const pool = make();
    const controller = new AbortController();
    const spinning = pool.evaluate(candidate('loop'), { signal: controller.signal });
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason), 200);
    await expect(spinning).rejects.toBe(reason);
    expect((await pool.evaluate(candidate('good'))).ok).toBe(true);
    await pool.close();
  });
});
