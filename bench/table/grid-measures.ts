import { createRng, parseValues, Registry, type Measure, type Metric, type NetworkMeasures } from '../../core/index.js';
import { createMeasuring } from '../../core/training/measuring.js';
import { scoreMetrics } from '../../core/training/metrics.js';
import { cartPole } from '../../environments/cartpole/index.js';
import measuresPlugin from '../../plugins/measures/index.js';
import { ppo, ppoOptions } from '../../plugins/ppo/index.js';
import quantumPlugin from '../../plugins/quantum/index.js';
import searchPlugin from '../../plugins/search/index.js';
import { kinds } from '../trainings.js';
import { protocol } from './train-network.js';

let shared: NetworkMeasures | undefined;

/** What can be said of a network of the grid before its training, under the protocol of the table. All runs share it. */
export function gridMeasures(): NetworkMeasures {
  return (shared ??= createMeasuring({
    kinds,
    environment: { kind: cartPole, options: parseValues(cartPole.options, {}, 'environment') },
    trainer: { trainer: ppo, options: parseValues(ppoOptions, ppo.presets[protocol.preset] ?? {}, 'trainer') },
    measures: new Registry<Measure>('measure', [
      ...(measuresPlugin.measures ?? []),
      ...(quantumPlugin.measures ?? []),
      ...(searchPlugin.measures ?? []),
    ]),
    metrics: new Registry<Metric>('metric', [...scoreMetrics, ...(quantumPlugin.metrics ?? [])]),
    asked: [],
    rng: createRng(protocol.seed),
  }));
}
