import { boolean, choice, integer, real } from '../../../core/domain.js';
import { defineEnvironment } from '../../../core/environment/environment.js';
import { box, discrete } from '../../../core/environment/space.js';
import { defineMutation } from '../../../core/genome/mutation.js';
import { defineSearchSpace } from '../../../core/genome/search-space.js';
import { defineLayerKind } from '../../../core/layer/layer-kind.js';
import { definePlugin, type Plugin } from '../../../core/plugin/define-plugin.js';
import { defineStrategy } from '../../../core/search/strategy.js';
import type { Evaluator } from '../../../core/training/evaluator.js';
import { defineTrainer } from '../../../core/training/trainer.js';

/** Everything that an experiment needs, small and quick; nothing is ever trained with it. */
export const demoPlugin: Plugin = definePlugin({
  name: 'demo',
  version: '1',
  environments: [
    defineEnvironment({
      id: 'demo/world',
      summary: 'a world of two actions',
      options: { windy: boolean({ fallback: false }) },
      maxEpisodeSteps: 10,
      make: () => ({
        observationSpace: box([0, 0], [1, 1]),
        actionSpace: discrete(2),
        reset: () => ({ observation: Float32Array.of(0, 0), info: {} }),
        step: () => ({
          observation: Float32Array.of(0, 0),
          reward: 1,
          terminated: false,
          truncated: false,
          info: {},
        }),
      }),
    }),
  ],
  layers: [
    defineLayerKind({
      id: 'demo/dense',
      summary: 'a layer',
      hyper: { units: integer(1, 100) },
      notation: { symbol: 'D', fields: [{ hyper: 'units' }] },
      outputRows: ({ units }, _rows, place) => (place.role === 'hidden' ? units : (place.rows ?? 1)),
      lower: (_hyper, _graph, input) => input,
    }),
  ],
  mutations: [
    defineMutation({
      id: 'demo/grow',
      summary: 'widens the first layer',
      mutate: ({ layers }, { rng }) => ({
        layers: layers.map((gene, i) => (i === 0 ? { ...gene, units: rng.between(1, 100) } : gene)),
      }),
    }),
  ],
  searchSpaces: [
    defineSearchSpace({
      id: 'demo/space',
      summary: 'two layers',
      limits: { layers: [2, 3], units: [1, 100] },
      mutations: ['demo/grow'],
      constraints: [],
      random: ({ rng }) => ({
        layers: [
          { kind: 'demo/dense', units: rng.between(1, 100) },
          { kind: 'demo/dense', units: 1 },
        ],
      }),
    }),
  ],
  strategies: [
    defineStrategy({
      id: 'demo/climb',
      summary: 'mutates the best so far',
      options: { patience: integer(1, 10, { fallback: 3 }) },
      start(_options, moves) {
        let best: { index: number; score: number; genome: Parameters<typeof moves.mutate>[0] } | undefined;
        return {
          ask(index, rng) {
            const move = best === undefined || index < 4 ? moves.random(rng) : moves.mutate(best.genome, rng);
            const parents = best === undefined || index < 4 ? [] : [best.index];
            return { genome: move.genome, origin: { by: move.by, parents } };
          },
          tell({ index, score, genome }) {
            if (score !== undefined && (best === undefined || score > best.score)) best = { index, score, genome };
          },
        };
      },
    }),
  ],
  trainers: [
    defineTrainer({
      id: 'demo/trainer',
      summary: 'trains nothing',
      options: {
        totalSteps: integer(1, 1000, { fallback: 100 }),
        rate: real(0, 1, { fallback: 0.5 }),
        mode: choice(['a', 'b'], { fallback: 'a' }),
      },
      presets: { fast: { totalSteps: 10 } },
      request: () => ({ network: 'separate', hiddenGain: 1, policyGain: 1, valueGain: 1, heads: [] }),
      train: () => ({ steps: 0, episodes: 0, curve: [] }),
    }),
  ],
});

/** Scores a genome by the width of its first layer; candidate `fails` fails. */
export function demoEvaluator(
  options: { readonly fails?: number; readonly delay?: (index: number) => number } = {},
): Evaluator {
  return {
    async evaluate({ index, genome }, { onProgress } = {}) {
      await new Promise((resolve) => setTimeout(resolve, options.delay?.(index) ?? 0));
      const run = { worker: 1, seconds: 0.1, phases: { train: 0.1 } };
      if (index === options.fails) {
        return { ok: false, reason: { stage: 'train', code: 'non-finite-loss', message: 'the loss is NaN' }, run };
      }
      const point = { steps: 10, meanReturn: 1, figures: {} };
      onProgress?.(point);
      const score = Number(genome.layers[0]!['units']);
      return {
        ok: true,
        score,
        metrics: { 'score/greedy-mean': score },
        scores: [{ policy: 'greedy', returns: [score], mean: score, deviation: 0, seeds: [1] }],
        counts: { policyParameters: 1, valueParameters: 1, parameters: 2, layers: 2, quantumLayers: 0, qubits: 0 },
        steps: 10,
        episodes: 1,
        curve: [point],
        parametersHash: '00',
        conditions: { backend: 'none' },
        run,
      };
    },
    close: () => Promise.resolve(),
  };
}
