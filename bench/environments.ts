import { liftKind, makeEnvironment, makeVectorEnvironment, type EnvironmentKind } from '../core/index.js';
import { acrobot } from '../environments/acrobot/index.js';
import { cartPole } from '../environments/cartpole/index.js';
import { landByRule, lunarLander } from '../environments/lunar-lander/index.js';
import { mountainCar, mountainCarContinuous } from '../environments/mountain-car/index.js';
import { pendulum } from '../environments/pendulum/index.js';
import { STEPS, scalarSteps, vectorSteps } from './environment-steps.js';
import { gymnasiumRatios } from './gymnasium-ratios.js';
import { compare, type Contender, type Timing } from './harness.js';
import { plainCartPole } from './plain/cartpole.js';
import { plainAcrobot, plainMountainCar, plainPendulum } from './plain/classic-control.js';
import { rowsOf as reportRows, type Row } from './report.js';

/**
 * Random actions, drawn beforehand: steps per CPU-second, and how far from a loop written by hand and from Gymnasium.
 * @param python that may have gymnasium; without one there are no ratios to it
 */
export async function environments(python?: string): Promise<Row[]> {
  const cart = await compare([
    { name: 'vector of 64', run: vectorSteps(makeVectorEnvironment(cartPole, 64)) },
    { name: 'vector of 8', run: vectorSteps(makeVectorEnvironment(cartPole, 8)) },
    { name: 'vector of 1024', run: vectorSteps(makeVectorEnvironment(cartPole, 1024)) },
    { name: '8 scalar ones, lifted', run: vectorSteps(liftKind(cartPole, 8)) },
    { name: 'scalar, Gymnasium protocol', run: scalarSteps(cartPole) },
    { name: 'plain loop, no protocol', run: () => plainCartPole(STEPS) },
  ]);
  const rows = rated('CartPole, random actions', cart).map((row) => {
    if (row.who === 'vector of 64') return { ...row, target: { text: '>= 10 M steps/s', met: row.median >= 10 } };
    if (row.who.startsWith('scalar')) return { ...row, target: { text: '>= 3 M steps/s', met: row.median >= 3 } };
    return row;
  });
  const others: readonly (readonly [string, EnvironmentKind, () => unknown])[] = [
    ['MountainCar', mountainCar, () => plainMountainCar(STEPS)],
    ['Pendulum', pendulum, () => plainPendulum(STEPS)],
    ['Acrobot', acrobot, () => plainAcrobot(STEPS)],
  ];
  for (const [name, kind, plain] of others) {
    const timings = await compare([
      { name: 'plain loop, no protocol', run: plain },
      { name: 'vector of 64', run: vectorSteps(makeVectorEnvironment(kind, 64)) },
      { name: 'scalar, Gymnasium protocol', run: scalarSteps(kind) },
    ]);
    const { ratio } = timings[1]!;
    rows.push(
      ...rated(`${name}, random actions`, timings).map((row) =>
        row.who === 'vector of 64' ? { ...row, target: { text: '<= 2x a plain loop', met: ratio <= 2 } } : row,
      ),
    );
  }
  const rest = await compare([
    { name: 'MountainCarContinuous, vector of 64', run: vectorSteps(makeVectorEnvironment(mountainCarContinuous, 64)) },
    { name: 'MountainCarContinuous, scalar', run: scalarSteps(mountainCarContinuous) },
  ]);
  rows.push(...rated('Other environments, random actions', rest));
  // Rigid bodies need a long warm-up.
  const lander = await compare([{ name: 'scalar, steered by its rule', run: landings() }], { warmUp: 3000 });
  const landerRows = reportRows('LunarLander', lander, 'k steps/s', (time) => (64 / time) * 1000);
  rows.push(...landerRows.map((row) => ({ ...row, target: { text: '>= 10 k steps/s', met: row.median >= 10 } })));
  return python === undefined ? rows : [...rows, ...(await gymnasiumRatios(python))];
}

function rated(what: string, timings: readonly Timing[]): Row[] {
  return reportRows(what, [...timings], 'M steps/s', (microseconds) => STEPS / microseconds);
}

/** 64 steps a run. */
function landings(): Contender['run'] {
  const environment = makeEnvironment(lunarLander);
  let { observation } = environment.reset({ seed: 0 });
  return () => {
    for (let step = 0; step < 64; step++) {
      // The observation space is a box.
      const result = environment.step(landByRule(observation as Float32Array));
      observation = result.terminated || result.truncated ? environment.reset().observation : result.observation;
    }
  };
}
