import { median, quantile } from '../core/statistics.js';
import { significant, type Row } from './report.js';
import { createTrainings, type Trained, type Training } from './trainings.js';

interface Job extends Training {
  readonly work: string;
  readonly dna: string;
  /** Most CPU seconds that the design allows. */
  readonly target?: number;
  readonly repeats: number;
}

const mlp = 'C 64 T C 64 T C 1';
const greedy = { policy: 'greedy', episodes: 100 } as const;
/** As the study scores its candidates. */
const stochastic = { policy: 'stochastic', episodes: 10 } as const;

export const jobs: readonly Job[] = [
  { work: 'ppo sb3-defaults 100k', dna: mlp, preset: 'sb3', score: greedy, target: 2, repeats: 3 },
  { work: 'ppo cleanrl 500k', dna: mlp, preset: 'cleanrl', score: greedy, target: 3.5, repeats: 3 },
  {
    work: 'ppo sb3-defaults 100k, one trunk with two heads',
    dna: mlp,
    preset: 'sb3',
    options: { network: 'shared' },
    score: greedy,
    repeats: 3,
  },
  {
    work: 'ppo cleanrl 500k, one trunk with two heads',
    dna: mlp,
    preset: 'cleanrl',
    options: { network: 'shared' },
    score: greedy,
    repeats: 3,
  },
  {
    work: 'study 51,200 steps, best classical network',
    dna: 'C 37 T C 41 T C 2 R C 24 T C 5 T C 1',
    preset: 'paper',
    score: stochastic,
    target: 0.35,
    repeats: 9,
  },
  {
    work: 'the same with a circuit of 2 qubits',
    dna: 'C 37 T C 41 T C 2 R Q 2 F 2 C 24 T C 5 T C 1',
    preset: 'paper',
    score: stochastic,
    target: 0.5,
    repeats: 9,
  },
  {
    work: 'the same with a circuit of 10 qubits',
    dna: 'C 37 T C 41 T C 10 R Q 10 F 2 C 24 T C 5 T C 1',
    preset: 'paper',
    score: stochastic,
    target: 15,
    repeats: 1,
  },
  // Last, because what they switch on stays on.
  {
    work: 'ppo sb3-defaults 100k, `fast: true`',
    dna: mlp,
    preset: 'sb3',
    fast: true,
    score: greedy,
    target: 2,
    repeats: 3,
  },
  {
    work: 'ppo cleanrl 500k, `fast: true`',
    dna: mlp,
    preset: 'cleanrl',
    fast: true,
    score: greedy,
    target: 3.5,
    repeats: 3,
  },
];

/** Whole trainings on CartPole with compilation and evaluation: CPU seconds. */
export async function ppo(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const job of jobs) rows.push(await timeJob(job));
  return rows;
}

/** One job, repeated with other seeds after a first run that is not counted where the job is short. */
export async function timeJob(job: Job): Promise<Row> {
  const train = createTrainings(job);
  if (job.repeats > 1) await train(job.dna, 0);
  const results: Trained[] = [];
  for (let seed = 1; seed <= job.repeats; seed++) results.push(await train(job.dna, seed));
  const seconds = results.map((result) => result.seconds);
  const share = (phase: string) => median(results.map(({ phases }) => phases[phase] ?? 0)) * 1000;
  const phases = ['compile', 'collect', 'update', 'score'].map((phase) => `${phase} ${significant(share(phase))}`);
  const scores = significant(median(results.map(({ score }) => score)));
  return {
    work: job.work,
    who: job.dna,
    median: median(seconds),
    unit: 's',
    spread: [quantile(seconds, 0), quantile(seconds, 1)],
    note: `ms: ${phases.join(', ')}; median ${job.score.policy} score ${scores}`,
    ...(job.target === undefined ? {} : { target: { text: `<= ${job.target} s`, met: median(seconds) <= job.target } }),
  };
}
