import { defineMeasure, integer, type Untrained } from '../../core/index.js';
import { entanglingCapability, expressibility, type Circuit } from '../quantum-statevector/index.js';
import { allCircuitsIn } from './all-circuits-in.js';

/** Mean over the circuits of the policy and the value network that have weights; undefined for a network without any. */
function meanOverCircuits({ graph }: Untrained, of: (circuit: Circuit) => number): number | undefined {
  const circuits = allCircuitsIn(graph).filter(({ weights }) => weights > 0);
  if (circuits.length === 0) return undefined;
  // Policy and value network have most circuits in common.
  const values = new Map<string, number>();
  let sum = 0;
  for (const circuit of circuits) {
    const key = JSON.stringify(circuit);
    const value = values.get(key) ?? of(circuit);
    values.set(key, value);
    sum += value;
  }
  return sum / circuits.length;
}

const options = { samples: integer(2, 100_000, { fallback: 200, help: 'random weights per circuit' }) };

export const circuitExpressibility = defineMeasure({
  id: 'quantum/expressibility',
  summary: 'divergence of the states of its circuits from random states, in nats; mean over circuits',
  direction: 'minimise',
  options,
  of: (untrained, { samples }) =>
    meanOverCircuits(untrained, (circuit) =>
      expressibility(circuit, untrained.rng.fork('circuit'), { pairs: samples }),
    ),
});

export const circuitEntanglement = defineMeasure({
  id: 'quantum/entangling-capability',
  summary: 'mean Meyer-Wallach entanglement of the states of its circuits; mean over circuits',
  direction: 'maximise',
  options,
  of: (untrained, { samples }) =>
    meanOverCircuits(
      untrained,
      (circuit) => entanglingCapability(circuit, untrained.rng.fork('circuit'), { samples }).mean,
    ),
});
