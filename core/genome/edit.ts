import type { Gene } from '../layer/layer-kind.js';
import type { Genome } from './genome.js';

/** The genome with `gene` inserted before position `index` (0 = first, length = last). */
export function insertLayer({ layers }: Genome, index: number, gene: Gene): Genome {
  return { layers: layers.toSpliced(index, 0, gene) };
}

/** The genome without the layer at `index`. */
export function removeLayer({ layers }: Genome, index: number): Genome {
  return { layers: layers.toSpliced(index, 1) };
}

/** The genome with another gene at `index`. */
export function replaceLayer({ layers }: Genome, index: number, gene: Gene): Genome {
  return { layers: layers.with(index, gene) };
}

/** Freezes a genome in place, so that whoever shares its genes cannot change them. */
export function freezeGenome(genome: Genome): Genome {
  if (Object.isFrozen(genome) && Object.isFrozen(genome.layers) && genome.layers.every((gene) => Object.isFrozen(gene)))
    return genome;
  for (const gene of genome.layers) Object.freeze(gene);
  Object.freeze(genome.layers);
  return Object.freeze(genome);
}
