import { createHash } from 'node:crypto';

/** A worker that trains nothing: its results follow from the candidate, its delays from nothing. */
export async function createWorker({ longest }, worker) {
  return {
    async evaluate(candidate, { onProgress } = {}) {
      const { genome, index, attempt, ...rest } = candidate;
      const digest = createHash('sha256')
        .update(JSON.stringify([genome, index, attempt, rest]))
        .digest();
      const value = digest.readUInt32LE(0) / 2 ** 32;
      onProgress?.({ steps: 1, meanReturn: value, figures: {} });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
      const run = { worker, seconds: 0.001, phases: {} };
      if (digest[8] < 20)
        return { ok: false, reason: { stage: 'train', code: 'train-threw', message: 'this one fails' }, run };
      return {
        ok: true,
        score: value,
        metrics: { 'score/greedy-mean': value },
        scores: [{ policy: 'greedy', returns: [value], mean: value, deviation: 0, seeds: [1] }],
        counts: { policyParameters: 1, valueParameters: 1, parameters: 2, layers: 1, quantumLayers: 0, qubits: 0 },
        steps: 1,
        episodes: 1,
        curve: [{ steps: 1, meanReturn: value, figures: {} }],
        parametersHash: digest.toString('hex'),
        conditions: { backend: 'none' },
        run,
      };
    },
  };
}
