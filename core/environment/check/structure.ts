import type { Space } from '../space.js';
import { make, type Probe, type Report } from './probe.js';

export const structure: readonly Probe[] = [
  {
    id: 'structure/spaces',
    statement: 'observation and action space are well formed',
    run(subject, report) {
      const { observationSpace, actionSpace } = make(subject);
      checkSpace(observationSpace, 'observation space', report);
      checkSpace(actionSpace, 'action space', report);
      if (actionSpace.kind === 'box') {
        const bounded = [...actionSpace.low, ...actionSpace.high].every(Number.isFinite);
        if (!bounded) report('error', 'an action box needs finite bounds', { low: [...actionSpace.low].map(String) });
        const symmetric = actionSpace.low.every((low, i) => low === -actionSpace.high[i]!);
        if (!symmetric) report('warning', 'the action box is not symmetric about 0: consider scaling it');
      }
    },
  },
  {
    id: 'structure/limits',
    statement: 'the time limit is a whole number of steps, the threshold a number',
    run({ kind }, report) {
      const { maxEpisodeSteps, rewardThreshold } = kind;
      if (maxEpisodeSteps === undefined) report('info', 'episodes have no time limit');
      else if (!(Number.isInteger(maxEpisodeSteps) && maxEpisodeSteps >= 1)) {
        report('error', 'maxEpisodeSteps must be a whole number of at least 1', String(maxEpisodeSteps));
      }
      if (rewardThreshold !== undefined && !Number.isFinite(rewardThreshold))
        report('error', 'rewardThreshold must be finite');
    },
  },
];

function checkSpace(space: Space, name: string, report: Report): void {
  if (space.kind === 'discrete') {
    if (!(Number.isInteger(space.n) && space.n > 0))
      report('error', `${name}: n must be a whole number above 0`, space.n);
    if (!Number.isInteger(space.start)) report('error', `${name}: start must be a whole number`, space.start);
    return;
  }
  if (space.low.length !== space.high.length || space.low.length === 0) {
    report('error', `${name}: low and high must have the same length, at least 1`, [
      space.low.length,
      space.high.length,
    ]);
    return;
  }
  space.low.forEach((low, i) => {
    const high = space.high[i]!;
    if (!(low <= high))
      report('error', `${name}: low must not be above high`, { dimension: i, low: String(low), high: String(high) });
    else if (low === high) report('warning', `${name}: dimension ${i} has a single value`);
  });
  const infinite = [...space.low.keys()].filter((i) => space.low[i] === -Infinity || space.high[i] === Infinity);
  if (infinite.length > 0) report('info', `${name}: some dimensions are unbounded`, infinite);
}
