import { contains } from '../space.js';
import { compare, expectCode, isObject, make, numbers, play, type Probe } from './probe.js';

export const resets: readonly Probe[] = [
  {
    id: 'reset/observation',
    statement: 'reset returns a member of the observation space and an info object',
    run(subject, report) {
      const environment = make(subject);
      for (const settings of [{ seed: subject.seed }, {}]) {
        const { observation, info } = environment.reset(settings);
        if (!contains(environment.observationSpace, observation)) {
          report(
            'error',
            'the first observation is not in the observation space',
            [...numbers(observation)].map(String),
          );
        }
        if (!isObject(info)) report('error', 'info must be an object', typeof info);
      }
    },
  },
  {
    id: 'reset/seeded',
    statement: 'the same seed gives the same first observation, and the same ones after it',
    run(subject, report) {
      const environment = make(subject);
      const starts = (seed: number): number[] => {
        const first = [...numbers(environment.reset({ seed }).observation)];
        for (let i = 0; i < 3; i++) first.push(...numbers(environment.reset().observation));
        return first;
      };
      compare(starts(subject.seed), starts(subject.seed), 'two resets with one seed differ', report);
    },
  },
  {
    id: 'reset/other-seed',
    statement: 'another seed starts another stream',
    run(subject, report) {
      const first = play(make(subject), subject.seed, subject.steps, 7);
      const second = play(make(subject), subject.seed + 1, subject.steps, 7);
      if (first.length === second.length && first.every((value, i) => Object.is(value, second[i]))) {
        report('warning', 'two seeds gave the same trajectory: is the environment deterministic by intent?');
      }
    },
  },
  {
    id: 'reset/invalid-seed',
    statement: 'a seed that is not a whole number from 0 is refused',
    run(subject, report) {
      const environment = make(subject);
      for (const seed of [-1, 0.5, NaN])
        expectCode('invalid-seed', () => environment.reset({ seed }), `reset({ seed: ${seed} })`, report);
    },
  },
  {
    id: 'reset/options',
    statement: 'declared reset options are honoured, others are refused',
    run(subject, report) {
      const environment = make(subject);
      const declared = subject.kind.resetOptions;
      if (declared === undefined) return;
      const plain = [...numbers(environment.reset({ seed: subject.seed }).observation)];
      const given = [...numbers(environment.reset({ seed: subject.seed, options: declared }).observation)];
      compare(plain, given, 'the declared defaults of the reset options are not the defaults', report);
      for (const name of Object.keys(declared)) {
        const reset = (value: string | number): unknown =>
          environment.reset({ seed: subject.seed, options: { [name]: value } });
        expectCode('invalid-reset-option', () => reset('x'), `reset with ${name}: "x"`, report);
      }
      expectCode(
        'invalid-reset-option',
        () => environment.reset({ options: { 'no such option': 1 } }),
        'reset with an unknown option',
        report,
      );
      if ('low' in declared && 'high' in declared) {
        expectCode(
          'invalid-reset-option',
          () => environment.reset({ options: { low: 1, high: 0 } }),
          'reset with low above high',
          report,
        );
      }
    },
  },
];
