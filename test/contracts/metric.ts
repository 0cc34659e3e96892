import type { Measured, Metric } from '../../core/training/metric.js';
import { ensure } from './expect.js';
import type { Check } from './contract.js';

const counts = { policyParameters: 3, valueParameters: 4, parameters: 7, layers: 2, quantumLayers: 1, qubits: 2 };

/** A measurement as it comes out of an evaluation. */
export const sampleMeasured: Measured = {
  genome: { layers: [{ kind: 'demo/dense', units: 3 }] },
  scores: [
    { policy: 'greedy', returns: [1, 5, 3, 100], mean: 27.25, deviation: 48.5, seeds: [1, 2, 3, 4] },
    { policy: 'stochastic', returns: [1, 2], mean: 1.5, deviation: 0.7, seeds: [5, 6] },
    {
      policy: 'greedy',
      under: { use: 'demo/noise', strength: 0.1 },
      returns: [1, 4],
      mean: 2.5,
      deviation: 2.1,
      seeds: [1, 2],
    },
  ],
  counts,
  trained: {
    steps: 100,
    episodes: 4,
    curve: [
      { steps: 50, meanReturn: undefined, figures: {} },
      { steps: 100, meanReturn: 12, figures: { loss: 1 } },
    ],
  },
  rewardThreshold: 10,
};

/** The least that an evaluation can give. */
export const bareMeasured: Measured = {
  genome: sampleMeasured.genome,
  scores: [],
  counts,
  trained: { steps: 0, episodes: 0, curve: [] },
};

/** What every metric promises. */
export function metricContract(metric: Metric): readonly Check[] {
  const cases: readonly (readonly [name: string, measured: Measured])[] = [
    ['a full measurement', sampleMeasured],
    ['the least of all measurements', bareMeasured],
  ];
  return [
    ...cases.map(([name, measured]) => ({
      name: `${metric.id}: a finite number or undefined for ${name}`,
      run() {
        const value = metric.of(measured);
        ensure(value === undefined || Number.isFinite(value), `it is ${value}`);
      },
    })),
    {
      name: `${metric.id}: equal measurements give equal numbers, and none is changed`,
      run() {
        const frozen = deepFreeze(structuredClone(sampleMeasured));
        ensure(Object.is(metric.of(frozen), metric.of(sampleMeasured)), 'the numbers differ');
      },
    },
    {
      name: `${metric.id}: looks at the network alone, if it says so`,
      run() {
        if (metric.trainingFree !== true) return;
        const untrained = { ...sampleMeasured, scores: [], trained: bareMeasured.trained, rewardThreshold: undefined };
        ensure(Object.is(metric.of(untrained), metric.of(sampleMeasured)), 'the numbers differ');
      },
    },
    {
      name: `${metric.id}: says which way is better`,
      run: () => ensure(['maximise', 'minimise'].includes(metric.direction), `direction ${metric.direction}`),
    },
  ];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
