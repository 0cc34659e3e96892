import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { makeVectorEnvironment, type EnvironmentKind } from '../core/index.js';
import { median, quantile } from '../core/statistics.js';
import { bipedalWalker } from '../environments/bipedal-walker/index.js';
import { acrobot } from '../environments/acrobot/index.js';
import { cartPole } from '../environments/cartpole/index.js';
import { cliffWalking } from '../environments/cliff-walking/index.js';
import { frozenLake } from '../environments/frozen-lake/index.js';
import { lunarLander, lunarLanderContinuous } from '../environments/lunar-lander/index.js';
import { mountainCar, mountainCarContinuous } from '../environments/mountain-car/index.js';
import { pendulum } from '../environments/pendulum/index.js';
import { STEPS, scalarSteps, vectorSteps } from './environment-steps.js';
import { cpuTime, type Contender } from './harness.js';
import { significant, type Row } from './report.js';

/** Every environment that Gymnasium has too, and how many lanes its vector form is given. */
const kinds: readonly (readonly [EnvironmentKind, number])[] = [
  [cartPole, 64],
  [mountainCar, 64],
  [mountainCarContinuous, 64],
  [pendulum, 64],
  [acrobot, 64],
  [frozenLake, 64],
  [cliffWalking, 64],
  [lunarLander, 8],
  [lunarLanderContinuous, 8],
  [bipedalWalker, 8],
];
const ROUNDS = 7;
const SLICE_SECONDS = 0.15;

/**
 * Random actions, through `make` and `step` as of Gymnasium, and in vectors: the two sides take turns, and a ratio is the median of
 * those within the rounds. Nothing where the Python has no gymnasium.
 */
export async function gymnasiumRatios(python: string): Promise<Row[]> {
  const script = path.resolve('bench/peers/gymnasium_slices.py');
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Answer | undefined> => {
    const { done, value } = await lines.next();
    return done === true ? undefined : (JSON.parse(value) as Answer); // written by the script
  };
  const version = (await answer())?.version;
  if (version === undefined) {
    console.error(`no ratios to Gymnasium: ${python} has none; name another with --python`);
    return [];
  }
  const rows: Row[] = [];
  for (const [kind, lanes] of kinds) {
    const theirs = async (): Promise<number | undefined> => {
      child.stdin.write(`${kind.gymnasiumId} ${SLICE_SECONDS}\n`);
      return (await answer())?.microseconds;
    };
    rows.push(...(await compareKind(kind, lanes, theirs, `Gymnasium ${version}, make()`)));
  }
  child.stdin.end();
  await once(child, 'close');
  return rows;
}

interface Answer {
  readonly version?: string;
  readonly microseconds?: number;
}

async function compareKind(
  kind: EnvironmentKind,
  lanes: number,
  theirs: () => Promise<number | undefined>,
  peer: string,
): Promise<Row[]> {
  const scalar = scalarSteps(kind);
  const vector = vectorSteps(makeVectorEnvironment(kind, lanes));
  // Both sides once to warm up.
  if ((await theirs()) === undefined) return [];
  for (const run of [scalar, vector]) slice(run);
  const times: Record<'gymnasium' | 'scalar' | 'vector', number[]> = { gymnasium: [], scalar: [], vector: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.gymnasium.push((await theirs()) ?? NaN);
    times.scalar.push(slice(scalar));
    times.vector.push(slice(vector));
  }
  const row = (who: string, own: readonly number[]): Row => ({
    work: `${kind.gymnasiumId}, random actions`,
    who,
    median: 1 / median(own),
    unit: 'M steps/s',
    spread: [1 / quantile(own, 0.75), 1 / quantile(own, 0.25)],
    ratio: median(own.map((time, round) => time / times.gymnasium[round]!)),
    note:
      who === peer
        ? ''
        : `${significant(median(own.map((time, round) => times.gymnasium[round]! / time)))} times as fast`,
  });
  return [
    row(peer, times.gymnasium),
    row('scalar, Gymnasium protocol', times.scalar),
    row(`vector of ${lanes}`, times.vector),
  ];
}

/** Microseconds per step. */
function slice(run: Contender['run']): number {
  const start = cpuTime();
  let steps = 0;
  do {
    run();
    steps += STEPS;
  } while (cpuTime() - start < SLICE_SECONDS * 1e6);
  return (cpuTime() - start) / steps;
}
