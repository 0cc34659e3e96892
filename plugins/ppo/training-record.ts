import type { CurvePoint, JsonObject } from '../../core/index.js';

/** Episodes that the mean return looks back on. */
const WINDOW = 100;
/** Points kept of a learning curve; from the point where there would be more on, every second one is left out. */
const MOST_POINTS = 256;

/** A point as JSON, which has no undefined. */
interface SavedPoint {
  readonly steps: number;
  readonly meanReturn: number | null;
  readonly figures: Readonly<Record<string, number>>;
}

interface SavedRecord {
  readonly recent: readonly number[];
  readonly running: readonly number[];
  readonly points: readonly SavedPoint[];
  readonly last: SavedPoint | null;
  readonly every: number;
  readonly iterations: number;
  readonly episodes: number;
}

/** Counts steps and episodes and keeps the learning curve. */
export class TrainingRecord {
  readonly #recent = new Float64Array(WINDOW);
  readonly #running: Float64Array;
  readonly #points: CurvePoint[] = [];
  #every = 1;
  #iterations = 0;
  #last: CurvePoint | undefined;
  #episodes = 0;

  constructor(environments: number) {
    this.#running = new Float64Array(environments);
  }

  get episodes(): number {
    return this.#episodes;
  }

  /** Points of the curve in order of steps, the last iteration always among them. */
  get curve(): readonly CurvePoint[] {
    const last = this.#last;
    return last === undefined || this.#points.at(-1) === last ? this.#points : [...this.#points, last];
  }

  /** Adds the reward that an environment gave, before any bootstrap value. */
  reward(environment: number, reward: number, ended: boolean): void {
    this.#running[environment]! += reward;
    if (!ended) return;
    this.#recent[this.#episodes % WINDOW] = this.#running[environment]!;
    this.#running[environment] = 0;
    this.#episodes++;
  }

  /** Ends an iteration and returns its point. */
  point(steps: number, figures: CurvePoint['figures']): CurvePoint {
    const point: CurvePoint = { steps, meanReturn: this.#meanReturn(), figures };
    this.#last = point;
    this.#iterations++;
    if (this.#iterations % this.#every !== 0) return point;
    this.#points.push(point);
    if (this.#points.length < MOST_POINTS) return point;
    const kept = this.#points.filter((_, i) => i % 2 === 1);
    this.#points.splice(0, this.#points.length, ...kept);
    this.#every *= 2;
    return point;
  }

  save(): JsonObject {
    return {
      recent: [...this.#recent],
      running: [...this.#running],
      points: this.#points.map(pointToJson),
      last: this.#last === undefined ? null : pointToJson(this.#last),
      every: this.#every,
      iterations: this.#iterations,
      episodes: this.#episodes,
    };
  }

  restore(state: JsonObject): void {
    // Written by `save` above.
    const saved = state as unknown as SavedRecord;
    this.#recent.set(saved.recent);
    this.#running.set(saved.running);
    this.#points.splice(0, this.#points.length, ...saved.points.map(pointOf));
    const last = saved.last === null ? undefined : pointOf(saved.last);
    // The curve leaves out a last point that it has already.
    this.#last = last !== undefined && this.#points.at(-1)?.steps === last.steps ? this.#points.at(-1) : last;
    this.#every = saved.every;
    this.#iterations = saved.iterations;
    this.#episodes = saved.episodes;
  }

  #meanReturn(): number | undefined {
    const count = Math.min(this.#episodes, WINDOW);
    if (count === 0) return undefined;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += this.#recent[i]!;
    return sum / count;
  }
}

function pointToJson({ steps, meanReturn, figures }: CurvePoint): JsonObject {
  return { steps, meanReturn: meanReturn ?? null, figures };
}

function pointOf({ steps, meanReturn, figures }: SavedPoint): CurvePoint {
  return { steps, meanReturn: meanReturn ?? undefined, figures };
}
