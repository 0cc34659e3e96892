/* eslint-disable @typescript-eslint/no-deprecated -- planck marks its classes so, for their form without "new" */
import type * as Planck from 'planck';

interface Velocity {
  readonly v: { x: number; y: number };
  w: number;
}

/** What a revolute joint of planck keeps between the iterations of a step, beside what its types show; Box2D's names. */
interface JointState {
  readonly m_bodyA: { readonly c_velocity: Velocity };
  readonly m_bodyB: { readonly c_velocity: Velocity };
  readonly m_invMassA: number;
  readonly m_invMassB: number;
  readonly m_invIA: number;
  readonly m_invIB: number;
  readonly m_rA: Planck.Vec2Value;
  readonly m_rB: Planck.Vec2Value;
  readonly m_mass: { readonly ex: Planck.Vec3Value; readonly ey: Planck.Vec3Value; readonly ez: Planck.Vec3Value };
  readonly m_motorMass: number;
  readonly m_limitState: number;
  readonly m_impulse: { x: number; y: number; z: number };
  readonly m_enableMotor: boolean;
  readonly m_enableLimit: boolean;
  readonly m_maxMotorTorque: number;
  readonly m_motorSpeed: number;
  m_motorImpulse: number;
}

/** Values of `m_limitState`. */
const INACTIVE = 0;
const AT_LOWER = 1;
const AT_UPPER = 2;
const EQUAL = 3;

/**
 * planck's revolute joint in less time, with the same results to the last bit. A joint is solved once per velocity
 * iteration, 360 times in one step of LunarLander, and planck makes a dozen short-lived vectors each time; here they are
 * local numbers. Once an iteration has changed nothing, another one from the same velocities is left out.
 *
 * The order of operations is that of Box2D 2.3, b2RevoluteJoint (Erin Catto, 2011).
 */
export function quickRevoluteJoint(planck: typeof Planck): typeof Planck.RevoluteJoint {
  const { RevoluteJoint } = planck;
  if (!hasKnownFields(planck)) return RevoluteJoint;

  class QuickRevoluteJoint extends RevoluteJoint {
    /** Whether an iteration from the velocities in `#at` changes nothing. */
    #rests = false;
    readonly #at = new Float64Array(6);

    override initVelocityConstraints(step: Planck.TimeStep): void {
      this.#rests = false;
      super.initVelocityConstraints(step);
    }

    override solveVelocityConstraints(step: Planck.TimeStep): void {
      // The fields are there, as checked above; planck's types hide them.
      const joint = this as unknown as JointState;
      const a = joint.m_bodyA.c_velocity;
      const b = joint.m_bodyB.c_velocity;
      const at = this.#at;
      const ax = a.v.x;
      const ay = a.v.y;
      const bx = b.v.x;
      const by = b.v.y;
      let aw = a.w;
      let bw = b.w;
      const still = at[0] === ax && at[1] === ay && at[2] === aw && at[3] === bx && at[4] === by && at[5] === bw;
      if (still && this.#rests) return;
      at[0] = ax;
      at[1] = ay;
      at[2] = aw;
      at[3] = bx;
      at[4] = by;
      at[5] = bw;

      const {
        m_invMassA: mA,
        m_invMassB: mB,
        m_invIA: iA,
        m_invIB: iB,
        m_rA: rA,
        m_rB: rB,
        m_limitState: limit,
      } = joint;
      const impulse = joint.m_impulse;
      const turns = iA + iB !== 0;
      const motor = joint.m_motorImpulse;
      if (joint.m_enableMotor && limit !== EQUAL && turns) {
        const most = step.dt * joint.m_maxMotorTorque;
        const wanted = motor + -joint.m_motorMass * (bw - aw - joint.m_motorSpeed);
        const next = wanted < -most ? -most : wanted > most ? most : wanted;
        joint.m_motorImpulse = next;
        aw -= iA * (next - motor);
        bw += iB * (next - motor);
      }
      // How fast the anchors part. Adding 0 turns -0 into 0, as sums in planck do.
      const cx = 0 + (bx + -bw * rB.y) - (ax + -aw * rA.y);
      const cy = 0 + (by + bw * rB.x) - (ay + aw * rA.x);
      const { ex, ey, ez } = joint.m_mass;
      const oldX = impulse.x;
      const oldY = impulse.y;
      const oldZ = impulse.z;
      let px: number;
      let py: number;
      let pz: number;
      if (joint.m_enableLimit && limit !== INACTIVE && turns) {
        const cz = bw - aw;
        // Cramer's rule for all three.
        let crossX = ey.y * ez.z - ey.z * ez.y;
        let crossY = ey.z * ez.x - ey.x * ez.z;
        let crossZ = ey.x * ez.y - ey.y * ez.x;
        const determinant = ex.x * crossX + ex.y * crossY + ex.z * crossZ;
        const inverse = determinant === 0 ? determinant : 1 / determinant;
        px = -(inverse * (cx * crossX + cy * crossY + cz * crossZ));
        crossX = cy * ez.z - cz * ez.y;
        crossY = cz * ez.x - cx * ez.z;
        crossZ = cx * ez.y - cy * ez.x;
        py = -(inverse * (ex.x * crossX + ex.y * crossY + ex.z * crossZ));
        crossX = ey.y * cz - ey.z * cy;
        crossY = ey.z * cx - ey.x * cz;
        crossZ = ey.x * cy - ey.y * cx;
        pz = -(inverse * (ex.x * crossX + ex.y * crossY + ex.z * crossZ));
        const z = oldZ + pz;
        if ((limit === AT_LOWER && z < 0) || (limit === AT_UPPER && z > 0)) {
          // The limit only pushes: what it gave is taken back, and the anchors are solved alone.
          const sx = -1 * cx + oldZ * ez.x;
          const sy = -1 * cy + oldZ * ez.y;
          const area = ex.x * ey.y - ey.x * ex.y;
          const scale = area === 0 ? area : 1 / area;
          px = scale * (ey.y * sx - ey.x * sy);
          py = scale * (ex.x * sy - ex.y * sx);
          pz = -oldZ;
          impulse.z = 0;
        } else {
          impulse.z = z;
        }
        aw -= iA * (rA.x * py - rA.y * px + pz);
        bw += iB * (rB.x * py - rB.y * px + pz);
      } else {
        const area = ex.x * ey.y - ey.x * ex.y;
        const scale = area === 0 ? area : 1 / area;
        px = scale * (ey.y * -cx - ey.x * -cy);
        py = scale * (ex.x * -cy - ex.y * -cx);
        aw -= iA * (rA.x * py - rA.y * px);
        bw += iB * (rB.x * py - rB.y * px);
      }
      impulse.x = oldX + px;
      impulse.y = oldY + py;
      a.v.x = ax - mA * px;
      a.v.y = ay - mA * py;
      a.w = aw;
      b.v.x = bx + mB * px;
      b.v.y = by + mB * py;
      b.w = bw;
      this.#rests =
        a.v.x === ax &&
        a.v.y === ay &&
        aw === at[2] &&
        b.v.x === bx &&
        b.v.y === by &&
        bw === at[5] &&
        impulse.x === oldX &&
        impulse.y === oldY &&
        impulse.z === oldZ &&
        joint.m_motorImpulse === motor;
    }
  }
  // planck's classes can also be called without "new", which is deprecated and which nobody here does.
  return QuickRevoluteJoint as unknown as typeof RevoluteJoint;
}

/** Whether this planck keeps the state of a joint under the names used here, as 1.4.3 to 1.5.0 do. */
function hasKnownFields({ RevoluteJoint, TimeStep, World }: typeof Planck): boolean {
  const world = new World();
  const joint = new RevoluteJoint({}, world.createBody(), world.createBody(), { x: 0, y: 0 });
  joint.initVelocityConstraints(new TimeStep());
  const names: readonly (keyof JointState)[] = [
    'm_bodyA',
    'm_bodyB',
    'm_invMassA',
    'm_invMassB',
    'm_invIA',
    'm_invIB',
    'm_rA',
    'm_rB',
    'm_mass',
    'm_motorMass',
    'm_limitState',
    'm_impulse',
    'm_enableMotor',
    'm_enableLimit',
    'm_maxMotorTorque',
    'm_motorSpeed',
    'm_motorImpulse',
  ];
  return names.every((name) => name in joint);
}
