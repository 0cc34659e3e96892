/* eslint-disable @typescript-eslint/no-deprecated -- planck marks its classes so, for their form without "new" */
import {
  Pcg64,
  box,
  checkAction,
  cosine,
  parseResetOptions,
  sine,
  type BoxSpace,
  type Environment,
  type ResetOptions,
  type ResetResult,
  type Scene,
  type StepResult,
} from '../../core/index.js';
import { requirePlanck, type Planck } from '../../plugins/box2d/index.js';
import { FRAMES_PER_SECOND, HEIGHT, SCALE, WIDTH } from './walker-constants.js';
import { drawWalker } from './walker-drawing.js';
import { FINISH } from './walker-terrain.js';
import { MOTOR_TORQUE, createWalkerWorld, type WalkerWorld } from './walker-world.js';

const HIP_SPEED = 4;
const KNEE_SPEED = 6;
const SPEEDS = [HIP_SPEED, KNEE_SPEED, HIP_SPEED, KNEE_SPEED] as const;
const RAYS = 10;
const RANGE = 160 / SCALE;
const GROUND = 0x1;

const bounds = [Math.PI, 5, 5, 5, Math.PI, 5, Math.PI, 5, 5, Math.PI, 5, Math.PI, 5, 5];
/** Rows of the bounds that are contacts, which are never negative. */
const contactRows = [8, 13];
const observationSpace: BoxSpace = box(
  [...bounds.map((bound, row) => (contactRows.includes(row) ? 0 : -bound)), ...Array<number>(RAYS).fill(-1)],
  [...bounds, ...Array<number>(RAYS).fill(1)],
);

/** Gymnasium's BipedalWalker-v3 on planck; order of draws and of operations as there. */
export class BipedalWalker implements Environment<BoxSpace, BoxSpace> {
  readonly observationSpace = observationSpace;
  readonly actionSpace = box([-1, -1, -1, -1], [1, 1, 1, 1]);
  readonly #hardcore: boolean;
  readonly #generator = new Pcg64(0);
  #episode: WalkerWorld | undefined;
  #shaping: number | undefined;

  /** @throws HqnasError `planck-missing` */
  constructor({ hardcore }: { readonly hardcore: boolean }) {
    requirePlanck();
    this.#hardcore = hardcore;
  }

  reset(settings: { readonly seed?: number; readonly options?: ResetOptions } = {}): ResetResult<BoxSpace> {
    parseResetOptions({}, settings.options);
    if (settings.seed !== undefined) this.#generator.seed(settings.seed);
    this.#episode = createWalkerWorld(this.#generator, this.#hardcore);
    this.#shaping = undefined;
    return { observation: this.step(new Float32Array(4)).observation, info: {} };
  }

  step(action: Float32Array): StepResult<BoxSpace> {
    checkAction(this.actionSpace, action);
    // OrderEnforcing lets no step pass before the first reset.
    const episode = this.#episode!;
    const { world, hull, joints, contacts } = episode;
    let effort = 0;
    joints.forEach((joint, i) => {
      const strength = Math.min(1, Math.abs(action[i]!));
      joint.setMotorSpeed(SPEEDS[i]! * Math.sign(action[i]!));
      joint.setMaxMotorTorque(MOTOR_TORQUE * strength);
      effort += 0.00035 * MOTOR_TORQUE * strength;
    });
    world.step(1 / FRAMES_PER_SECOND, 6 * 30, 2 * 30);

    const observation = observe(episode);
    const { x } = hull.getPosition();
    const shaping = (130 * x) / SCALE - 5 * Math.abs(hull.getAngle());
    let reward = shaping - (this.#shaping ?? shaping) - effort;
    this.#shaping = shaping;
    const fallen = contacts.hull || x < 0;
    if (fallen) reward = -100;
    return { observation, reward, terminated: fallen || x > FINISH, truncated: false, info: {} };
  }

  draw(): Scene {
    return drawWalker(this.#episode!);
  }
}

function observe({ world, hull, joints, contacts }: WalkerWorld): Float32Array {
  const velocity = hull.getLinearVelocity();
  const observation = new Float32Array(observationSpace.low.length);
  observation[0] = hull.getAngle();
  observation[1] = (2 * hull.getAngularVelocity()) / FRAMES_PER_SECOND;
  observation[2] = (0.3 * velocity.x * WIDTH) / FRAMES_PER_SECOND;
  observation[3] = (0.3 * velocity.y * HEIGHT) / FRAMES_PER_SECOND;
  for (const side of [0, 1] as const) {
    const [hip, knee, row] = [joints[2 * side]!, joints[2 * side + 1]!, 4 + 5 * side];
    observation[row] = hip.getJointAngle();
    observation[row + 1] = hip.getJointSpeed() / HIP_SPEED;
    observation[row + 2] = knee.getJointAngle() + 1;
    observation[row + 3] = knee.getJointSpeed() / KNEE_SPEED;
    observation[row + 4] = contacts.feet[side] ? 1 : 0;
  }
  for (let ray = 0; ray < RAYS; ray++) observation[14 + ray] = look(world, hull.getPosition(), (1.5 * ray) / RAYS);
  return observation;
}

/** How much of a ray's length is free of ground; angle 0 looks straight down, and larger ones further ahead. */
function look(world: Planck.World, { x, y }: Planck.Vec2Value, angle: number): number {
  let free = 1;
  const end = { x: x + sine(angle) * RANGE, y: y - cosine(angle) * RANGE };
  world.rayCast({ x, y }, end, (fixture, _point, _normal, fraction) => {
    if ((fixture.getFilterCategoryBits() & GROUND) === 0) return -1;
    free = fraction;
    return fraction;
  });
  return free;
}
