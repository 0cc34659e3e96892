import {
  checkAction,
  checkResetMask,
  laneFinished,
  parseResetOptions,
  parseSeed,
  rowsOf,
  type Autoreset,
  type Environment,
  type Frame,
  type ResetOptions,
  type ResetResult,
  type Rows,
  type Space,
  type StepBuffers,
  type StepResult,
  type VectorEnvironment,
} from '../../core/index.js';
import type { PythonSession } from './python-session.js';

/** One environment on the Python side. Its `info` stays there. */
export class BridgedEnvironment implements Environment {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly #session: PythonSession;
  readonly #rows: number;

  constructor(session: PythonSession) {
    this.#session = session;
    this.observationSpace = session.observationSpace;
    this.actionSpace = session.actionSpace;
    this.#rows = rowsOf(session.observationSpace);
  }

  reset({ seed, options }: { readonly seed?: number; readonly options?: ResetOptions } = {}): ResetResult<Space> {
    parseResetOptions({}, options);
    const seeds = seed === undefined ? undefined : [parseSeed(seed)];
    return { observation: this.#observed(this.#session.reset(seeds, undefined, this.#rows)), info: {} };
  }

  step(action: number | Float32Array): StepResult<Space> {
    checkAction(this.actionSpace, action);
    const sent = typeof action === 'number' ? Float32Array.of(action) : action;
    const { observations, rewards, terminated, truncated } = this.#session.step(sent, this.#rows);
    return {
      observation: this.#observed(observations),
      reward: rewards[0]!,
      terminated: terminated[0] === 1,
      truncated: truncated[0] === 1,
      info: {},
    };
  }

  render(): Frame {
    return this.#session.render();
  }

  close(): void {
    this.#session.close();
  }

  #observed(observations: Float32Array): number | Float32Array {
    return this.observationSpace.kind === 'discrete' ? observations[0]! : observations.slice();
  }
}

/** Many environments on the Python side, stepped by one message. */
export class BridgedVector implements VectorEnvironment {
  readonly count: number;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly autoreset: Autoreset;
  readonly #session: PythonSession;
  readonly #rows: number;
  readonly #actionRows: number;
  /** [environment][row] */
  readonly #actions: Float32Array;
  readonly #finished: Uint8Array;

  constructor(session: PythonSession, count: number, autoreset: Autoreset) {
    this.#session = session;
    this.count = count;
    this.autoreset = autoreset;
    this.observationSpace = session.observationSpace;
    this.actionSpace = session.actionSpace;
    this.#rows = rowsOf(session.observationSpace);
    this.#actionRows = rowsOf(session.actionSpace);
    this.#actions = new Float32Array(count * this.#actionRows);
    this.#finished = new Uint8Array(count);
  }

  reset(observations: Rows, seeds?: ArrayLike<number>, mask?: Uint8Array): void {
    if (mask !== undefined) checkResetMask(mask, this.count);
    const given = seeds === undefined ? undefined : Array.from(seeds, parseSeed);
    const answer = this.#session.reset(given, mask === undefined ? undefined : [...mask], this.#rows);
    for (let lane = 0; lane < this.count; lane++) {
      if (mask?.[lane] === 0) continue;
      this.#finished[lane] = 0;
      this.#write(answer, lane, observations);
    }
  }

  step(actions: Rows, buffers: StepBuffers): void {
    if (this.autoreset === 'disabled' && this.#finished.includes(1)) throw laneFinished(this.#finished.indexOf(1));
    for (let lane = 0; lane < this.count; lane++) {
      for (let row = 0; row < this.#actionRows; row++) {
        this.#actions[lane * this.#actionRows + row] = actions.data[row * actions.stride + lane]!;
      }
      if (this.actionSpace.kind === 'discrete' && this.#finished[lane] === 0) {
        checkAction(this.actionSpace, this.#actions[lane]);
      }
    }
    const answer = this.#session.step(this.#actions, this.#rows);
    buffers.rewards.set(answer.rewards);
    buffers.terminated.set(answer.terminated);
    buffers.truncated.set(answer.truncated);
    for (let lane = 0; lane < this.count; lane++) {
      this.#write(answer.observations, lane, buffers.observations);
      const done = answer.terminated[lane] === 1 || answer.truncated[lane] === 1;
      if (done && this.autoreset === 'same-step') this.#write(answer.finals, lane, buffers.finalObservations);
      this.#finished[lane] = done && this.autoreset !== 'same-step' ? 1 : 0;
    }
  }

  close(): void {
    this.#session.close();
  }

  #write(from: Float32Array, lane: number, { data, stride }: Rows): void {
    for (let row = 0; row < this.#rows; row++) data[row * stride + lane] = from[lane * this.#rows + row]!;
  }
}
