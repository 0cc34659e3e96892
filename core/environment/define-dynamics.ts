import type { Domains, ValuesOf } from '../domain.js';
import type { Dynamics } from './dynamics.js';
import { DynamicsEnvironment } from './dynamics-environment.js';
import { DynamicsVector } from './dynamics-vector.js';
import type { EnvironmentKind } from './environment.js';

/** An environment kind without its makers, which follow from the dynamics. */
export interface DynamicsKind<D extends Domains> extends Omit<EnvironmentKind<D>, 'make' | 'makeVector'> {
  dynamics(options: ValuesOf<D>): Dynamics;
}

/** Makes an environment kind of dynamics: single environments and vectors of any autoreset mode. */
export function defineDynamics<const D extends Domains>({ dynamics, ...kind }: DynamicsKind<D>): EnvironmentKind {
  const made: EnvironmentKind<D> = {
    ...kind,
    make: (options) => new DynamicsEnvironment(dynamics(options)),
    makeVector: (count, options, maxEpisodeSteps, autoreset) =>
      new DynamicsVector(dynamics(options), { count, maxEpisodeSteps, autoreset }),
  };
  return made;
}
