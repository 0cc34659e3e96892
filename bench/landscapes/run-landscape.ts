import type { Proposal, Rng, Search, Told } from '../../core/index.js';
import type { Landscape } from './landscape.js';

/** One candidate of a run. */
export interface Step {
  readonly proposal: Proposal;
  readonly identity: string;
  /** Score without noise, whatever the fidelity. */
  readonly truth: number;
  /** What its training showed. */
  readonly observed: number;
  /** What the search was told: the mean over the trainings that count together. */
  readonly score: number;
  /** Whole trainings it cost: 0 where an earlier result was taken over. */
  readonly cost: number;
}

export interface RunOptions {
  readonly landscape: Landscape;
  readonly search: Search;
  readonly candidates: number;
  /** Ends the run when no further training fits: in whole trainings, short ones cost their share. */
  readonly trainings?: number;
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
  const { landscape, search, candidates, trainings = Infinity, lookahead = 0, rng, forks = true, until } = options;
  const observe = observer(options);
  const steps: Step[] = [];
  const known = new Map<string, readonly number[]>();
  const tellings: Told[] = [];
  let told = 0;
  let spent = 0;
  while (steps.length < candidates) {
    const index = steps.length;
    const proposal = search.ask(index, forks ? rng.fork('ask', index) : rng);
    if (proposal === undefined) break;
    const { genome, fidelity = 1, again = false, continues } = proposal;
    const identity = landscape.moves.identity(genome);
    const key = `${identity} ${fidelity}`;
    const before = known.get(key) ?? [];
    const reused = landscape.reuses === true && !again && before.length > 0;
    const cost = reused ? 0 : fidelity - (continues === undefined ? 0 : (steps[continues]?.proposal.fidelity ?? 0));
    // Sums of shares such as 1/3 and 2/3 may miss a whole number by a last bit.
    if (spent + cost > trainings + 1e-9) break;
    spent += cost;
    const truth = landscape.score(genome);
    const observed = reused ? before[0]! : observe(genome, truth, fidelity, before.length);
    const scores = reused ? before : again || landscape.reuses === true ? [...before, observed] : [observed];
    known.set(key, scores);
    const result = resultOf(landscape, index, identity, proposal, scores);
    tellings.push(result);
    steps.push({ proposal, identity, truth, observed, score: result.score!, cost });
    if (until !== undefined && fidelity === 1 && truth >= until) break;
    while (told < steps.length - lookahead) search.tell(tellings[told++]!);
  }
  return steps;
}

type Observe = (genome: Proposal['genome'], truth: number, fidelity: number, trained: number) => number;

function observer({ landscape, noise = 0, clip = false, rng }: RunOptions): Observe {
  const noiseRng = rng.fork('noise');
  return (genome, truth, fidelity, trained) => {
    if (landscape.train !== undefined) return landscape.train(genome, trained, fidelity);
    const lag = fidelity < 1 ? (1 - fidelity) * (landscape.lag?.(genome) ?? 0) : 0;
    const exact = truth - lag + (noise === 0 ? 0 : noise * noiseRng.normal());
    return clip ? Math.min(1, Math.max(0, exact)) : exact;
  };
}

/** Repeats that a strategy asked for add up to a mean, as in an experiment; others count by themselves. */
function resultOf(
  landscape: Landscape,
  index: number,
  identity: string,
  { genome, origin, fidelity = 1 }: Proposal,
  scores: readonly number[],
): Told {
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
