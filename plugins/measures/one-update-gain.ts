import { defineMeasure, integer, isCandidateFailure, score } from '../../core/index.js';

/**
 * What one update is worth: mean return of the policy after the shortest training that the trainer can do, minus that of its
 * start values, in the same episodes and with the same draws of actions. It costs a rollout and its update.
 */
export const oneUpdateGain = defineMeasure({
  id: 'measures/one-update-gain',
  summary: 'mean return that the first update of the training gains',
  direction: 'maximise',
  options: {
    episodes: integer(1, 1000, { fallback: 16, help: 'episodes before and after' }),
    draws: integer(1, 1000, { fallback: 2, help: 'start values that it is averaged over' }),
  },
  of({ draw, environments, trainBriefly, rng }, { episodes, draws }) {
    let sum = 0;
    for (let i = 0; i < draws; i++) {
      const stream = rng.fork('draw', i);
      // As in other scores, above the seeds that trainers draw theirs from.
      const seeds = Array.from({ length: episodes }, () => 2 ** 31 + stream.int(2 ** 31));
      const family = environments();
      const model = draw(stream.fork('initialise'));
      const start = model.program.parameters.slice();
      const play = (): number =>
        score(model, family.forScoring, { policy: 'stochastic', seeds, rng: stream.fork('play') }).mean;
      try {
        trainBriefly(model, family, stream.fork('train'));
      } catch (error) {
        if (isCandidateFailure(error)) return undefined;
        throw error;
      }
      const after = play();
      // The start is played second, so that wrappers normalise observations alike.
      model.program.parameters.set(start);
      model.program.parametersChanged();
      sum += after - play();
    }
    return sum / draws;
  },
});
