import process from 'node:process';
import { parseArgs } from 'node:util';
import { createRng, parseValues, type Middleware, type SearchStrategy } from '../core/index.js';
import { quantile } from '../core/experiment/statistics.js';
import { interquartileMean } from '../core/training/metrics.js';
import { startComposed } from '../core/search/middleware.js';
import { deduplicate, mutationBandit, repeat } from '../plugins/search/index.js';
import { hyperband } from '../search-strategies/hyperband/index.js';
import { hillClimbing } from '../search-strategies/local-search/index.js';
import { mapElites } from '../search-strategies/map-elites/index.js';
import { muPlusLambda } from '../search-strategies/mu-plus-lambda/index.js';
import { nsga2 } from '../search-strategies/nsga-ii/index.js';
import { randomSearch } from '../search-strategies/random-search/index.js';
import { regularizedEvolution } from '../search-strategies/regularized-evolution/index.js';
import { successiveHalving } from '../search-strategies/successive-halving/index.js';
import { surrogate } from '../search-strategies/surrogate/index.js';
import { leadingOnes, nk, oneMax, royalRoad } from './landscapes/bit-landscapes.js';
import type { Landscape } from './landscapes/landscape.js';
import { sphere } from './landscapes/real-moves.js';
import { runLandscape, type Step } from './landscapes/run-landscape.js';
import { toyNetworks } from './landscapes/toy-networks.js';

/** A search to compare: a strategy with options and the middleware around it. */
interface Contender {
  readonly name: string;
  readonly strategy: SearchStrategy;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly around?: readonly (readonly [Middleware, Readonly<Record<string, unknown>>])[];
}

const evolution = { strategy: regularizedEvolution, options: { populationSize: 32, sampleSize: 8 } } as const;
const contenders: readonly Contender[] = [
  { name: 'random', strategy: randomSearch },
  { name: 'aging evolution', ...evolution },
  { name: '  worst of sample leaves', ...evolution, options: { ...evolution.options, removal: 'worst-of-sample' } },
  { name: '  with deduplicate', ...evolution, around: [[deduplicate, {}]] },
  { name: '  with mutation bandit', ...evolution, around: [[mutationBandit, {}]] },
  { name: '  with repeat x 2', ...evolution, around: [[repeat, { times: 2 }]] },
  { name: '(8 + 8) evolution', strategy: muPlusLambda },
  { name: 'hill climbing', strategy: hillClimbing },
  { name: '  with kicks', strategy: hillClimbing, options: { restart: 'kick' } },
  { name: 'genetic (NSGA-II)', strategy: nsga2, options: { populationSize: 16 } },
  { name: 'MAP-Elites', strategy: mapElites },
  { name: 'ASHA', strategy: successiveHalving },
  { name: '  from children', strategy: successiveHalving, options: { entries: 'mutate' } },
  { name: 'Hyperband', strategy: hyperband, options: { resource: 9 } },
  { name: 'surrogate', strategy: surrogate, options: { refit: 8 } },
];

const landscapes: readonly (Landscape & { readonly noise: number; readonly goal: number })[] = [
  { ...toyNetworks, noise: 0.1, goal: 1.15 },
  { ...oneMax(50), noise: 0.05, goal: 0.8 },
  { ...leadingOnes(30), noise: 0.02, goal: 0.4 },
  { ...nk(24, 3, createRng(7)), noise: 0.05, goal: 0.68 },
  { ...royalRoad(5, 4), noise: 0.05, goal: 0.6 },
  { ...sphere(6), noise: 0.02, goal: -0.1 },
];

/** What a run of a search comes to: true scores, at a cost in whole trainings. */
interface Outcome {
  /** True score of the best observed candidate after each tenth of the budget. */
  readonly curve: readonly number[];
  /** Whole trainings until a candidate with the goal as its true score; Infinity when there was none. */
  readonly reached: number;
}

function outcomeOf(steps: readonly Step[], budget: number, goal: number): Outcome {
  const curve: number[] = [];
  let cost = 0;
  let reached = Infinity;
  let best = -Infinity;
  let truth = -Infinity;
  for (const [index, { proposal, observed, truth: own }] of steps.entries()) {
    const { fidelity = 1, continues } = proposal;
    const before = continues === undefined ? 0 : (steps[continues]?.proposal.fidelity ?? 0);
    cost += fidelity - before;
    if (cost > budget + 1e-9) break;
    // While nothing had the whole budget, the best of shorter trainings would be taken.
    const height = fidelity === 1 ? observed : observed - 1e6;
    if (height > best) {
      best = height;
      truth = own;
    }
    if (reached === Infinity && own >= goal) reached = cost;
    while (curve.length < 10 && (cost >= ((curve.length + 1) * budget) / 10 - 1e-9 || index === steps.length - 1)) {
      curve.push(truth);
    }
  }
  while (curve.length < 10) curve.push(truth);
  return { curve, reached };
}

/** Bootstrap interval of a statistic: 2000 resamples, percentiles 2.5 and 97.5. */
function interval(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
): readonly [number, number] {
  const rng = createRng(1);
  const resampled = Array.from({ length: 2000 }, () => statistic(values.map(() => rng.pick(values))));
  return [quantile(resampled, 0.025), quantile(resampled, 0.975)];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '30' },
    trainings: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    skip: { type: 'string', default: '' },
    curves: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const seeds = Number(flags.seeds);
const budget = Number(flags.trainings);
const rows: object[] = [];
const show = (line: string): void => {
  if (!flags.json) process.stdout.write(`${line}\n`);
};

for (const landscape of landscapes) {
  const { noise, goal } = landscape;
  show(`\n${landscape.name}: noise ${noise}, ${budget} trainings, ${seeds} seeds`);
  show(`${'strategy'.padEnd(28)}${'true score, IQM [95 %]'.padEnd(30)}trainings to ${goal}: median [95 %]`);
  for (const { name, strategy, options = {}, around = [] } of contenders) {
    if (!name.includes(flags.only) || (flags.skip !== '' && name.includes(flags.skip))) continue;
    const outcomes = Array.from({ length: seeds }, (_, seed) => {
      const search = startComposed(
        strategy,
        parseValues(strategy.options, options, name),
        around.map(([middleware, own]) => ({ middleware, options: parseValues(middleware.options, own, name) })),
        landscape.moves,
        { candidates: budget, objectives: ['score'] },
      );
      const { objectives: _several, ...single } = landscape;
      // Short trainings cost less, so there are more of them; what goes beyond the budget does not count.
      const candidates = strategy === successiveHalving || strategy === hyperband ? budget * 10 : budget;
      const rng = createRng(seed);
      return outcomeOf(runLandscape({ landscape: single, search, candidates, noise, rng }), budget, goal);
    });
    const finals = outcomes.map(({ curve }) => curve[9]!);
    const reached = outcomes.map((outcome) => outcome.reached);
    const iqm = interquartileMean(finals);
    const [low, high] = interval(finals, interquartileMean);
    const [early, late] = interval(reached, median);
    const curve = Array.from({ length: 10 }, (_, tenth) =>
      interquartileMean(outcomes.map((each) => each.curve[tenth]!)),
    );
    rows.push({
      landscape: landscape.name,
      strategy: name.trim(),
      iqm,
      low,
      high,
      reached: median(reached),
      early,
      late,
      curve,
    });
    const score = `${iqm.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
    show(`${name.padEnd(28)}${score.padEnd(30)}${count(median(reached))} [${count(early)}, ${count(late)}]`);
    if (flags.curves) show(`${''.padEnd(28)}${curve.map((value) => value.toFixed(2)).join(' ')}`);
  }
}
if (flags.json) process.stdout.write(`${JSON.stringify({ budget, seeds, rows })}\n`);

function count(value: number): string {
  return value === Infinity || Number.isNaN(value) ? 'never' : value.toFixed(0);
}
