import type { Limits } from '../../../core/genome/genome.js';
import type { MutationContext } from '../../../core/genome/mutation.js';
import type { Rng } from '../../../core/random.js';
import { parseDna, printDna } from '../../../core/genome/dna.js';
import { express } from '../../../core/genome/express.js';
import type { Genome } from '../../../core/genome/genome.js';
import { boundsOf } from '../../../plugins/paper/bounds.js';
import { brokenRule } from '../../../plugins/paper/rules.js';
import { studySpace } from '../../../plugins/paper/search-spaces.js';
import { Registry } from '../../../core/registry.js';
import classical from '../../../plugins/classical/index.js';
import quantum from '../../../plugins/quantum-statevector/index.js';

const kinds = new Registry('layer', [...classical.layers!, ...quantum.layers!]);

/** CartPole: four numbers in, two actions. */
export function context(rng: Rng, limits: Limits = studySpace.limits, policyRows = 2): MutationContext {
  return { rng, kinds, limits, task: { observationRows: 4, policyRows } };
}

export const parse = (dna: string): Genome => parseDna(dna, kinds);
export const print = (genome: Genome): string => printDna(genome, kinds);

/** Why a genome is no network of the study: by its rules, and by what limits and expression say independently of them. */
export function problemOf(genome: Genome, { kinds, limits, task }: Omit<MutationContext, 'rng'>): string | undefined {
  const broken = brokenRule(genome.layers, boundsOf({ kinds, limits, task }));
  if (broken !== undefined) return broken;
  const expressed = express(genome, { kinds, task, limits });
  if (!expressed.ok) return expressed.reason;
  const last = genome.layers.at(-1)!;
  if (last.kind === 'classical/dense' && last['units'] !== 1) return 'the head is not the placeholder';
  const inner = genome.layers.slice(0, -1).find((gene) => gene['activation'] === 'identity');
  return inner === undefined ? undefined : 'a hidden layer without activation';
}
