/* eslint-disable @typescript-eslint/no-deprecated -- planck marks its classes so, for their form without "new" */
import type { Pcg64 } from '../../core/index.js';
import { requirePlanck, type Planck } from '../../plugins/box2d/index.js';
import { HULL, LEG, SCALE } from './walker-constants.js';
import { START, createTerrain, skipClouds, type Terrain } from './walker-terrain.js';

const GROUND = 0x1;
const WALKER = 0x20;
const FRICTION = 2.5;
export const MOTOR_TORQUE = 80;

/** What stands and moves in one episode. */
export interface WalkerWorld {
  readonly world: Planck.World;
  readonly terrain: Terrain;
  readonly hull: Planck.Body;
  /** Upper and lower leg of the one side, then of the other. */
  readonly legs: readonly Planck.Body[];
  /** Hip and knee of the one side, then of the other. */
  readonly joints: readonly Planck.RevoluteJoint[];
  readonly contacts: { hull: boolean; readonly feet: [boolean, boolean] };
}

/** Builds the world of a new episode. */
export function createWalkerWorld(generator: Pcg64, hardcore: boolean): WalkerWorld {
  const { OrderedWorld } = requirePlanck();
  const world = new OrderedWorld({ gravity: { x: 0, y: -10 } });
  const terrain = createTerrain(generator, hardcore);
  build(world, terrain);
  skipClouds(generator);
  const hull = createHull(world);
  hull.applyForceToCenter({ x: generator.uniform(-5, 5), y: 0 }, true);
  const legs: Planck.Body[] = [];
  const joints: Planck.RevoluteJoint[] = [];
  for (const side of [-1, 1] as const) {
    const upper = createLeg(world, LEG.height / 2, LEG.width, side);
    joints.push(join(world, hull, upper, { from: LEG.down, lower: -0.8, upper: 1.1, speed: side }));
    const lower = createLeg(world, (LEG.height * 3) / 2, 0.8 * LEG.width, side);
    joints.push(join(world, upper, lower, { from: -LEG.height / 2, lower: -1.6, upper: -0.1, speed: 1 }));
    legs.push(upper, lower);
  }
  const contacts: WalkerWorld['contacts'] = { hull: false, feet: [false, false] };
  listen(world, hull, [legs[1]!, legs[3]!], contacts);
  return { world, terrain, hull, legs, joints, contacts };
}

function build(world: Planck.World, { surface, obstacles }: Terrain): void {
  const { Edge, Polygon } = requirePlanck();
  const fixture = { friction: FRICTION, filterCategoryBits: GROUND };
  for (const corners of obstacles) {
    world.createBody().createFixture({ shape: new Polygon(corners.map(([x, y]) => ({ x, y }))), ...fixture });
  }
  surface.slice(1).forEach(([x, y], i) => {
    const [left, low] = surface[i]!;
    world.createBody().createFixture({ shape: new Edge({ x: left, y: low }, { x, y }), ...fixture });
  });
}

const moving = { restitution: 0, filterCategoryBits: WALKER, filterMaskBits: GROUND } as const;

function createHull(world: Planck.World): Planck.Body {
  const { Polygon } = requirePlanck();
  const hull = world.createBody({ type: 'dynamic', position: { x: START[0], y: START[1] } });
  const shape = new Polygon(HULL.map(([x, y]) => ({ x: x / SCALE, y: y / SCALE })));
  hull.createFixture({ shape, density: 5, friction: 0.1, ...moving });
  return hull;
}

function createLeg(world: Planck.World, below: number, width: number, side: -1 | 1): Planck.Body {
  const { Box } = requirePlanck();
  const position = { x: START[0], y: START[1] - below - LEG.down };
  const leg = world.createBody({ type: 'dynamic', position, angle: side * 0.05 });
  leg.createFixture({ shape: new Box(width / 2, LEG.height / 2), density: 1, ...moving });
  return leg;
}

interface Hinge {
  /** Height of the anchor on the upper body. */
  readonly from: number;
  readonly lower: number;
  readonly upper: number;
  readonly speed: number;
}

function join(world: Planck.World, above: Planck.Body, below: Planck.Body, hinge: Hinge): Planck.RevoluteJoint {
  const { RevoluteJoint } = requirePlanck();
  const joint = new RevoluteJoint({
    bodyA: above,
    bodyB: below,
    localAnchorA: { x: 0, y: hinge.from },
    localAnchorB: { x: 0, y: LEG.height / 2 },
    enableMotor: true,
    enableLimit: true,
    maxMotorTorque: MOTOR_TORQUE,
    motorSpeed: hinge.speed,
    lowerAngle: hinge.lower,
    upperAngle: hinge.upper,
  });
  world.createJoint(joint);
  return joint;
}

function listen(
  world: Planck.World,
  hull: Planck.Body,
  feet: readonly [Planck.Body, Planck.Body],
  contacts: WalkerWorld['contacts'],
): void {
  const touches = (contact: Planck.Contact, body: Planck.Body): boolean =>
    contact.getFixtureA().getBody() === body || contact.getFixtureB().getBody() === body;
  const setFeet = (contact: Planck.Contact, value: boolean): void => {
    if (touches(contact, feet[0])) contacts.feet[0] = value;
    if (touches(contact, feet[1])) contacts.feet[1] = value;
  };
  world.on('begin-contact', (contact) => {
    if (touches(contact, hull)) contacts.hull = true;
    setFeet(contact, true);
  });
  world.on('end-contact', (contact) => setFeet(contact, false));
}
