import { createRng } from '../../core/index.js';
import { bootstrapInterval, type Interval } from '../../core/experiment/resampling.js';
import { interquartileMean } from '../../core/training/metrics.js';
import { runLandscape } from '../landscapes/run-landscape.js';
import { startContender, type Contender } from './contender.js';
import { courseOf } from './course.js';
import type { Problem } from './problem.js';

/** True scores over a search, [run][trainings]. */
export type Courses = readonly Float64Array[];

export interface Budget {
  readonly runs: number;
  readonly trainings: number;
}

/** Candidates per training: short trainings cost their share, known networks nothing. */
const mostCandidates = 12;

/**
 * One run per seed. It ends when the trainings are used up, or when the search proposes little but networks that it knows:
 * those cost nothing.
 * @param onRun hears the whole trainings that a run has cost
 */
export function coursesOf(
  contender: Contender,
  problem: Problem,
  { runs, trainings }: Budget,
  onRun: (spent: number) => void = () => undefined,
): Courses {
  return Array.from({ length: runs }, (_, seed) => {
    const rng = createRng(seed);
    const landscape = problem.landscape(rng.fork('landscape'));
    const search = startContender(contender, landscape, trainings);
    const candidates = trainings * mostCandidates;
    const steps = runLandscape({ landscape, search, candidates, trainings, noise: problem.noise, rng });
    onRun(steps.reduce((sum, { cost }) => sum + cost, 0));
    return courseOf(steps, landscape, trainings);
  });
}

export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

const resamples = 1000;

/** Interquartile mean over runs of the score at the end. */
export function finalScore(courses: Courses): Estimate {
  const finals = courses.map((course) => course.at(-1)!);
  return estimate([finals], (sample) => interquartileMean(sample));
}

/** Interquartile mean over runs after every training. */
export function meanCourse(courses: Courses): readonly number[] {
  return Array.from(courses[0]!, (_, at) => interquartileMean(courses.map((course) => course[at]!)));
}

/** Trainings after which the mean course stays at a score; above the budget where it ends lower. */
export interface Reached {
  readonly goal: number;
  readonly trainings: Estimate;
}

export function reached(courses: Courses, goal: number): Reached {
  return { goal, trainings: estimate([indicesOf(courses)], (runs) => firstAt(courses, runs, goal)) };
}

/**
 * Trainings after which the mean course stays as high as the reference ends, as a share of the reference's: 0.5 = twice
 * as fast; above 1 = never within the budget. Runs of both are drawn anew for the interval.
 */
export function speedAgainst(courses: Courses, reference: Courses): Estimate {
  return estimate([indicesOf(courses), indicesOf(reference)], (runs, others) => {
    const height = interquartileMean(others.map((run) => reference[run]!.at(-1)!));
    return firstAt(courses, runs, height) / (reference[0]!.length - 1);
  });
}

/**
 * The first of about a hundred places from which on the mean over some runs stays at a height; twice the budget where it
 * ends lower. A course may fall, when the network that seems best is a lucky one: that it was once high counts for nothing.
 */
function firstAt(courses: Courses, runs: readonly number[], height: number): number {
  const trainings = courses[0]!.length - 1;
  const every = Math.max(1, Math.floor(trainings / 100));
  let from = 2 * trainings;
  for (let at = trainings; at > 0; at -= every) {
    if (interquartileMean(runs.map((run) => courses[run]![at]!)) < height) break;
    from = at;
  }
  return from;
}

function indicesOf(courses: Courses): readonly number[] {
  return courses.map((_, run) => run);
}

function estimate(
  strata: readonly (readonly number[])[],
  statistic: (...samples: (readonly number[])[]) => number,
): Estimate {
  const value = statistic(...strata.map((values) => [...values]));
  const interval = bootstrapInterval(
    strata,
    (...samples) => statistic(...samples.map((sample) => [...sample])),
    createRng(1),
    { resamples },
  );
  return { value, interval: interval ?? { low: value, high: value } };
}
