import type { Json } from '../../json.js';
import type { Environment, EnvironmentKind } from '../environment.js';
import { makeEnvironment, type MakeOptions } from '../make-environment.js';
import { Pcg64 } from '../pcg64.js';
import { sampleSpace } from '../sample-space.js';
import type { Space } from '../space.js';

/** Something that a check has to say about an environment. */
export interface Finding {
  /** The probe that found it, such as `reset/seeded`. */
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly evidence?: Json;
}

export type Report = (severity: Finding['severity'], message: string, evidence?: Json) => void;

/** The environment under examination. */
export interface Subject {
  readonly kind: EnvironmentKind;
  readonly settings: MakeOptions;
  readonly seed: number;
  /** Length of the trajectories that are compared. */
  readonly steps: number;
}

/** One property of a well-behaved environment. */
export interface Probe {
  readonly id: string;
  /** The property as a sentence. */
  readonly statement: string;
  run(subject: Subject, report: Report): void;
}

/** Everything that an environment showed, in order: observations, rewards, flags and resets as plain numbers. */
export type Trace = readonly number[];

/** A fresh environment of the subject with its wrappers. */
export function make({ kind, settings }: Subject): Environment {
  return makeEnvironment(kind, settings);
}

/** Random actions, the same for equal seeds. */
export function randomActions(space: Space, seed: number): () => number | Float32Array {
  const generator = new Pcg64(seed);
  return () => sampleSpace(space, generator);
}

/** Resets with `seed`, steps with random actions of `actionSeed` and resets without seed after every end. */
export function play(environment: Environment, seed: number, steps: number, actionSeed = seed + 1): Trace {
  const trace = [...numbers(environment.reset({ seed }).observation)];
  playOn(environment, randomActions(environment.actionSpace, actionSeed), steps, trace);
  return trace;
}

/** Goes on from wherever the environment is. */
export function playOn(
  environment: Environment,
  nextAction: () => number | Float32Array,
  steps: number,
  trace: number[],
): void {
  for (let i = 0; i < steps; i++) {
    const { observation, reward, terminated, truncated } = environment.step(nextAction());
    trace.push(...numbers(observation), reward, Number(terminated), Number(truncated));
    if (terminated || truncated) trace.push(...numbers(environment.reset().observation));
  }
}

/** Reports the first place where two traces part. */
export function compare(a: Trace, b: Trace, message: string, report: Report): void {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (Object.is(a[i], b[i])) continue;
    report('error', message, { place: i, first: printable(a[i]), second: printable(b[i]) });
    return;
  }
}

/** Reports when `run` does not throw an error with the code. */
export function expectCode(code: string, run: () => unknown, message: string, report: Report): void {
  try {
    run();
  } catch (error) {
    const got = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
    if (got !== code) report('error', `${message}: expected the error ${code}`, { got });
    return;
  }
  report('error', `${message}: nothing was thrown, expected the error ${code}`);
}

export function numbers(observation: number | Float32Array): ArrayLike<number> & Iterable<number> {
  return typeof observation === 'number' ? [observation] : observation;
}

/** NaN and infinities as text: JSON cannot hold them. */
export function printable(value: number | undefined): Json {
  return value !== undefined && Number.isFinite(value) ? value : String(value);
}

/** Checks what the types promise: an environment may be written without them. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
