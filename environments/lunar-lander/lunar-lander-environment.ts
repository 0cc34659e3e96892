import {
  Pcg64,
  box,
  checkAction,
  cosine,
  discrete,
  exponential,
  parseResetOptions,
  sine,
  type BoxSpace,
  type Environment,
  type ResetOptions,
  type ResetResult,
  type Scene,
  type Space,
  type StepResult,
} from '../../core/index.js';
import { requirePlanck } from '../../plugins/box2d/index.js';
import { FRAMES_PER_SECOND, HEIGHT, LEG, PAD, SCALE, WIDTH } from './lander-constants.js';
import { drawLander } from './lander-drawing.js';
import { createLanderWorld, type LanderWorld } from './lander-world.js';

export interface LunarLanderOptions {
  readonly continuous: boolean;
  readonly gravity: number;
  readonly enable_wind: boolean;
  readonly wind_power: number;
  readonly turbulence_power: number;
}

const MAIN_POWER = 13;
const SIDE_POWER = 0.6;

const observationSpace: BoxSpace = box(
  [-2.5, -2.5, -10, -10, -2 * Math.PI, -10, 0, 0],
  [2.5, 2.5, 10, 10, 2 * Math.PI, 10, 1, 1],
);

/** Gymnasium's LunarLander-v3 on planck; order of draws and of operations as there. */
export class LunarLander implements Environment<BoxSpace> {
  readonly observationSpace = observationSpace;
  readonly actionSpace: Space;
  readonly #options: LunarLanderOptions;
  readonly #generator = new Pcg64(0);
  #episode: LanderWorld | undefined;
  #shaping: number | undefined;
  /** Thrust of the last step, for the picture: main, and side with its sign. */
  #thrust: readonly [number, number] = [0, 0];

  /** @throws HqnasError `planck-missing` */
  constructor(options: LunarLanderOptions) {
    requirePlanck();
    this.#options = options;
    this.actionSpace = options.continuous ? box([-1, -1], [1, 1]) : discrete(4);
  }

  reset(settings: { readonly seed?: number; readonly options?: ResetOptions } = {}): ResetResult<BoxSpace> {
    parseResetOptions({}, settings.options);
    if (settings.seed !== undefined) this.#generator.seed(settings.seed);
    this.#episode = createLanderWorld(this.#generator, this.#options.gravity, this.#options.enable_wind);
    this.#shaping = undefined;
    const { observation } = this.step(this.#options.continuous ? new Float32Array(2) : 0);
    return { observation, info: {} };
  }

  step(action: number | Float32Array): StepResult<BoxSpace> {
    checkAction(this.actionSpace, action);
    // OrderEnforcing lets no step pass before the first reset.
    const episode = this.#episode!;
    const { world, hull, contacts } = episode;
    if (this.#options.enable_wind && !contacts.legs[0] && !contacts.legs[1]) this.#blow(episode);

    const [main, side] = thrustOf(action);
    this.#fire(episode, main, side);
    this.#thrust = [main, side];
    world.step(1 / FRAMES_PER_SECOND, 6 * 30, 2 * 30);

    const { x, y } = hull.getPosition();
    const velocity = hull.getLinearVelocity();
    const state = [
      (x - WIDTH / 2) / (WIDTH / 2),
      (y - (PAD + LEG.down)) / (HEIGHT / 2),
      (velocity.x * (WIDTH / 2)) / FRAMES_PER_SECOND,
      (velocity.y * (HEIGHT / 2)) / FRAMES_PER_SECOND,
      hull.getAngle(),
      (20 * hull.getAngularVelocity()) / FRAMES_PER_SECOND,
      contacts.legs[0] ? 1 : 0,
      contacts.legs[1] ? 1 : 0,
    ];
    const shaping = shapingOf(state);
    let reward = shaping - (this.#shaping ?? shaping) - 0.3 * main - 0.03 * Math.abs(side);
    this.#shaping = shaping;
    let terminated = false;
    if (contacts.hull || Math.abs(state[0]!) >= 1) {
      terminated = true;
      reward = -100;
    }
    if (!hull.isAwake()) {
      terminated = true;
      reward = 100;
    }
    return { observation: Float32Array.from(state), reward, terminated, truncated: false, info: {} };
  }

  draw(): Scene {
    return drawLander(this.#episode!, this.#thrust);
  }

  #blow(episode: LanderWorld): void {
    episode.hull.applyForceToCenter({ x: gust(episode.windIndex++) * this.#options.wind_power, y: 0 }, true);
    episode.hull.applyTorque(gust(episode.torqueIndex++) * this.#options.turbulence_power, true);
  }

  /** Impulses of the engines. The two dispersions are drawn in every step, engines on or off. */
  #fire({ hull }: LanderWorld, main: number, side: number): void {
    const [sin, cos] = [sine(hull.getAngle()), cosine(hull.getAngle())];
    const along = this.#generator.uniform(-1, 1) / SCALE;
    const across = this.#generator.uniform(-1, 1) / SCALE;
    if (main > 0) {
      const down = 4 / SCALE + 2 * along;
      const [ox, oy] = [sin * down - cos * across, -cos * down - sin * across];
      const { x, y } = hull.getPosition();
      const impulse = { x: -ox * MAIN_POWER * main, y: -oy * MAIN_POWER * main };
      hull.applyLinearImpulse(impulse, { x: x + ox, y: y + oy }, true);
    }
    if (side !== 0) {
      const power = Math.abs(side);
      const out = 3 * across + (Math.sign(side) * 12) / SCALE;
      const [ox, oy] = [sin * along - cos * out, -cos * along - sin * out];
      const { x, y } = hull.getPosition();
      const impulse = { x: -ox * SIDE_POWER * power, y: -oy * SIDE_POWER * power };
      // 17 here and 14 there is how Gymnasium has it; both should be the height of the side engines.
      hull.applyLinearImpulse(impulse, { x: x + ox - (sin * 17) / SCALE, y: y + oy + (cos * 14) / SCALE }, true);
    }
  }
}

/** Thrust of the main engine (0, or 0.5 to 1), and of the side engines (0, or -1 to -0.5, or 0.5 to 1). */
function thrustOf(action: number | Float32Array): readonly [number, number] {
  if (typeof action === 'number') return [action === 2 ? 1 : 0, action === 1 ? -1 : action === 3 ? 1 : 0];
  const [main, side] = [clip(action[0]!), clip(action[1]!)];
  return [main > 0 ? (main + 1) * 0.5 : 0, Math.abs(side) > 0.5 ? side : 0];
}

function clip(value: number): number {
  return Math.min(1, Math.max(-1, value));
}

function shapingOf([x, y, vx, vy, angle, , left, right]: readonly number[]): number {
  return (
    -100 * Math.sqrt(x! * x! + y! * y!) -
    100 * Math.sqrt(vx! * vx! + vy! * vy!) -
    100 * Math.abs(angle!) +
    10 * left! +
    10 * right!
  );
}

/** tanh(sin 2kx + sin pi kx) with k = 0.01, which never repeats. */
function gust(index: number): number {
  const swell = sine(0.02 * index) + sine(Math.PI * 0.01 * index);
  return 1 - 2 / (exponential(2 * swell) + 1);
}
