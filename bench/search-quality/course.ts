import { NetworkRecords } from '../../core/search/network-records.js';
import type { Landscape } from '../landscapes/landscape.js';
import type { Step } from '../landscapes/run-landscape.js';

/**
 * True score of the network that would be taken after 0, 1, 2 ... whole trainings: the one with the best lower confidence
 * bound over its trainings, as experiments with `rank: lower-bound` do, among those with the most budget. Where every
 * network is trained once that is the best observed score. NaN before the first result.
 */
export function courseOf(steps: readonly Step[], landscape: Landscape, trainings: number): Float64Array {
  const course = new Float64Array(trainings + 1).fill(NaN);
  let records = new NetworkRecords();
  let chosen: string | undefined;
  let truth = NaN;
  let longest = 0;
  let spent = 0;
  let filled = 0;
  const genomes = new Map<string, Step['proposal']['genome']>();
  for (const { proposal, identity, observed, cost } of steps) {
    const { genome, fidelity = 1 } = proposal;
    while (filled <= trainings && filled < spent + cost - 1e-9) course[filled++] = truth;
    spent += cost;
    if (cost === 0 || fidelity < longest) continue;
    if (fidelity > longest) {
      longest = fidelity;
      records = new NetworkRecords();
      genomes.clear();
      chosen = undefined;
    }
    const known = genomes.has(identity);
    genomes.set(identity, genome);
    records.add(identity, [observed]);
    chosen = known ? bestOf(records, genomes.keys()) : better(records, identity, chosen);
    truth = landscape.score(genomes.get(chosen)!);
  }
  while (filled <= trainings) course[filled++] = truth;
  return course;
}

/** A second training of one network changes what is believed of all. */
function bestOf(records: NetworkRecords, networks: Iterable<string>): string {
  let best: string | undefined;
  for (const network of networks) best = better(records, network, best);
  // Called with at least the network that was just trained.
  return best!;
}

/** The first of equals stays. */
function better(records: NetworkRecords, network: string, chosen: string | undefined): string {
  if (chosen === undefined) return network;
  return records.rank(network, 'lower-bound') > records.rank(chosen, 'lower-bound') ? network : chosen;
}
