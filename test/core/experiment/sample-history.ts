import type { Entry } from '../../../core/experiment/ledger.js';
import type { Gene } from '../../../core/layer/layer-kind.js';
import { createRng } from '../../../core/random.js';

/** A made-up history: an evolution of `count` candidates, with repeats and failures. No two facts in it come from a training. */
export function sampleHistory(count: number, id = 'sample-20260101-000000-aaaa'): Entry[] {
  const rng = createRng(7);
  const time = '2026-01-01T00:00:00.000Z';
  const entries: Entry[] = [
    {
      type: 'started',
      header: {
        name: 'sample',
        config: {
          name: 'sample',
          evaluation: {
            scores: [{ policy: 'greedy', episodes: 20 }],
            objective: 'score/greedy-mean',
            duplicates: 'reuse',
          },
        },
        seed: 1,
        versions: { hqnas: '0.1.0', demo: '1' },
        registered: { mutations: ['demo/grow'] },
      },
      run: { id, time, workers: 2, machine: {} },
    },
  ];
  const scores: number[] = [];
  for (let index = 0; index < count; index++) {
    const run = { time, worker: 1 + (index % 2), seconds: 0.5, phases: { train: 0.4 } };
    if (index % 17 === 5) {
      scores.push(0);
      const reason = { stage: 'train', code: 'non-finite-loss', message: 'the loss is NaN' } as const;
      entries.push({ type: 'candidate', index, outcome: { ok: false, reason }, run: { time } });
      continue;
    }
    const hybrid = rng.float() < 0.4;
    const width = rng.between(2, 64);
    const dna = hybrid ? `C ${width} T Q 4 F 2 C 1` : `C ${width} T C ${rng.between(2, 64)} R C 1`;
    const parents = index < 8 ? [] : [rng.int(index)];
    const score = Math.round(Math.min(500, 20 + index * (hybrid ? 1 : 3) + 100 * rng.float()) * 10) / 10;
    const reused = index > 20 && index % 11 === 0;
    scores.push(score);
    const layers: Gene[] = [{ kind: 'demo/dense', units: width }];
    entries.push({
      type: 'candidate',
      index,
      genome: { layers },
      dna,
      identity: `hash of ${dna}`,
      origin: { by: index < 8 ? 'random' : rng.pick(['demo/grow', 'demo/shrink', 'demo/add-quantum']), parents },
      outcome: {
        ok: true,
        ...(reused ? { reusedFrom: 0 } : {}),
        score,
        metrics: { 'score/greedy-mean': score },
        scores: [{ policy: 'greedy', returns: [score - 5, score + 5], mean: score, deviation: 7.07, seeds: [1, 2] }],
        counts: {
          policyParameters: width * 10,
          valueParameters: width * 10,
          parameters: width * 20,
          layers: 3,
          quantumLayers: hybrid ? 1 : 0,
          qubits: hybrid ? 4 : 0,
        },
        steps: 20480,
        episodes: 300,
        curve: Array.from({ length: 40 }, (_, i) => ({
          steps: (i + 1) * 512,
          meanReturn: i === 0 ? undefined : 20 + (score - 20) * Math.min(1, i / 30),
          figures: {},
        })),
        parametersHash: 'ab'.repeat(32),
        conditions: { backend: 'wasm' },
      },
      run,
    });
  }
  entries.push({ type: 'finished', reason: 'budget', run: { time, seconds: 61.5 } });
  return entries;
}
