import type { Proposal, Rng, Search, Told } from '../../core/index.js';
import type { Landscape } from './landscape.js';

/** One candidate of a run. */
export interface Step {
  readonly proposal: Proposal;
  /** Score without noise, whatever the fidelity. */
  readonly truth: number;
  /** What the search was told. */
  readonly observed: number;
}

export interface RunOptions {
  readonly landscape: Landscape;
  readonly search: Search;
  readonly candidates: number;
  /** Standard deviation of the noise on each observed score. Default 0. */
  readonly noise?: number;
  /** Observed scores are clipped to [0, 1]. Default false. */
  readonly clip?: boolean;
  /** Results that may be missing when a candidate is proposed. Default 0. */
  readonly lookahead?: number;
  readonly rng: Rng;
  /** True (default): candidate n draws from its own fork, as in an experiment. False: one stream for all, faster, for strategies that never fork. */
  readonly forks?: boolean;
  /** Ends the run when a candidate of full fidelity reaches this true score. */
  readonly until?: number;
}

/** A search on a landscape, in the order of calls of a real one: candidate n knows the results 0 .. n - lookahead - 1. */
export function runLandscape(options: RunOptions): readonly Step[] {
  const { landscape, search, candidates, noise = 0, clip = false, lookahead = 0, rng, forks = true, until } = options;
  const noiseRng = rng.fork('noise');
  const steps: Step[] = [];
  const trainings = new Map<string, number[]>();
  let told = 0;
  while (steps.length < candidates) {
    const index = steps.length;
    const proposal = search.ask(index, forks ? rng.fork('ask', index) : rng);
    if (proposal === undefined) break;
    const { genome, fidelity = 1 } = proposal;
    const truth = landscape.score(genome);
    const lag = fidelity < 1 ? (1 - fidelity) * (landscape.lag?.(genome) ?? 0) : 0;
    const exact = truth - lag + (noise === 0 ? 0 : noise * noiseRng.normal());
    const observed = clip ? Math.min(1, Math.max(0, exact)) : exact;
    steps.push({ proposal, truth, observed });
    if (until !== undefined && fidelity === 1 && truth >= until) break;
    while (told < steps.length - lookahead) search.tell(resultOf(landscape, steps[told]!, told++, trainings));
  }
  return steps;
}

/** Repeats that a strategy asked for add up to a mean, as in an experiment; others count by themselves. */
function resultOf(landscape: Landscape, step: Step, index: number, trainings: Map<string, number[]>): Told {
  const { genome, origin, fidelity = 1, again = false } = step.proposal;
  const identity = landscape.moves.identity(genome);
  const key = `${identity} ${fidelity}`;
  const scores = again ? [...(trainings.get(key) ?? []), step.observed] : [step.observed];
  trainings.set(key, scores);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) * (score - mean), 0);
  return {
    index,
    genome,
    identity,
    origin,
    score: mean,
    objectives: landscape.objectives?.(genome) ?? [mean],
    metrics: landscape.metrics?.(genome) ?? {},
    evaluations: scores.length,
    deviation: scores.length < 2 ? undefined : Math.sqrt(squares / (scores.length - 1)),
    fidelity,
  };
}

/** True score of the candidate with the best observed score so far, after each candidate of full fidelity. */
export function trueCurve(steps: readonly Step[]): readonly number[] {
  let best = -Infinity;
  let truth = -Infinity;
  return steps.map(({ proposal, observed, truth: own }) => {
    if ((proposal.fidelity ?? 1) === 1 && observed > best) {
      best = observed;
      truth = own;
    }
    return truth;
  });
}
