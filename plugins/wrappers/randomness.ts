import {
  HqnasError,
  Pcg64,
  box,
  cosine,
  defineWrapper,
  logarithm,
  real,
  rowsOf,
  type JsonObject,
  type Pcg64State,
  type Rows,
} from '../../core/index.js';

/** One stream per lane, other than that of the environment with the same seed. */
class LaneStreams {
  readonly #generators: readonly Pcg64[];
  readonly #offset: number;

  /** @param offset far from the seeds in use and its own for each wrapper */
  constructor(lanes: number, offset: number) {
    this.#offset = offset;
    this.#generators = Array.from({ length: lanes }, () => new Pcg64(offset));
  }

  seed(lane: number, seed: number): void {
    this.#generators[lane]!.seed((seed + this.#offset) % Number.MAX_SAFE_INTEGER);
  }

  random(lane: number): number {
    return this.#generators[lane]!.random();
  }

  /** Standard normal: Box and Muller, "A note on the generation of random normal deviates" (1958). */
  normal(lane: number): number {
    const radius = Math.sqrt(-2 * logarithm(1 - this.random(lane)));
    return radius * cosine(2 * Math.PI * this.random(lane));
  }

  save(): readonly JsonObject[] {
    return this.#generators.map((generator) => generator.save());
  }

  restore(states: readonly Pcg64State[]): void {
    states.forEach((state, lane) => this.#generators[lane]!.restore(state));
  }
}

/** With a probability the action before is taken once more (Machado et al. 2018, arXiv 1709.06009). */
export const stickyAction = defineWrapper({
  id: 'wrappers/sticky-action',
  summary: 'now and then repeat the last action instead of the given one',
  options: { probability: real(0, 1, { fallback: 0.25, help: 'how often' }) },
  make({ actionSpace, lanes }, { probability }) {
    const streams = new LaneStreams(lanes, 2 ** 41);
    const rows = rowsOf(actionSpace);
    /** [row][lane] */
    const last = new Float32Array(rows * lanes);
    const fresh = new Uint8Array(lanes).fill(1);
    const begin = (lane: number, from: Rows, into: Rows): void => {
      fresh[lane] = 1;
      copy(lane, from, into);
    };
    return {
      seed: (lane, seed) => streams.seed(lane, seed),
      start: begin,
      next: copy,
      act(lane, from, into) {
        const repeat = fresh[lane] === 0 && streams.random(lane) < probability;
        fresh[lane] = 0;
        for (let row = 0; row < rows; row++) {
          if (!repeat) last[row * lanes + lane] = from.data[row * from.stride + lane]!;
          into.data[row * into.stride + lane] = last[row * lanes + lane]!;
        }
      },
      save: () => ({ streams: streams.save(), last: [...last], fresh: [...fresh] }),
      restore(state) {
        // Written by `save`.
        const saved = state as { streams: Pcg64State[]; last: number[]; fresh: number[] };
        streams.restore(saved.streams);
        last.set(saved.last);
        fresh.set(saved.fresh);
      },
    };
  },
});

function copy(lane: number, from: Rows, into: Rows): void {
  for (let row = 0; row < from.rows; row++) {
    into.data[row * into.stride + lane] = from.data[row * from.stride + lane]!;
  }
}

/** Normal noise on every number of an observation. */
export const addNoise = defineWrapper({
  id: 'wrappers/add-noise',
  summary: 'add normal noise to observations',
  options: { deviation: real(0, 1000, { fallback: 0.01, help: 'standard deviation' }) },
  make({ observationSpace, lanes }, { deviation }) {
    if (observationSpace.kind === 'discrete') {
      throw new HqnasError({
        code: 'unsupported-wrapper',
        what: 'wrappers/add-noise needs observations of numbers',
        remedy: 'Put wrappers/flatten-observation before it.',
      });
    }
    const streams = new LaneStreams(lanes, 2 ** 42);
    const rows = rowsOf(observationSpace);
    const disturb = (lane: number, from: Rows, into: Rows): void => {
      for (let row = 0; row < rows; row++) {
        into.data[row * into.stride + lane] = from.data[row * from.stride + lane]! + deviation * streams.normal(lane);
      }
    };
    return {
      observationSpace: box(new Float32Array(rows).fill(-Infinity), new Float32Array(rows).fill(Infinity)),
      seed: (lane, seed) => streams.seed(lane, seed),
      start: disturb,
      next: disturb,
      save: () => ({ streams: streams.save() }),
      restore: (state) => streams.restore(state['streams'] as unknown as Pcg64State[]), // written by `save`
    };
  },
});
