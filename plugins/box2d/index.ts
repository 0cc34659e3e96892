/* eslint-disable @typescript-eslint/no-deprecated -- planck marks its classes so, for their form without "new" */
import type * as Planck from 'planck';
import { HqnasError, definePlugin } from '../../core/index.js';
import { orderedWorld } from './ordered-world.js';
import { quickRevoluteJoint } from './quick-revolute-joint.js';

export type { Planck };

/** planck, with a faster joint and a world whose new contacts come in the order of Box2D. */
export type Engine = typeof Planck & { readonly OrderedWorld: typeof Planck.World };

/** Loaded where it is installed; `undefined` otherwise, and nobody minds until a world is wanted. */
const loaded: Engine | undefined = await import('planck').then(
  (module) => ({ ...module, OrderedWorld: orderedWorld(module), RevoluteJoint: quickRevoluteJoint(module) }),
  () => undefined,
);

/**
 * The physics engine planck, a Box2D 2.3 in float64, for environments with rigid bodies.
 * @throws HqnasError `planck-missing` when it is not installed, or older than 1.4.3
 */
export function requirePlanck(): Engine {
  if (loaded !== undefined && placesCentres(loaded)) return loaded;
  throw new HqnasError({
    code: 'planck-missing',
    what: loaded === undefined ? 'the physics engine planck is not installed' : 'the physics engine planck is too old',
    expected: 'planck 1.4.3 or newer',
    remedy: 'Install it beside hqnas: npm install planck@1.5.0',
  });
}

/** Versions before 1.4.3 give polygons without symmetry a wrong centre of mass. */
function placesCentres({ Polygon, World }: typeof Planck): boolean {
  const body = new World().createBody({ type: 'dynamic' });
  body.createFixture({
    shape: new Polygon([
      { x: 0, y: 0 },
      { x: 3, y: 0 },
      { x: 0, y: 6 },
    ]),
    density: 1,
  });
  const { x, y } = body.getLocalCenter();
  return Math.abs(x - 1) < 1e-9 && Math.abs(y - 2) < 1e-9;
}

export default definePlugin({ name: 'box2d' });
