/* eslint-disable @typescript-eslint/no-deprecated -- planck marks its classes so, for their form without "new" */
import type { Pcg64 } from '../../core/index.js';
import { requirePlanck, type Planck } from '../../plugins/box2d/index.js';
import { HEIGHT, HULL, LEG, PAD, SCALE, WIDTH } from './lander-constants.js';

const COLUMNS = 11;
/** Largest component of the force that throws the lander in. */
const THROW = 1000;
const GROUND = 0x1;

/** What stands and moves in one episode. */
export interface LanderWorld {
  readonly world: Planck.World;
  readonly hull: Planck.Body;
  readonly legs: readonly [Planck.Body, Planck.Body];
  /** Corners of the ground, from left to right. */
  readonly ground: readonly (readonly [number, number])[];
  readonly contacts: { hull: boolean; readonly legs: [boolean, boolean] };
  /** Places in the patterns of wind and turbulence; 0 without wind. */
  windIndex: number;
  torqueIndex: number;
}

/**
 * Builds the world of a new episode. Draws, in this order: 12 heights, 2 forces, with wind its 2 places.
 */
export function createLanderWorld(generator: Pcg64, gravity: number, wind: boolean): LanderWorld {
  const { Edge, World } = requirePlanck();
  const world = new World({ gravity: { x: 0, y: gravity } });
  const heights = Array.from({ length: COLUMNS + 1 }, () => generator.uniform(0, HEIGHT / 2));
  heights.fill(PAD, 3, 8);
  const ground = Array.from({ length: COLUMNS }, (_, i): readonly [number, number] => {
    const before = heights.at(i - 1)!;
    return [(WIDTH / (COLUMNS - 1)) * i, 0.33 * (before + heights[i]! + heights[i + 1]!)];
  });
  const moon = world.createBody();
  moon.createFixture({ shape: new Edge({ x: 0, y: 0 }, { x: WIDTH, y: 0 }), density: 0 });
  ground.slice(1).forEach(([x, y], i) => {
    const [left, low] = ground[i]!;
    moon.createFixture({ shape: new Edge({ x: left, y: low }, { x, y }), density: 0, friction: 0.1 });
  });
  const hull = createHull(world);
  hull.applyForceToCenter({ x: generator.uniform(-THROW, THROW), y: generator.uniform(-THROW, THROW) }, true);
  const windIndex = wind ? generator.integers(-9999, 9999) : 0;
  const torqueIndex = wind ? generator.integers(-9999, 9999) : 0;
  const legs = [createLeg(world, hull, -1), createLeg(world, hull, 1)] as const;
  const contacts: LanderWorld['contacts'] = { hull: false, legs: [false, false] };
  listen(world, hull, legs, contacts);
  return { world, hull, legs, ground, contacts, windIndex, torqueIndex };
}

function createHull(world: Planck.World): Planck.Body {
  const { Polygon } = requirePlanck();
  const hull = world.createBody({ type: 'dynamic', position: { x: WIDTH / 2, y: HEIGHT }, angle: 0 });
  hull.createFixture({
    shape: new Polygon(HULL.map(([x, y]) => ({ x: x / SCALE, y: y / SCALE }))),
    density: 5,
    friction: 0.1,
    restitution: 0,
    filterCategoryBits: 0x10,
    filterMaskBits: GROUND,
  });
  return hull;
}

/** @param side -1 for the leg that starts on the right, 1 for the other: Gymnasium's signs */
function createLeg(world: Planck.World, hull: Planck.Body, side: -1 | 1): Planck.Body {
  const { Box, RevoluteJoint } = requirePlanck();
  const leg = world.createBody({
    type: 'dynamic',
    position: { x: WIDTH / 2 - side * LEG.away, y: HEIGHT },
    angle: side * 0.05,
  });
  leg.createFixture({
    shape: new Box(LEG.halfWidth, LEG.halfHeight),
    density: 1,
    restitution: 0,
    filterCategoryBits: 0x20,
    filterMaskBits: GROUND,
  });
  world.createJoint(
    new RevoluteJoint({
      bodyA: hull,
      bodyB: leg,
      localAnchorA: { x: 0, y: 0 },
      localAnchorB: { x: side * LEG.away, y: LEG.down },
      enableMotor: true,
      enableLimit: true,
      maxMotorTorque: 40,
      motorSpeed: 0.3 * side,
      lowerAngle: side === -1 ? 0.9 - 0.5 : -0.9,
      upperAngle: side === -1 ? 0.9 : -0.9 + 0.5,
    }),
  );
  return leg;
}

function listen(
  world: Planck.World,
  hull: Planck.Body,
  legs: readonly [Planck.Body, Planck.Body],
  contacts: LanderWorld['contacts'],
): void {
  const touches = (contact: Planck.Contact, body: Planck.Body): boolean =>
    contact.getFixtureA().getBody() === body || contact.getFixtureB().getBody() === body;
  const setLegs = (contact: Planck.Contact, value: boolean): void => {
    if (touches(contact, legs[0])) contacts.legs[0] = value;
    if (touches(contact, legs[1])) contacts.legs[1] = value;
  };
  world.on('begin-contact', (contact) => {
    if (touches(contact, hull)) contacts.hull = true;
    setLegs(contact, true);
  });
  world.on('end-contact', (contact) => setLegs(contact, false));
}
