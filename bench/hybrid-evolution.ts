import process from 'node:process';
import { parseArgs } from 'node:util';
import { createRng } from '../core/index.js';
import { bootstrapInterval, type Interval } from '../core/experiment/resampling.js';
import { interquartileMean } from '../core/training/metrics.js';
import { ablation } from './search-quality/ablation.js';
import { coursesOf, finalScore, type Courses, type Estimate } from './search-quality/compare.js';
import { contenders, reference } from './search-quality/contenders.js';
import { problemsOf } from './search-quality/problems.js';

/**
 * Does hybrid-evolution come with half the trainings to where aging evolution ends? With all its parts, and with each of
 * them switched off. `--against NAME` compares with another contender. Interquartile means over runs with 95 % bootstrap intervals.
 */
const { values: flags } = parseArgs({
  options: {
    on: { type: 'string', default: 'study networks' },
    runs: { type: 'string', default: '20' },
    trainings: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    against: { type: 'string', default: reference.name },
  },
});
const runs = Number(flags.runs);
const trainings = Number(flags.trainings);
const half = Math.floor(trainings / 2);
const other = contenders.find(({ name }) => name === flags.against);
if (other === undefined) throw new Error(`no contender is called "${flags.against}"`);

for (const problem of problemsOf(flags.on)) {
  const standard = coursesOf(other, problem, { runs, trainings });
  const early = standard.map((course) => course.slice(0, half + 1));
  const heading = [problem.name, `true score after ${half}`, `minus ${other.name} after ${trainings}`, 'share'];
  print(heading);
  print(heading.map(() => '---'));
  print([other.name, shown(finalScore(early), 1), difference(early, standard), share(standard, standard)]);
  for (const contender of ablation) {
    if (!contender.name.includes(flags.only) || (contender.measures === true && problem.measured !== true)) continue;
    const courses = coursesOf(contender, problem, { runs, trainings: half });
    print([contender.name, shown(finalScore(courses), 1), difference(courses, standard), share(courses, standard)]);
  }
  process.stdout.write('\n');
}

/** Of interquartile means at the end; the runs of both are drawn anew. */
function difference(courses: Courses, others: Courses): string {
  const end = (all: Courses, chosen: readonly number[]): number => heightAt(all, chosen, all[0]!.length - 1);
  return shown(
    estimate(courses, others, (own, theirs) => end(courses, own) - end(others, theirs)),
    1,
  );
}

/**
 * Trainings from which on the mean course stays as high as the other one ends, as a share of the other's. A course may
 * fall, where the network that seems best is a lucky one: that it was high for a moment counts for nothing. 2 = not within
 * the budget.
 */
function share(courses: Courses, others: Courses): string {
  const whole = others[0]!.length - 1;
  const every = Math.max(1, Math.floor(whole / 100));
  const statistic = (own: readonly number[], theirs: readonly number[]): number => {
    const height = heightAt(others, theirs, whole);
    let from: number | undefined;
    for (let at = courses[0]!.length - 1; at > 0 && heightAt(courses, own, at) >= height; at -= every) from = at;
    return from === undefined ? 2 : from / whole;
  };
  return shown(estimate(courses, others, statistic), 2);
}

function heightAt(courses: Courses, chosen: readonly number[], at: number): number {
  return interquartileMean(chosen.map((run) => courses[run]![at]!));
}

/** With runs of both drawn anew for the interval. */
function estimate(
  courses: Courses,
  others: Courses,
  statistic: (own: readonly number[], theirs: readonly number[]) => number,
): Estimate {
  const [own, theirs] = [courses.map((_, run) => run), others.map((_, run) => run)];
  const value = statistic(own, theirs);
  const interval: Interval | undefined = bootstrapInterval([own, theirs], (a, b) => statistic(a, b), createRng(1), {
    resamples: 2000,
  });
  return { value, interval: interval ?? { low: value, high: value } };
}

function shown({ value, interval: { low, high } }: Estimate, digits: number): string {
  return [value, low, high]
    .map((one) => (digits === 2 && one === 2 ? 'not' : one.toFixed(digits)))
    .join(' ')
    .replace(/^(\S+) (\S+) (\S+)$/, '$1 [$2, $3]');
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
