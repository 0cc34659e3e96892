import type { CurvePoint } from '../../core/index.js';

/** Episodes that the mean return looks back on. */
const WINDOW = 100;
/** Points kept of a learning curve; from the point where there would be more on, every second one is left out. */
const MOST_POINTS = 256;

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

  #meanReturn(): number | undefined {
    const count = Math.min(this.#episodes, WINDOW);
    if (count === 0) return undefined;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += this.#recent[i]!;
    return sum / count;
  }
}
