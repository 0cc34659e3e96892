import {
  createRows,
  drawCategorical,
  logSoftmax,
  type Model,
  type Rng,
  type Rows,
  type StepBuffers,
  type VectorEnvironment,
} from '../../core/index.js';
import type { PpoOptions } from './options.js';
import type { RolloutBuffer } from './rollout-buffer.js';
import type { TrainingRecord } from './training-record.js';

/** Plays the current policy in the environments, rollout by rollout. Observations go straight into the program's input. */
export class Collector {
  readonly #model: Model;
  readonly #environments: VectorEnvironment;
  readonly #options: PpoOptions;
  readonly #record: TrainingRecord;
  readonly #rng: Rng;
  readonly #firstAction: number;
  readonly #actions: Rows;
  readonly #step: StepBuffers;
  /** Observations between rollouts, while updates use the program's input. */
  readonly #waiting: Rows;
  readonly #logProbabilities: Float64Array;

  constructor(model: Model, environments: VectorEnvironment, options: PpoOptions, record: TrainingRecord, rng: Rng) {
    const { count } = environments;
    const input = model.program.inputs[0]!;
    this.#model = model;
    this.#environments = environments;
    this.#options = options;
    this.#record = record;
    this.#rng = rng.fork('actions');
    this.#firstAction = model.actionSpace.kind === 'discrete' ? model.actionSpace.start : 0;
    this.#actions = createRows(1, count);
    this.#waiting = createRows(input.rows, count);
    this.#logProbabilities = new Float64Array(model.program.outputs['policy']!.rows);
    this.#step = {
      observations: input,
      rewards: new Float64Array(count),
      terminated: new Uint8Array(count),
      truncated: new Uint8Array(count),
      finalObservations: createRows(input.rows, count),
    };
    const seeds = rng.fork('environments');
    environments.reset(
      this.#waiting,
      Float64Array.from({ length: count }, () => seeds.int(2 ** 31)),
    );
  }

  /** Fills the buffer with one rollout; advantages are left to the caller. */
  collect(buffer: RolloutBuffer): void {
    const { program } = this.#model;
    const { environments, size } = buffer;
    const input = program.inputs[0]!;
    const values = program.outputs['value']!.data;
    copyColumns(this.#waiting, input, environments);
    for (let first = 0; first < size; first += environments) {
      program.forward(environments);
      this.#act(buffer, first);
      this.#environments.step(this.#actions, this.#step);
      this.#observe(buffer, first);
    }
    program.forward(environments, 'value');
    for (let lane = 0; lane < environments; lane++) buffer.lastValues[lane] = values[lane]!;
    copyColumns(input, this.#waiting, environments);
  }

  /** Draws actions and stores what the networks saw and said. */
  #act(buffer: RolloutBuffer, first: number): void {
    const { outputs, inputs } = this.#model.program;
    const logits = outputs['policy']!;
    const values = outputs['value']!.data;
    const { data, stride } = inputs[0]!;
    const { environments, observationRows, observations } = buffer;
    const logProbabilities = this.#logProbabilities;
    for (let lane = 0; lane < environments; lane++) {
      const sample = first + lane;
      logSoftmax(logits, lane, logProbabilities);
      const action = drawCategorical(logProbabilities, this.#rng.float());
      this.#actions.data[lane] = this.#firstAction + action;
      buffer.actions[sample] = action;
      buffer.logProbabilities[sample] = logProbabilities[action]!;
      buffer.values[sample] = values[lane]!;
      const start = sample * observationRows;
      for (let row = 0; row < observationRows; row++) observations[start + row] = data[row * stride + lane]!;
    }
  }

  /** Stores what the step brought; a cut episode gets the value of its last observation where `truncation` says so. */
  #observe(buffer: RolloutBuffer, first: number): void {
    const { rewards, terminated, truncated } = this.#step;
    const { truncation } = this.#options;
    let cut = false;
    for (let lane = 0; lane < buffer.environments; lane++) {
      const ended = terminated[lane] === 1;
      const wasCut = truncated[lane] === 1 && !ended;
      buffer.rewards[first + lane] = rewards[lane]!;
      buffer.continues[first + lane] = ended || (wasCut && truncation !== 'ignore') ? 0 : 1;
      cut ||= wasCut;
      this.#record.reward(lane, rewards[lane]!, ended || wasCut);
    }
    if (cut && truncation === 'bootstrap') this.#bootstrap(buffer, first);
  }

  /** reward += gamma V(last observation) for the cut episodes: they stand in the input for one forward pass. */
  #bootstrap(buffer: RolloutBuffer, first: number): void {
    const { program } = this.#model;
    const values = program.outputs['value']!.data;
    this.#swapFinalObservations(buffer.environments);
    program.forward(buffer.environments, 'value');
    this.#swapFinalObservations(buffer.environments);
    const { terminated, truncated } = this.#step;
    for (let lane = 0; lane < buffer.environments; lane++) {
      if (truncated[lane] === 1 && terminated[lane] === 0)
        buffer.rewards[first + lane]! += this.#options.gamma * values[lane]!;
    }
  }

  #swapFinalObservations(environments: number): void {
    const { observations, finalObservations, terminated, truncated } = this.#step;
    for (let lane = 0; lane < environments; lane++) {
      if (truncated[lane] === 0 || terminated[lane] === 1) continue;
      for (let row = 0; row < observations.rows; row++) {
        const here = row * observations.stride + lane;
        const there = row * finalObservations.stride + lane;
        const value = observations.data[here]!;
        observations.data[here] = finalObservations.data[there]!;
        finalObservations.data[there] = value;
      }
    }
  }
}

function copyColumns(from: Rows, to: Rows, columns: number): void {
  for (let row = 0; row < from.rows; row++) {
    for (let column = 0; column < columns; column++) {
      to.data[row * to.stride + column] = from.data[row * from.stride + column]!;
    }
  }
}
