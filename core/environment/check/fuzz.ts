import { messageOf } from '../../errors.js';
import { Pcg64 } from '../pcg64.js';
import { contains } from '../space.js';
import { make, numbers, play, playOn, randomActions, type Probe, type Subject } from './probe.js';

/** One attempt: an environment seed, a seed of random actions and a number of steps. */
interface Attempt {
  readonly seed: number;
  readonly actionSeed: number;
  readonly steps: number;
}

const ATTEMPTS = 12;

export const fuzz: readonly Probe[] = [
  {
    id: 'fuzz/sound',
    statement: 'random seeds and actions give members of the spaces, equal again and after saving',
    run(subject, report) {
      const chance = new Pcg64(subject.seed);
      for (let i = 0; i < ATTEMPTS; i++) {
        const attempt = {
          seed: chance.integers(0, 2 ** 31),
          actionSeed: chance.integers(0, 2 ** 31),
          steps: 1 + chance.integers(0, subject.steps),
        };
        const problem = problemOf(subject, attempt);
        if (problem === undefined) continue;
        const smallest = shrink(attempt, (smaller) => problemOf(subject, smaller) === problem);
        report('error', problem, { ...smallest });
        return;
      }
    },
  },
];

/** What is wrong with the episodes of an attempt; the same text for the same fault. */
function problemOf(subject: Subject, { seed, actionSeed, steps }: Attempt): string | undefined {
  try {
    const environment = make(subject);
    const nextAction = randomActions(environment.actionSpace, actionSeed);
    const trace: number[] = [...numbers(environment.reset({ seed }).observation)];
    for (let i = 0; i < steps; i++) {
      const { observation, reward, terminated, truncated } = environment.step(nextAction());
      if (!contains(environment.observationSpace, observation)) return 'an observation is not in its space';
      if (!Number.isFinite(reward)) return 'a reward is not a finite number';
      trace.push(...numbers(observation), reward, Number(terminated), Number(truncated));
      if (terminated || truncated) trace.push(...numbers(environment.reset().observation));
    }
    if (!equal(trace, play(make(subject), seed, steps, actionSeed))) return 'equal seeds gave other episodes';
    return savedProblemOf(subject, { seed, actionSeed, steps }, trace);
  } catch (error) {
    return `it threw: ${messageOf(error)}`;
  }
}

/** Saves after half of the steps, and goes on in another environment. */
function savedProblemOf(
  subject: Subject,
  { seed, actionSeed, steps }: Attempt,
  expected: readonly number[],
): string | undefined {
  const [first, second] = [make(subject), make(subject)];
  if (first.save === undefined) return undefined;
  const nextAction = randomActions(first.actionSpace, actionSeed);
  const trace: number[] = [...numbers(first.reset({ seed }).observation)];
  const half = Math.floor(steps / 2);
  playOn(first, nextAction, half, trace);
  second.restore!(first.save());
  playOn(second, nextAction, steps - half, trace);
  return equal(trace, expected) ? undefined : 'a restored environment went another way';
}

/** The smallest attempt that still fails, by halving and counting down one number at a time. */
function shrink(attempt: Attempt, fails: (smaller: Attempt) => boolean): Attempt {
  let smallest = attempt;
  for (const name of ['steps', 'seed', 'actionSeed'] as const) {
    const least = name === 'steps' ? 1 : 0;
    const first = { ...smallest, [name]: least };
    if (fails(first)) {
      smallest = first;
      continue;
    }
    /** Largest number known to pass, below `smallest`. */
    let passes = least;
    for (let tries = 0; tries < 40 && smallest[name] - passes > 1; tries++) {
      const middle = { ...smallest, [name]: Math.floor((passes + smallest[name]) / 2) };
      if (fails(middle)) smallest = middle;
      else passes = middle[name];
    }
  }
  return smallest;
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
