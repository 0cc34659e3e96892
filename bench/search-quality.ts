import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { coursesOf, finalScore, meanCourse, reached, speedAgainst, type Courses } from './search-quality/compare.js';
import { contenders, reference } from './search-quality/contenders.js';
import { problemsOf } from './search-quality/problems.js';
import { pictureOf, tablesOf, type Result } from './search-quality/report.js';

/**
 * Compares search strategies where scores are known: on made-up landscapes and on the table of trained networks. What
 * counts is the true score of the network that a search would choose, not the one that it saw. `--json FILE` keeps what
 * was measured, and goes on from there; delete the file when something that it measured has changed. `--show` prints what it has.
 */
const { values: flags } = parseArgs({
  options: {
    on: { type: 'string', default: 'landscapes' },
    runs: { type: 'string', default: '30' },
    trainings: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    skip: { type: 'string' },
    picture: { type: 'string' },
    json: { type: 'string' },
    show: { type: 'boolean', default: false },
  },
});
const budget = { runs: Number(flags.runs), trainings: Number(flags.trainings) };
const chosen = contenders.filter(
  ({ name }) => name.includes(flags.only) && (flags.skip === undefined || !name.includes(flags.skip)),
);
const problems = problemsOf(flags.on);
const results: Result[] = [...readResults(flags.json)];
for (const problem of problems) {
  const { name, decimals, goals } = problem;
  const missing = (flags.show ? [] : chosen).filter(
    ({ name: own, measures }) =>
      (measures !== true || problem.measured === true) &&
      !results.some((known) => known.problem === name && known.contender === own),
  );
  if (missing.length === 0) continue;
  let standardSpent = 0;
  const standard = coursesOf(reference, problem, budget, (trainings) => (standardSpent += trainings / budget.runs));
  for (const contender of missing) {
    process.stderr.write(`${name}: ${contender.name}\n`);
    let spent = contender === reference ? standardSpent : 0;
    const courses: Courses =
      contender === reference
        ? standard
        : coursesOf(contender, problem, budget, (trainings) => (spent += trainings / budget.runs));
    results.push({
      problem: name,
      decimals,
      contender: contender.name,
      score: finalScore(courses),
      reached: goals.map((goal) => reached(courses, goal)),
      speed: contender === reference ? undefined : speedAgainst(courses, standard),
      course: meanCourse(courses),
      spent,
    });
    if (flags.json !== undefined) writeFileSync(flags.json, JSON.stringify({ budget, results }));
  }
}
// In the order of the contenders, whenever they were measured.
const shown = problems.flatMap(({ name }) =>
  chosen.flatMap((contender) => results.filter((each) => each.problem === name && each.contender === contender.name)),
);
process.stdout.write(`${budget.runs} runs of ${budget.trainings} trainings\n\n${tablesOf(shown)}\n`);
if (flags.picture !== undefined) {
  const first = shown.filter(({ problem }) => problem === shown[0]?.problem);
  writeFileSync(flags.picture, `${pictureOf(first, [reference.name, 'random'])}\n`);
}

function readResults(file: string | undefined): readonly Result[] {
  if (file === undefined || !existsSync(file)) return [];
  // Written just above, by an earlier run.
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { readonly budget: typeof budget; readonly results: Result[] };
  if (JSON.stringify(kept.budget) !== JSON.stringify(budget))
    throw new Error(`${file} has another number of runs or trainings`);
  return kept.results;
}
