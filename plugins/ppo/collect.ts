import {
  createRows,
  createStepBuffers,
  requireAutoreset,
  rowsOf,
  type Model,
  type JsonObject,
  type Rng,
  type RngState,
  type Rows,
  type StepBuffers,
  type VectorEnvironment,
} from '../../core/index.js';
import { actorFor, type Actor } from './actors.js';
import { readColumn, writeColumns } from './columns.js';
import type { PpoOptions } from './options.js';
import type { RolloutBuffer } from './rollout-buffer.js';
import type { TrainingRecord } from './training-record.js';

/** Plays the current policy, rollout by rollout. Environments write their observations straight into the program's input. */
export class Collector {
  readonly #model: Model;
  readonly #environments: VectorEnvironment;
  readonly #options: PpoOptions;
  readonly #record: TrainingRecord;
  readonly #rng: Rng;
  readonly #actor: Actor;
  readonly #actions: Rows;
  readonly #step: StepBuffers;

  /** Resets the environments, each to a seed of its own; `buffer` receives their first observations. */
  constructor(
    model: Model,
    environments: VectorEnvironment,
    buffer: RolloutBuffer,
    { options, record, rng }: { readonly options: PpoOptions; readonly record: TrainingRecord; readonly rng: Rng },
  ) {
    // A step that only resets a lane would be learned from as if it were one.
    requireAutoreset(environments, ['same-step'], 'ppo/clip');
    const { count } = environments;
    const input = model.program.inputs[0]!;
    this.#model = model;
    this.#environments = environments;
    this.#options = options;
    this.#record = record;
    this.#rng = rng.fork('actions');
    const policyRows = model.program.outputs['policy']!.rows;
    this.#actor = actorFor(model.actionSpace, policyRows, count, options.noiseCorrelation, this.#rng);
    this.#actions = createRows(rowsOf(model.actionSpace), count);
    this.#step = createStepBuffers(input.rows, count, input);
    const seeds = rng.fork('environments');
    const starts = Float64Array.from({ length: count }, () => seeds.int(2 ** 31));
    environments.reset(input, starts);
    for (let lane = 0; lane < count; lane++) readColumn(input, lane, buffer.lastObservations, lane);
  }

  /** State of the stream of actions, and of the environments where they can be saved. */
  save(): JsonObject {
    return {
      environments: this.#environments.save?.() ?? null,
      actions: this.#rng.save(),
      noise: [...this.#actor.memory],
    };
  }

  restore(state: JsonObject): void {
    // Written by `save` above.
    const { environments, actions, noise } = state as unknown as {
      environments: JsonObject | null;
      actions: RngState;
      noise: number[];
    };
    if (environments !== null) this.#environments.restore!(environments);
    this.#rng.restore(actions);
    this.#actor.memory.set(noise);
  }

  /** Fills the buffer with one rollout; values and advantages are left to the caller. */
  collect(buffer: RolloutBuffer): void {
    const { program } = this.#model;
    const { environments, size } = buffer;
    const input = program.inputs[0]!;
    writeColumns(buffer.lastObservations, input, environments);
    buffer.cuts = 0;
    for (let first = 0; first < size; first += environments) {
      program.forward(environments, 'policy');
      this.#act(buffer, first);
      this.#environments.step(this.#actions, this.#step);
      this.#observe(buffer, first);
    }
    for (let lane = 0; lane < environments; lane++) readColumn(input, lane, buffer.lastObservations, lane);
  }

  /** Draws actions and stores them with what the policy saw and said. */
  #act(buffer: RolloutBuffer, first: number): void {
    const policy = this.#model.program.outputs['policy']!;
    const { observations } = this.#step;
    this.#actor.act(policy, this.#rng, this.#actions, buffer, first);
    for (let lane = 0; lane < buffer.environments; lane++) {
      readColumn(observations, lane, buffer.observations, first + lane);
    }
  }

  /** Stores what the step brought; of a cut episode also its last observation, where `truncation` asks for its value. */
  #observe(buffer: RolloutBuffer, first: number): void {
    const { rewards, terminated, truncated, finalObservations } = this.#step;
    const { truncation } = this.#options;
    // Returns are of the task itself, whatever wrappers make of its rewards.
    const raw = this.#environments.rawRewards ?? rewards;
    for (let lane = 0; lane < buffer.environments; lane++) {
      const sample = first + lane;
      const ended = terminated[lane] === 1;
      const cut = truncated[lane] === 1 && !ended;
      buffer.rewards[sample] = rewards[lane]!;
      buffer.continues[sample] = ended || (cut && truncation !== 'ignore') ? 0 : 1;
      this.#record.reward(lane, raw[lane]!, ended || cut);
      if (!cut || truncation !== 'bootstrap') continue;
      readColumn(finalObservations, lane, buffer.cutObservations, buffer.cuts);
      buffer.cutSamples[buffer.cuts++] = sample;
    }
  }
}
