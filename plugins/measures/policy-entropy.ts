import { defineMeasure, integer } from '../../core/index.js';
import { policyEntropy, writeObservations } from './likelihood.js';

/** Mean entropy of the untrained policy over states, in nats: low where it begins with its mind made up. */
export const untrainedEntropy = defineMeasure({
  id: 'measures/policy-entropy',
  summary: 'mean entropy of the untrained policy, in nats',
  direction: 'maximise',
  options: { draws: integer(1, 1000, { fallback: 4, help: 'start values that it is averaged over' }) },
  of({ draw, states, rng }, { draws }) {
    const sample = states();
    let sum = 0;
    for (let i = 0; i < draws; i++) {
      const { program, actionSpace } = draw(rng.fork('draw', i));
      writeObservations(sample, 0, sample.count, program.inputs[0]!);
      program.forward(sample.count);
      const policy = program.outputs['policy']!;
      for (let column = 0; column < sample.count; column++) sum += policyEntropy(actionSpace, policy, column);
    }
    return sum / (draws * sample.count);
  },
});
