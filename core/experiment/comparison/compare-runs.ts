import { HqnasError } from '../../errors.js';
import type { Rng } from '../../random.js';
import type { Metric } from '../../training/metric.js';
import { interquartileMean } from '../../training/metrics.js';
import type { Objective } from '../../training/objective.js';
import { bootstrapInterval, holmAdjusted, probabilityAbove, signFlipTest, type Interval } from '../resampling.js';
import { mean, median, sampleDeviation } from '../../statistics.js';
import type { RunMeasure } from './run-measure.js';
import type { RunRecord } from './run-record.js';

/** One side of a comparison: the same experiment with several seeds. */
export interface Arm {
  readonly name: string;
  readonly runs: readonly RunRecord[];
}

/** An estimate with its 95 % bootstrap interval; no interval for fewer than two runs. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval | undefined;
}

/** What the runs of one arm came to. */
export interface ArmSummary {
  readonly arm: string;
  /** One per run; undefined where the measure has none. */
  readonly values: readonly { readonly seed: number; readonly value: number | undefined }[];
  /** Runs with a value. */
  readonly count: number;
  readonly mean: number | undefined;
  /** Sample standard deviation over runs. */
  readonly deviation: number | undefined;
  readonly median: Estimate | undefined;
  /** Interquartile mean. */
  readonly iqm: Estimate | undefined;
}

/** An arm beside the first one. */
export interface Contrast {
  readonly arm: string;
  readonly against: string;
  /** Seeds for which both have a value. */
  readonly pairs: number;
  /** Mean of (arm - against) over seeds. */
  readonly difference: Estimate | undefined;
  /** How likely a run of the arm is better than one of the other, seeds aside; ties count half. */
  readonly improvement: Estimate | undefined;
  /** Two-sided, of the sign-flip test on the differences. */
  readonly p: number | undefined;
  /** The same, adjusted for the contrasts of this measure (Holm 1979). */
  readonly adjusted: number | undefined;
}

export interface MeasureComparison {
  readonly name: string;
  readonly summary: string;
  readonly direction: Metric['direction'];
  readonly arms: readonly ArmSummary[];
  readonly contrasts: readonly Contrast[];
}

/** Plain JSON. */
export interface Comparison {
  readonly objective: Objective;
  readonly seeds: readonly number[];
  /** Ids of the experiments of each arm, in the order of their seeds. */
  readonly arms: readonly { readonly name: string; readonly experiments: readonly string[] }[];
  readonly measures: readonly MeasureComparison[];
}

/**
 * Compares arms by measures; the first arm is what the others are held against. Runs of equal seeds are pairs.
 * @param arms at least one, each with at least one run
 * @param rng of the resampling: equal streams give equal intervals
 * @throws HqnasError `not-comparable` where arms do not improve the same metric
 */
export function compareRuns(arms: readonly Arm[], measures: readonly RunMeasure[], rng: Rng): Comparison {
  const objective = arms[0]!.runs[0]!.objective;
  for (const { name, runs } of arms) {
    const other = runs.find((run) => run.objective.id !== objective.id);
    if (other === undefined) continue;
    throw new HqnasError({
      code: 'not-comparable',
      what: `"${name}" and "${arms[0]!.name}" have different scores`,
      where: 'evaluation.objective',
      expected: objective.id,
      got: other.objective.id,
    });
  }
  return {
    objective,
    seeds: [...new Set(arms.flatMap(({ runs }) => runs.map(({ seed }) => seed)))].sort((a, b) => a - b),
    arms: arms.map(({ name, runs }) => ({ name, experiments: runs.map(({ id }) => id) })),
    measures: measures.map((measure) => compareBy(measure, arms, objective, rng.fork(measure.name))),
  };
}

function compareBy(measure: RunMeasure, arms: readonly Arm[], objective: Objective, rng: Rng): MeasureComparison {
  const { name, summary } = measure;
  const direction = measure.direction === 'objective' ? objective.direction : measure.direction;
  const summaries = arms.map((arm, i) => summarise(arm, measure, rng.fork('arm', i)));
  const contrasts = summaries
    .slice(1)
    .map((arm, i) => contrast(arm, summaries[0]!, direction, rng.fork('contrast', i + 1)));
  const tested = contrasts.flatMap(({ p }, i) => (p === undefined ? [] : [{ p, i }]));
  const adjusted = holmAdjusted(tested.map(({ p }) => p));
  const adjustedOf = new Map(tested.map(({ i }, place) => [i, adjusted[place]]));
  return {
    name,
    summary,
    direction,
    arms: summaries,
    contrasts: contrasts.map((one, i) => ({ ...one, adjusted: adjustedOf.get(i) })),
  };
}

function summarise({ name, runs }: Arm, measure: RunMeasure, rng: Rng): ArmSummary {
  const values = runs.map((run) => ({ seed: run.seed, value: measure.of(run) }));
  const known = values.flatMap(({ value }) => value ?? []);
  const estimate = (of: (sample: readonly number[]) => number, purpose: string): Estimate | undefined =>
    known.length === 0 ? undefined : { value: of(known), interval: bootstrapInterval([known], of, rng.fork(purpose)) };
  return {
    arm: name,
    values,
    count: known.length,
    mean: known.length === 0 ? undefined : mean(known),
    deviation: known.length < 2 ? undefined : sampleDeviation(known),
    median: estimate(median, 'median'),
    iqm: estimate(interquartileMean, 'iqm'),
  };
}

function contrast(
  arm: ArmSummary,
  against: ArmSummary,
  direction: Metric['direction'],
  rng: Rng,
): Omit<Contrast, 'adjusted'> {
  const others = new Map(against.values.map(({ seed, value }) => [seed, value]));
  const differences = arm.values.flatMap(({ seed, value }) => {
    const other = others.get(seed);
    return value === undefined || other === undefined ? [] : [value - other];
  });
  const own = arm.values.flatMap(({ value }) => value ?? []);
  const theirs = against.values.flatMap(({ value }) => value ?? []);
  const [above, below] = direction === 'maximise' ? [own, theirs] : [theirs, own];
  return {
    arm: arm.arm,
    against: against.arm,
    pairs: differences.length,
    difference:
      differences.length === 0
        ? undefined
        : {
            value: mean(differences),
            interval: bootstrapInterval([differences], mean, rng.fork('difference')),
          },
    improvement:
      own.length === 0 || theirs.length === 0
        ? undefined
        : {
            value: probabilityAbove(above, below),
            interval: bootstrapInterval([above, below], probabilityAbove, rng.fork('improvement')),
          },
    p: signFlipTest(differences, rng.fork('test')),
  };
}
