import process, { argv, env, stdout } from 'node:process';
import {
  Pcg64,
  createRows,
  createStepBuffers,
  makeVectorEnvironment,
  rowsOf,
  sampleSpace,
  type EnvironmentKind,
  type VectorEnvironment,
} from '../core/index.js';
import { pythonFile } from '../core/node/python-files.js';
import { openSynchronousChannel } from '../core/node/synchronous-channel.js';
import { acrobot } from '../environments/acrobot/index.js';
import { cartPole } from '../environments/cartpole/index.js';
import { cliffWalking } from '../environments/cliff-walking/index.js';
import { frozenLake, frozenLake8x8 } from '../environments/frozen-lake/index.js';
import { gymnasiumBridge } from '../environments/gymnasium-bridge/index.js';
import { mountainCar, mountainCarContinuous } from '../environments/mountain-car/index.js';
import { pendulum } from '../environments/pendulum/index.js';

/**
 * Plays seeded episodes under random actions here and in the real Gymnasium, through the bridge, and prints how far they
 * agree, as the table of docs/conformance.md. Ends with code 1 where flags differ, or observations within the first 100
 * steps by more than the last bit of a float32.
 *
 *   HQNAS_PYTHON=python3 node .bench/bench/gymnasium-conformance.js 1000
 */
const EPISODES = Number(argv[2] ?? 1000);
/** Of observations below 4: NumPy's sine and cosine may round another way than ours. */
const LAST_BIT = 2.4e-7;
const LANES = 20;
/** Steps after which an episode without a time limit is left. */
const MOST = 1000;

const bridge = gymnasiumBridge((command) => openSynchronousChannel(command), pythonFile('gymnasium_bridge.py'))
  .environments![0]!;

/** What one lane showed up to the end of its first episode. */
interface Episode {
  readonly observations: number[];
  readonly rewards: number[];
  readonly flags: number[];
}

function play(vector: VectorEnvironment, firstSeed: number): readonly Episode[] {
  const { count } = vector;
  const rows = rowsOf(vector.observationSpace);
  const buffers = createStepBuffers(rows, count);
  const actions = createRows(1, count);
  const streams = Array.from({ length: count }, (_, lane) => new Pcg64(1_000_000 + firstSeed + lane));
  const episodes: Episode[] = streams.map(() => ({ observations: [], rewards: [], flags: [] }));
  const finished = new Uint8Array(count);
  vector.reset(
    buffers.observations,
    streams.map((_, lane) => firstSeed + lane),
  );
  for (let step = 0; step <= MOST && finished.includes(0); step++) {
    for (let lane = 0; lane < count; lane++) {
      const action = sampleSpace(vector.actionSpace, streams[lane]!);
      actions.data[lane] = typeof action === 'number' ? action : action[0]!;
    }
    if (step > 0) vector.step(actions, buffers);
    for (let lane = 0; lane < count; lane++) {
      if (finished[lane] === 1) continue;
      const done = step > 0 && (buffers.terminated[lane] === 1 || buffers.truncated[lane] === 1);
      const { data } = done ? buffers.finalObservations : buffers.observations;
      const { observations, rewards, flags } = episodes[lane]!;
      for (let row = 0; row < rows; row++) observations.push(data[row * count + lane]!);
      if (step === 0) continue;
      rewards.push(buffers.rewards[lane]!);
      flags.push(buffers.terminated[lane]!, buffers.truncated[lane]!);
      if (done) finished[lane] = 1;
    }
  }
  return episodes;
}

function compare(kind: EnvironmentKind): string {
  const python = env['HQNAS_PYTHON'] ?? 'python3';
  const options = { id: kind.gymnasiumId!, python, timeout: 600 };
  const theirs = makeVectorEnvironment(bridge, LANES, { options });
  const ours = makeVectorEnvironment(kind, LANES);
  let [episodes, exact, steps, flags, early, worst, reward] = [0, 0, 0, 0, 0, 0, 0];
  for (let seed = 0; seed < EPISODES; seed += LANES) {
    const expected = play(theirs, seed);
    const seen = play(ours, seed);
    expected.forEach((episode, lane) => {
      const other = seen[lane]!;
      const rows = rowsOf(ours.observationSpace);
      const distances = episode.observations.map((x, i) => Math.abs(x - (other.observations[i] ?? Infinity)));
      episodes++;
      steps += episode.rewards.length;
      if (distances.every((distance) => distance === 0) && episode.rewards.length === other.rewards.length) exact++;
      worst = distances.reduce((a, b) => Math.max(a, b), worst);
      early = distances.slice(0, 101 * rows).reduce((a, b) => Math.max(a, b), early);
      if (episode.flags.join() !== other.flags.join()) flags++;
      reward = episode.rewards.reduce((a, x, i) => Math.max(a, Math.abs(x - (other.rewards[i] ?? Infinity))), reward);
    });
  }
  theirs.close?.();
  const cells = [`${exact}/${episodes}`, steps, flags, shown(early), shown(worst), shown(reward)];
  if (flags > 0 || early > LAST_BIT) process.exitCode = 1;
  return `| ${kind.gymnasiumId} | ${cells.join(' | ')} |`;
}

function shown(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}

stdout.write(
  '| environment | episodes exact | steps | other flags | observations, first 100 steps | all steps | rewards |\n',
);
stdout.write('|---|---|---|---|---|---|---|\n');
for (const kind of [
  cartPole,
  mountainCar,
  mountainCarContinuous,
  acrobot,
  pendulum,
  frozenLake,
  frozenLake8x8,
  cliffWalking,
]) {
  stdout.write(`${compare(kind)}\n`);
}
