import { isCandidateFailure, type Genome, type NetworkMeasures } from '../../core/index.js';
import { encode, type Features } from './encode.js';

/**
 * How networks are described to the forest: by their genome, and by training-free measures. A measure that does not apply,
 * or that fails on a network, is a feature of its own, so that the 0 in its place is not taken for a value.
 * @param measures absent where nothing can be measured: genomes alone then
 * @throws HqnasError `unknown-id` for an id that is no measure, nor a metric that needs no training
 */
export function describer(ids: readonly string[], measures: NetworkMeasures | undefined): (genome: Genome) => Features {
  if (measures === undefined || ids.length === 0) return encode;
  // An id that nobody knows must not wait for the first network.
  for (const id of ids) measures.directionOf(id);
  return (genome) => {
    const features = new Map(encode(genome));
    for (const id of ids) {
      const value = valueOf(measures, id, genome);
      if (value === undefined) features.set(`no ${id}`, 1);
      else features.set(id, value);
    }
    return features;
  };
}

/** The failure of a network that is only looked at must not become that of the candidate. */
function valueOf(measures: NetworkMeasures, id: string, genome: Genome): number | undefined {
  try {
    return measures.of(id, genome);
  } catch (error) {
    if (isCandidateFailure(error)) return undefined;
    throw error;
  }
}
