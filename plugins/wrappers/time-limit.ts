import { defineWrapper, integer } from '../../core/index.js';

/** Another time limit than the environment's own, or one where it has none. */
export const timeLimit = defineWrapper({
  id: 'wrappers/time-limit',
  summary: 'truncate episodes after a number of steps, in place of the limit of the environment',
  options: { steps: integer(1, 10_000_000, { help: 'steps of an episode' }) },
  change: (kind, { steps }) => ({ ...kind, maxEpisodeSteps: steps }),
});
