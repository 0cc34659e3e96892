import { contains, type Space } from '../space.js';
import {
  compare,
  expectCode,
  isObject,
  make,
  numbers,
  play,
  playOn,
  printable,
  randomActions,
  type Probe,
} from './probe.js';

export const steps: readonly Probe[] = [
  {
    id: 'step/order',
    statement: 'a step before the first reset is refused',
    run(subject, report) {
      const environment = make(subject);
      const action = randomActions(environment.actionSpace, subject.seed)();
      expectCode('reset-needed', () => environment.step(action), 'step before reset', report);
    },
  },
  {
    id: 'step/result',
    statement: 'a step returns an observation of its space, a finite reward, two booleans and an info object',
    run(subject, report) {
      const environment = make(subject);
      const nextAction = randomActions(environment.actionSpace, subject.seed);
      environment.reset({ seed: subject.seed });
      for (let i = 0; i < subject.steps; i++) {
        const { observation, reward, terminated, truncated, info } = environment.step(nextAction());
        const evidence = { step: i, observation: [...numbers(observation)].map(printable), reward: printable(reward) };
        if (!contains(environment.observationSpace, observation))
          report('error', 'an observation is not in the observation space', evidence);
        if (typeof reward !== 'number' || !Number.isFinite(reward))
          report('error', 'a reward is not a finite number', evidence);
        if (typeof terminated !== 'boolean' || typeof truncated !== 'boolean')
          report('error', 'the flags must be booleans', evidence);
        if (!isObject(info)) report('error', 'info must be an object', evidence);
        if (i === 0 && truncated && subject.kind.maxEpisodeSteps !== 1)
          report('error', 'truncated after one step', evidence);
        if (terminated || truncated) environment.reset();
      }
    },
  },
  {
    id: 'step/deterministic',
    statement: 'equal seeds and actions give equal trajectories',
    run(subject, report) {
      const first = play(make(subject), subject.seed, subject.steps);
      compare(first, play(make(subject), subject.seed, subject.steps), 'two instances differ', report);
      const used = make(subject);
      play(used, subject.seed + 5, subject.steps);
      compare(
        first,
        play(used, subject.seed, subject.steps),
        'an instance that was used before differs from a fresh one',
        report,
      );
    },
  },
  {
    id: 'step/independent',
    statement: 'two instances stepped in turn do not disturb each other',
    run(subject, report) {
      const expected = play(make(subject), subject.seed, subject.steps);
      const [first, second] = [make(subject), make(subject)];
      const trace = [...numbers(first.reset({ seed: subject.seed }).observation)];
      second.reset({ seed: subject.seed + 1 });
      const nextAction = randomActions(first.actionSpace, subject.seed + 1);
      const otherAction = randomActions(first.actionSpace, subject.seed + 2);
      for (let i = 0; i < subject.steps; i++) {
        playOn(first, nextAction, 1, trace);
        playOn(second, otherAction, 1, []);
      }
      compare(expected, trace, 'an instance changed while another one was stepped', report);
    },
  },
  {
    id: 'step/invalid-action',
    statement: 'what is not an action is refused, actions on the bounds are accepted',
    run(subject, report) {
      const environment = make(subject);
      environment.reset({ seed: subject.seed });
      for (const wrong of wrongActions(environment.actionSpace)) {
        // The point is to pass what the type forbids.
        expectCode('invalid-action', () => environment.step(wrong as number), `step(${String(wrong)})`, report);
      }
      for (const action of boundaryActions(environment.actionSpace)) {
        environment.reset({ seed: subject.seed });
        environment.step(action);
      }
    },
  },
];

function wrongActions(space: Space): readonly unknown[] {
  if (space.kind === 'discrete') {
    return [
      space.start - 1,
      space.start + space.n,
      space.start + 0.5,
      NaN,
      Infinity,
      undefined,
      null,
      '0',
      Float32Array.of(space.start),
    ];
  }
  return [0, undefined, null, '0', new Float32Array(space.low.length + 1), new Float64Array(space.low.length)];
}

function boundaryActions(space: Space): readonly (number | Float32Array)[] {
  if (space.kind === 'discrete') return [space.start, space.start + space.n - 1];
  return [space.low.slice(), space.high.slice()];
}
