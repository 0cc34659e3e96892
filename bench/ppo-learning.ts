import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Results } from './learning/results.js';
import { allMet, learningTable, writeBetweenMarkers } from './learning/table.js';
import { tasks, type LearningTask } from './learning/tasks.js';
import { trainSeed } from './learning/train-seed.js';

/**
 * Does PPO learn as its peers do? Trains 64-64 tanh networks with published settings over many seeds and scores them
 * greedily on 100 held-out episodes. Every finished training is a line of `bench/learning/results.jsonl`, and none that
 * stands there is run again; the table of docs/benchmarks.md is made of it.
 */
const help = `npm run bench:learning -- [options]
  --only acrobot,pendulum   these tasks alone: ${tasks.map(({ name }) => name).join(', ')}
  --seeds 10                trainings per task
  --workers 2               processes side by side
  --results FILE            default: bench/learning/results.jsonl
  --table                   run nothing, write the table`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string' },
    workers: { type: 'string', default: '1' },
    results: { type: 'string', default: 'bench/learning/results.jsonl' },
    table: { type: 'boolean', default: false },
    part: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const results = new Results(values.results);
const chosen = tasks.filter(({ name, slow }) => values.only?.split(',').includes(name) ?? slow !== true);
const seedsOf = (task: LearningTask): readonly number[] =>
  Array.from({ length: Number(values.seeds ?? task.seeds) }, (_, seed) => seed);

/** Trains what is missing; of several processes each takes its share. */
async function trainMissing(part: number, parts: number): Promise<void> {
  const jobs = chosen.flatMap((task) => seedsOf(task).map((seed) => ({ task, seed })));
  for (const [index, { task, seed }] of jobs.entries()) {
    if (index % parts !== part || results.of(task).has(seed)) continue;
    const learned = await trainSeed(task, seed);
    results.append(learned);
    console.error(
      `${task.name}, seed ${seed}: ${learned.mean.toFixed(1)}, ${learned.cpuSeconds.toFixed(1)} CPU seconds`,
    );
  }
}

if (values.help) console.log(help);
else if (values.part !== undefined) await trainMissing(Number(values.part), Number(values.workers));
else {
  if (!values.table) await Promise.all(startWorkers(Number(values.workers)));
  report();
}

function startWorkers(count: number): readonly Promise<unknown>[] {
  if (count === 1) return [trainMissing(0, 1)];
  return Array.from({ length: count }, (_, part) => {
    const child = spawn(process.execPath, [...process.argv.slice(1), '--part', String(part)], { stdio: 'inherit' });
    return once(child, 'exit');
  });
}

function report(): void {
  const linesOf = (some: readonly LearningTask[]) =>
    some.map((task) => ({ task, learned: [...results.of(task).values()].sort((a, b) => a.seed - b.seed) }));
  const whole = learningTable(linesOf(tasks));
  console.log(whole);
  if (values.results === 'bench/learning/results.jsonl') writeBetweenMarkers('docs/benchmarks.md', whole);
  if (!values.table && !allMet(linesOf(chosen))) process.exitCode = 1;
}
