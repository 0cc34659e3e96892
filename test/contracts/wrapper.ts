import { autoresetModes } from '../../core/environment/autoreset.js';
import { playVector } from '../../core/environment/check/play-vector.js';
import { numbers, randomActions } from '../../core/environment/check/probe.js';
import { environmentProbes, runProbe } from '../../core/environment/check-environment.js';
import type { EnvironmentKind } from '../../core/environment/environment.js';
import { lift } from '../../core/environment/lift.js';
import { liftKind, makeEnvironment, makeVectorEnvironment } from '../../core/environment/make-environment.js';
import { contains } from '../../core/environment/space.js';
import { wrapKind, type WrapperUse } from '../../core/environment/wrap-kind.js';
import { WrappedEnvironment } from '../../core/environment/wrapped-environment.js';
import type { WrapperKind } from '../../core/environment/wrapper-kind.js';
import { HqnasError } from '../../core/errors.js';
import type { Check } from './contract.js';
import { ensure } from './expect.js';
import { UNTOUCHED, ensureSameTrace, frozenKind, learns, observedKind, started, stepOn } from './wrapped-kinds.js';

/** What a wrapper is tried with. */
export interface WrapperContext {
  /** Where the wrapper is tried; it must fit at least one of them and refuse the others. */
  readonly environments: readonly EnvironmentKind[];
  /** Options of the wrapper; the rest take their defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Other wrappers, to stand around it; those that do not fit there are left out. */
  readonly neighbours?: readonly WrapperUse[];
}

/** Episodes that end often, and how much of them is compared. */
const short = { maxEpisodeSteps: 5 };
const run = { seed: 5, steps: 20 };
/** What a fresh environment promises and one that goes on learning cannot: not to depend on what came before. */
const freshOnly = new Set(['reset/seeded', 'reset/options', 'step/deterministic', 'vector/stride']);

/**
 * What every wrapper promises, on every environment that it fits: a well-behaved environment inside stays one; the vector
 * form gives the numbers of the single form in each autoreset mode; saved state goes on alike; what is learned can be
 * frozen; and all of that with other wrappers around and inside.
 */
export function wrapperContract(
  wrapper: WrapperKind,
  { environments, options = {}, neighbours = [] }: WrapperContext,
): readonly Check[] {
  const use: WrapperUse = { wrapper, options };
  const fits = (kind: EnvironmentKind): boolean => refusalOf(wrapKind(kind, [use])) === undefined;
  const fitting = environments.filter(fits);
  return [
    {
      name: `${wrapper.id}: it fits some environment, and says of any other that it does not`,
      run() {
        ensure(fitting.length > 0, 'it fits none of the environments');
        for (const kind of environments.filter((one) => !fits(one))) {
          const { single, vector } = refusalOf(wrapKind(kind, [use]))!;
          ensure(single === 'unsupported-wrapper' && vector === single, `${kind.id}: ${single} and ${vector}`);
        }
      },
    },
    ...fitting.flatMap((kind) => checksOn(kind, use, neighbours)),
  ];
}

function checksOn(kind: EnvironmentKind, use: WrapperUse, neighbours: readonly WrapperUse[]): readonly Check[] {
  const wrapped = wrapKind(kind, [use]);
  const check = (name: string, body: () => void): Check => ({
    name: `${use.wrapper.id} on ${kind.id}: ${name}`,
    run: body,
  });
  const frozen = learns(wrapped) ? frozenKind(wrapped) : undefined;
  return [
    ...environmentProbes.map((probe) =>
      check(probe.statement, () => {
        const errors = (one: EnvironmentKind) =>
          runProbe(probe, one, { steps: 50 }).filter(({ severity }) => severity === 'error');
        const found = freshOnly.has(probe.id) && frozen !== undefined ? [] : errors(wrapped);
        found.push(...(frozen === undefined ? [] : errors(frozen)));
        ensure(found.length === 0, JSON.stringify(found));
      }),
    ),
    check('observations of a vector are members of the space, rewards finite numbers', () => holdsSpaces(wrapped)),
    check('actions that reach the environment are members of its space, rewards of the task are kept', () =>
      keepsInside(kind, use),
    ),
    check('a vector gives what single environments give, in every autoreset mode', () => {
      vectorIsSingle(wrapped);
      if (frozen !== undefined) vectorIsSingle(frozen);
    }),
    check('a vector restored from saved state goes on exactly alike', () => continues(wrapped)),
    check('resetting some environments leaves the others as they are', () => resetsAlone(frozen ?? wrapped)),
    ...(frozen === undefined
      ? []
      : [check('what it learned can be kept as it is', () => staysFrozen(wrapped, frozen))]),
    check('other wrappers stand around it, in the order of the list', () => {
      for (const other of neighbours) stands(kind, use, other);
    }),
  ];
}

function stands(kind: EnvironmentKind, inner: WrapperUse, outer: WrapperUse): void {
  const both = wrapKind(kind, [inner, outer]);
  if (refusalOf(both) !== undefined) return;
  const names = `${outer.wrapper.id} around ${inner.wrapper.id}`;
  const oneByOne = wrapKind(wrapKind(kind, [inner]), [outer]);
  const played = (one: EnvironmentKind) => playVector(makeVectorEnvironment(one, 2, short), run);
  ensureSameTrace(played(oneByOne), played(both), `${names}, wrapped one by one`);
  vectorIsSingle(both, names);
  continues(both, names);
  keepsInside(kind, inner, outer);
}

/** Codes of the errors with which environments of a kind cannot be made. */
function refusalOf(kind: EnvironmentKind): { readonly single: string; readonly vector: string } | undefined {
  const codeOf = (make: () => unknown): string => {
    try {
      make();
      return '';
    } catch (error) {
      return error instanceof HqnasError ? error.code : String(error);
    }
  };
  const [single, vector] = [codeOf(() => makeEnvironment(kind)), codeOf(() => makeVectorEnvironment(kind, 2))];
  return single === '' && vector === '' ? undefined : { single, vector };
}

function holdsSpaces(kind: EnvironmentKind): void {
  const vector = makeVectorEnvironment(kind, 3, short);
  const { observationSpace, count } = vector;
  // Wider than the vector.
  const buffers = started(vector, 8);
  for (const { observation, finalObservation = observation, reward } of stepOn(vector, buffers, run.steps)) {
    for (const one of [observation, finalObservation])
      ensure(contains(observationSpace, one), `an observation is not in its space: ${String(one)}`);
    ensure(Number.isFinite(reward), `a reward is ${reward}`);
  }
  for (const { data, stride } of [buffers.observations, buffers.finalObservations]) {
    const outside = data.filter((_, i) => i % stride >= count);
    ensure(
      outside.every((value) => value === UNTOUCHED),
      'columns beyond the environments were written',
    );
  }
}

/** Members of the outer action space become members of the inner one, and the reward of the task stays to be had. */
function keepsInside(kind: EnvironmentKind, ...uses: readonly WrapperUse[]): void {
  const { kind: inner, made } = observedKind(kind);
  const environment = makeEnvironment(wrapKind(inner, uses), short);
  const single = made[0]!;
  const check = (raw: number, { action, reward, actionSpace }: typeof single): void => {
    ensure(contains(actionSpace, action), `an action became ${String(action)}`);
    ensure(raw === reward, `the reward of the task was ${reward}, and is given as ${raw}`);
  };
  const { actionSpace } = environment;
  const nextAction = randomActions(actionSpace, run.seed);
  const bounds = actionSpace.kind === 'box' ? [actionSpace.low, actionSpace.high] : [];
  for (const action of [...bounds, ...Array.from({ length: 10 }, nextAction)]) {
    environment.reset({ seed: run.seed });
    const { reward } = environment.step(action);
    check(environment instanceof WrappedEnvironment ? environment.rawReward : reward, single);
  }
  const vector = makeVectorEnvironment(wrapKind(inner, uses), 1, short);
  const buffers = started(vector);
  for (let step = 0; step < 10; step++) {
    stepOn(vector, buffers, 1);
    check((vector.rawRewards ?? buffers.rewards)[0]!, made.at(-1)!);
  }
}

/** Three lanes of their own; a single one where the lanes learn together. */
function vectorIsSingle(kind: EnvironmentKind, who: string = kind.id): void {
  const count = learns(kind) ? 1 : 3;
  for (const autoreset of autoresetModes) {
    const settings = { ...short, autoreset };
    const singles = Array.from({ length: count }, () => makeEnvironment(kind, settings));
    const expected = playVector(lift(singles, autoreset), run);
    const message = `${who}, autoreset ${autoreset}: vector and single form differ`;
    ensureSameTrace(expected, playVector(makeVectorEnvironment(kind, count, settings), run), message);
    ensureSameTrace(expected, playVector(liftKind(kind, count, settings), run), `${message} (lifted)`);
  }
}

function continues(kind: EnvironmentKind, who: string = kind.id): void {
  for (const autoreset of autoresetModes) {
    const make = () => makeVectorEnvironment(kind, 2, { ...short, autoreset });
    const first = make();
    // The second episode has just ended, or a little before: lanes wait for their reset.
    playVector(first, { ...run, steps: autoreset === 'next-step' ? 11 : 10 });
    const saved: unknown = JSON.parse(JSON.stringify(first.save!()));
    const second = make();
    // What `save` returned, through JSON.
    second.restore!(saved as NonNullable<ReturnType<NonNullable<typeof first.save>>>);
    const goOn = { ...run, reset: false };
    ensureSameTrace(playVector(first, goOn), playVector(second, goOn), `${who}, autoreset ${autoreset}: restored`);
  }
}

function resetsAlone(kind: EnvironmentKind): void {
  const lastLane = (disturbed: boolean): readonly number[] => {
    const vector = makeVectorEnvironment(kind, 2, short);
    const buffers = started(vector);
    const before = stepOn(vector, buffers, 3);
    if (disturbed) vector.reset(buffers.observations, [99, 98], Uint8Array.of(1, 0));
    return [...before, ...stepOn(vector, buffers, 10)]
      .filter(({ lane }) => lane === 1)
      .flatMap(({ observation, reward }) => [...numbers(observation), reward]);
  };
  ensureSameTrace(lastLane(false), lastLane(true), 'the other environment');
}

/** Nothing is learned any more, in any number of environments; rewards are those of the task. */
function staysFrozen(learning: EnvironmentKind, frozen: EnvironmentKind): void {
  const vector = makeVectorEnvironment(learning, 2, short);
  const before = JSON.stringify(vector.saveStatistics!());
  stepOn(vector, started(vector), run.steps);
  ensure(JSON.stringify(vector.saveStatistics!()) !== before, 'nothing was learned');

  const still = makeVectorEnvironment(frozen, 3, short);
  const learned = JSON.stringify(still.saveStatistics!());
  const buffers = started(still);
  for (let step = 0; step < run.steps; step++) {
    stepOn(still, buffers, 1);
    buffers.rewards.forEach((reward, lane) =>
      ensure(
        reward === still.rawRewards![lane],
        `frozen, it turns the reward ${still.rawRewards![lane]} into ${reward}`,
      ),
    );
  }
  ensure(JSON.stringify(still.saveStatistics!()) === learned, 'frozen statistics changed');
}
