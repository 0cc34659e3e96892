import { expect, it } from '@jest/globals';
import { createRng, parseDna, parseValues, Registry, type LayerKind } from '../../../core/index.js';
import { createLocalEvaluator } from '../../../core/training/local-evaluator.js';
import { scoreMetrics } from '../../../core/training/metrics.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { dense } from '../../../plugins/classical/index.js';
import { ppo, ppoOptions } from '../../../plugins/ppo/index.js';
import { loadTensorflow } from '../../../plugins/tfjs/index.js';
import { tensorDense } from './tensor-layers.js';

it('a genome of compiled and tensor layers learns CartPole, and its score names the backend', async () => {
  const tensorflow = await loadTensorflow({ backends: ['wasm'] });
  const kinds = new Registry<LayerKind>('layer', [dense, tensorDense(tensorflow)]);
  const options = { ...ppo.presets['zooCartPole'], totalSteps: 4096, learningRate: 3e-3 };
  const evaluator = createLocalEvaluator({
    kinds,
    environment: { kind: cartPole, options: parseValues(cartPole.options, {}, 'environment') },
    trainer: { trainer: ppo, options: parseValues(ppoOptions, options, 'trainer') },
    scores: [{ policy: 'greedy', episodes: 2 }],
    metrics: scoreMetrics,
    objectives: [scoreMetrics.find(({ id }) => id === 'score/greedy-mean')!],
    rng: createRng(2),
    seconds: () => 0,
  });
  const genome = parseDna('C 16 T [demo/tensor-dense {"units": 16, "activation": "tanh"}] C 1', kinds);
  const evaluation = await evaluator.evaluate({ index: 0, attempt: 0, genome });
  if (!evaluation.ok) throw new Error(evaluation.reason.message);
  // Random actions keep the pole up for 22 steps on average.
  expect(evaluation.curve.at(-1)!.meanReturn).toBeGreaterThan(30);
  expect(evaluation.conditions).toEqual({
    backend: 'wasm',
    tensorflow: tensorflow.version,
    tensorflowBackend: 'wasm',
  });
});
