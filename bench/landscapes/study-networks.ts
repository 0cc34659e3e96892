import { createRng, exponential, logarithm, type Genome, type Moves, type Rng } from '../../core/index.js';
import { sha256 } from '../../core/json.js';
import type { Landscape } from './landscape.js';

/**
 * Networks of the study's space with returns that are drawn, in the manner of trained ones: width helps, there is a best
 * depth, circuits cost and most so at the end, kinds and sizes of neighbours matter, and every network has something of its
 * own. Over random networks true returns have a median of about 120 and the best percent is above 430; one training is off
 * by up to 100, as on CartPole. Equal seeds give equal landscapes.
 */
export function studyNetworks(
  seed: number,
  moves: Moves,
): Pick<Landscape, 'score'> & { noise(genome: Genome): number } {
  const rng = createRng(seed);
  const drawn = (name: string, deviation: number): number => deviation * rng.fork(name).normal();
  const known = new Map<string, number>();
  /** Of anything that has a name: the same at every call. */
  const effect = (name: string, deviation: number): number => {
    let value = known.get(name);
    if (value === undefined) {
      value = createRng(parseInt(sha256(`${seed} ${name}`).slice(0, 12), 16)).normal();
      known.set(name, value);
    }
    return deviation * value;
  };
  const width = 0.5 + drawn('width', 0.4);
  const depth = 3.5 + drawn('depth', 0.7);
  const waist = drawn('waist', 0.25);
  const circuit = -0.8 + drawn('quantum', 0.3);

  function worth({ layers }: Genome): number {
    let sum = effect(JSON.stringify(layers), 0.25) - 0.4 * Math.abs(layers.length - depth);
    let narrowest = 6;
    for (const [i, gene] of layers.entries()) {
      const next = layers[i + 1];
      const doublings = doublingsOf(gene);
      const name = `${gene.kind} ${Math.round(doublings)}`;
      const after = next === undefined ? 'end' : `${next.kind} ${Math.round(doublingsOf(next))}`;
      sum += effect(`${name} > ${after}`, 0.15) + effect(`${i} ${name}`, 0.12);
      if (gene['qubits'] !== undefined) {
        sum += circuit + effect(`${gene['qubits']} qubits`, 0.4) + effect(String(gene['ansatz']), 0.3);
        sum += effect(`${gene['repetitions']} repetitions`, 0.2) - (next === undefined ? 0.7 : 0);
      } else if (next !== undefined) {
        sum += (width * (doublings - 3.5)) / layers.length + effect(String(gene['activation']), 0.15);
      }
      if (next !== undefined) narrowest = Math.min(narrowest, doublings);
    }
    return sum + waist * narrowest;
  }

  const sample = Array.from({ length: 300 }, (_, i) => worth(moves.random(rng.fork('draw', i)).genome));
  const center = sample.reduce((sum, value) => sum + value, 0) / sample.length;
  const spread = Math.sqrt(sample.reduce((sum, value) => sum + (value - center) ** 2, 0) / sample.length);
  const share = (genome: Genome): number => 1 / (1 + exponential(1.2 - (1.5 * (worth(genome) - center)) / spread));
  return {
    score: (genome) => 15 + 470 * share(genome),
    noise(genome) {
      const part = share(genome);
      return 8 + 320 * part * (1 - part) + 30 * part;
    },
  };
}

/** The landscape as one run of a search meets it: returns between 8 and 500. */
export function studyLandscape(seed: number, moves: Moves, rng: Rng): Landscape {
  const { score, noise } = studyNetworks(seed, moves);
  const luck = rng.fork('noise');
  return {
    name: 'study networks',
    moves,
    reuses: true,
    score,
    train: (genome) => Math.min(500, Math.max(8, score(genome) + noise(genome) * luck.normal())),
    metrics: ({ layers }) => ({ 'score/qubits': Math.max(0, ...layers.map((gene) => Number(gene['qubits'] ?? 0))) }),
  };
}

function doublingsOf(gene: Genome['layers'][number]): number {
  return logarithm(Number(gene['units'] ?? gene['qubits'] ?? 1)) / Math.LN2;
}
