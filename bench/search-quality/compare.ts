import { createRng } from '../../core/index.js';
import { bootstrapInterval, type Interval } from '../../core/experiment/resampling.js';
import { median } from '../../core/experiment/statistics.js';
import { interquartileMean } from '../../core/training/metrics.js';
import { runLandscape } from '../landscapes/run-landscape.js';
import { startContender, type Contender } from './contenders.js';
import { courseOf } from './course.js';
import type { Problem } from './problems.js';

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
 */
export function coursesOf(contender: Contender, problem: Problem, { runs, trainings }: Budget): Courses {
  return Array.from({ length: runs }, (_, seed) => {
    const rng = createRng(seed);
    const landscape = problem.landscape(rng.fork('landscape'));
    const search = startContender(contender, landscape.moves, trainings);
    const candidates = trainings * mostCandidates;
    const steps = runLandscape({ landscape, search, candidates, trainings, noise: problem.noise, rng });
    return courseOf(steps, landscape, trainings);
  });
}

export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

const resamples = 2000;

/** Interquartile mean over runs of the score at the end. */
export function finalScore(courses: Courses): Estimate {
  const finals = courses.map((course) => course.at(-1)!);
  return estimate([finals], (sample) => interquartileMean(sample));
}

/** Interquartile mean over runs after every training. */
export function meanCourse(courses: Courses): readonly number[] {
  return Array.from(courses[0]!, (_, at) => interquartileMean(courses.map((course) => course[at]!)));
}

/** When runs came to a score. */
export interface Reached {
  readonly goal: number;
  /** Share of the runs that did. */
  readonly share: number;
  /** Median over all runs, in whole trainings; above the budget where fewer than half did. */
  readonly trainings: Estimate;
}

export function reached(courses: Courses, goal: number): Reached {
  // A run that did not is censored: it counts as longer than the budget, which a median bears.
  const times = courses.map((course) => firstAtLeast(course, goal) ?? course.length);
  const share = times.filter((time) => time < courses[0]!.length).length / times.length;
  return { goal, share, trainings: estimate([times], (sample) => median(sample)) };
}

/**
 * Trainings from which on the mean course stays as high as the reference ends, as a share of the reference's: 0.5 = twice
 * as fast. A course may fall, when the network that seems best is a lucky one; that it was once high counts for nothing.
 * Runs of both are drawn anew for the interval; where the course ends lower, the share counts as 2.
 */
export function speedAgainst(courses: Courses, reference: Courses): Estimate {
  const every = Math.max(1, Math.floor(courses[0]!.length / 100));
  const indices = courses.map((_, index) => index);
  const others = reference.map((_, index) => index);
  return estimate([indices, others], (sample, other) => {
    const height = interquartileMean(other.map((index) => reference[index]!.at(-1)!));
    const last = courses[0]!.length - 1;
    let from: number | undefined;
    for (let at = last; at > 0; at -= every) {
      if (interquartileMean(sample.map((index) => courses[index]![at]!)) < height) break;
      from = at;
    }
    return from === undefined ? 2 : from / (reference[0]!.length - 1);
  });
}

function estimate(strata: readonly (readonly number[])[], statistic: (...samples: number[][]) => number): Estimate {
  const value = statistic(...strata.map((values) => [...values]));
  const interval = bootstrapInterval(
    strata,
    (...samples) => statistic(...samples.map((sample) => [...sample])),
    createRng(1),
    { resamples },
  );
  return { value, interval: interval ?? { low: value, high: value } };
}

function firstAtLeast(course: Float64Array, goal: number): number | undefined {
  const at = course.findIndex((value) => value >= goal);
  return at < 0 ? undefined : at;
}
