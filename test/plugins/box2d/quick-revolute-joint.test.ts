/* eslint-disable @typescript-eslint/no-deprecated -- planck marks its classes so, for their form without "new" */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as planck from 'planck';
import { requirePlanck } from '../../../plugins/box2d/index.js';
import { quickRevoluteJoint } from '../../../plugins/box2d/quick-revolute-joint.js';

interface Link {
  readonly width: number;
  readonly turn: number;
  readonly lower: number;
  readonly range: number;
  readonly speed: number;
  readonly torque: number;
  readonly motor: boolean;
  readonly limited: boolean;
}

const link: fc.Arbitrary<Link> = fc.record({
  width: fc.double({ min: 0.1, max: 1, noNaN: true }),
  turn: fc.double({ min: -1, max: 1, noNaN: true }),
  lower: fc.double({ min: -1, max: 0.5, noNaN: true }),
  range: fc.constantFrom(0, 0.01, 0.5, 1),
  speed: fc.double({ min: -5, max: 5, noNaN: true }),
  torque: fc.constantFrom(0, 1, 50),
  motor: fc.boolean(),
  limited: fc.boolean(),
});

/** A chain of boxes that hangs from nothing and falls to the ground: everything it goes through, as numbers. */
function fall(RevoluteJoint: typeof planck.RevoluteJoint, links: readonly Link[], iterations: number): number[] {
  const { Box, Edge, World } = planck;
  const world = new World({ gravity: { x: 0.1, y: -10 } });
  world.createBody().createFixture({ shape: new Edge({ x: -50, y: 0 }, { x: 50, y: 1 }), friction: 0.3 });
  let previous = world.createBody({ type: 'dynamic', position: { x: 0, y: 2 } });
  previous.createFixture({ shape: new Box(0.5, 0.3), density: 2, restitution: 0.1 });
  const bodies = [previous];
  const joints = links.map(({ width, turn, lower, range, speed, torque, motor, limited }, i) => {
    const body = world.createBody({ type: 'dynamic', position: { x: i + 1, y: 2 }, angle: turn });
    body.createFixture({ shape: new Box(width / 2, 0.1), density: 1, filterGroupIndex: -1 });
    const joint = new RevoluteJoint({
      bodyA: previous,
      bodyB: body,
      localAnchorA: { x: 0.5, y: 0 },
      localAnchorB: { x: -width / 2, y: 0.05 },
      enableMotor: motor,
      motorSpeed: speed,
      maxMotorTorque: torque,
      enableLimit: limited,
      lowerAngle: lower,
      upperAngle: lower + range,
    });
    world.createJoint(joint);
    previous = body;
    bodies.push(body);
    return joint;
  });
  const seen: number[] = [];
  for (let step = 0; step < 30; step++) {
    if (step === 10) joints[0]!.setMotorSpeed(-joints[0]!.getMotorSpeed());
    world.step(1 / 50, iterations, 10);
    for (const body of bodies) {
      const { x, y } = body.getPosition();
      const velocity = body.getLinearVelocity();
      seen.push(x, y, body.getAngle(), velocity.x, velocity.y, body.getAngularVelocity());
    }
    for (const joint of joints) {
      const force = joint.getReactionForce(50);
      seen.push(force.x, force.y, joint.getReactionTorque(50), joint.getMotorTorque(50));
    }
  }
  return seen;
}

describe('the quick revolute joint', () => {
  const quick = quickRevoluteJoint(planck);

  it('is what worlds of this package get', () => {
    expect(requirePlanck().RevoluteJoint.name).toBe('QuickRevoluteJoint');
    expect(quick).not.toBe(planck.RevoluteJoint);
  });

  it('moves chains of bodies as the one of planck does, to the last bit', () => {
    const chains = fc.array(link, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(chains, fc.constantFrom(1, 8, 60), (links, iterations) => {
        const [ours, theirs] = [quick, planck.RevoluteJoint].map((joint) => fall(joint, links, iterations));
        expect(ours!.findIndex((x, i) => !Object.is(x, theirs![i]))).toBe(-1);
      }),
      { numRuns: 25 },
    );
  });

  it('gives way to the one of planck where a field has another name', () => {
    class Renamed extends planck.RevoluteJoint {
      constructor(...facts: ConstructorParameters<typeof planck.RevoluteJoint>) {
        super(...facts);
        Reflect.deleteProperty(this, 'm_motorImpulse');
      }

      override initVelocityConstraints(): void {
        // A version that keeps its state elsewhere.
      }
    }
    const other = { ...planck, RevoluteJoint: Renamed as unknown as typeof planck.RevoluteJoint };
    expect(quickRevoluteJoint(other)).toBe(Renamed);
  });
});
