import { describe, expect, it } from '@jest/globals';
import { parseValues, type NetworkMeasures, type Proposal } from '../../../core/index.js';
import { createRng } from '../../../core/random.js';
import { oneMax } from '../../../bench/landscapes/bit-landscapes.js';
import { toyNetworks } from '../../../bench/landscapes/toy-networks.js';
import { hybridEvolution } from '../../../search-strategies/hybrid-evolution/index.js';
import { plainContext, toldOf } from '../../contracts/told.js';
import { run } from '../run.js';

const plain = {
  random: 12,
  reevaluate: 0,
  screening: 'none',
  balance: 0,
  immigrants: 0,
  twice: 0,
  bandit: false,
  fresh: false,
} as const;

describe('hybrid evolution', () => {
  it('is evolution of the latest members with all parts switched off', () => {
    const steps = run(
      toyNetworks,
      hybridEvolution,
      { ...plain, selection: 'aging', populationSize: 12, sampleSize: 200 },
      { candidates: 80, seed: 4 },
    );
    for (const [index, { proposal }] of steps.entries()) {
      if (index < 12) continue;
      // So large a tournament has the best member of the last 12.
      const members = steps.slice(index - 12, index);
      const best = Math.max(...members.map(({ observed }) => observed));
      const { parents } = proposal.origin;
      expect(steps[parents[0]!]!.observed).toBe(best);
    }
  });

  it('trains leaders again: a share of the candidates, and no network more often than allowed', () => {
    const steps = run(
      toyNetworks,
      hybridEvolution,
      { ...plain, fresh: true, selection: 'belief', reevaluate: 0.25, trainings: 3 },
      { candidates: 160, seed: 2, noise: 0.1 },
    );
    const again = steps.filter(({ proposal }) => proposal.again === true);
    expect(again.length).toBeGreaterThan(20);
    expect(again.length).toBeLessThanOrEqual(38);
    const counts = new Map<string, number>();
    for (const { proposal } of again) {
      const name = toyNetworks.moves.identity(proposal.genome);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      expect(proposal.genome).toEqual(steps[proposal.origin.parents[0]!]!.proposal.genome);
    }
    expect(Math.max(...counts.values())).toBe(2);
  });

  it('takes parents from niches that are not the best', () => {
    const qubits = ({ genome }: Proposal): number =>
      Math.max(0, ...genome.layers.map((gene) => Number(gene['qubits'] ?? 0)));
    const parentsOf = (balance: number): number => {
      const steps = run(
        toyNetworks,
        hybridEvolution,
        { ...plain, selection: 'score', balance },
        {
          candidates: 200,
          seed: 1,
        },
      );
      const niches = steps.slice(100).map(({ proposal }) => qubits(steps[proposal.origin.parents[0]!]!.proposal));
      return new Set(niches).size;
    };
    expect(parentsOf(1)).toBeGreaterThan(parentsOf(0) + 1);
  });

  it('takes the child that a measure prefers', () => {
    const asked: number[] = [];
    const layers: NetworkMeasures = {
      has: () => true,
      directionOf: () => 'minimise',
      of(_id, { layers: { length } }) {
        asked.push(length);
        return length;
      },
    };
    const search = hybridEvolution.start(
      parseValues(hybridEvolution.options, { ...plain, screening: 'measure', children: 20 }, 'test'),
      toyNetworks.moves,
      { ...plainContext, measures: layers },
    );
    for (let index = 0; index < 60; index++) {
      asked.length = 0;
      const { genome, origin } = search.ask(index, createRng(index))!;
      expect(asked.length).toBe(index < 12 ? 0 : 20);
      if (index >= 12) expect(genome.layers.length).toBe(Math.min(...asked));
      search.tell(toldOf({ index, genome, origin, score: index }));
    }
  });

  it('goes on with the weights of the parent, in another training of a child too', () => {
    const steps = run(
      toyNetworks,
      hybridEvolution,
      { random: 12, inherit: 'weights' },
      { candidates: 150, seed: 3, noise: 0.1 },
    );
    for (const { proposal } of steps) {
      const { origin, inherits, again } = proposal;
      if (again !== true) expect(inherits).toBe(origin.parents[0]);
      else expect(inherits).toBe(steps[origin.parents[0]!]!.proposal.inherits);
    }
    expect(steps.some(({ proposal }) => proposal.again === true && proposal.inherits !== undefined)).toBe(true);
    expect(hybridEvolution.inheritsWeights!(parseValues(hybridEvolution.options, { inherit: 'weights' }, ''))).toBe(
      true,
    );
    expect(hybridEvolution.inheritsWeights!(parseValues(hybridEvolution.options, {}, ''))).toBe(false);
  });

  it('leaves a leader of which all children are known: what is believed of these does not bring them back', () => {
    // Ten bits have ten neighbours each.
    const landscape = oneMax(10);
    const steps = run(
      landscape,
      hybridEvolution,
      { random: 12, reevaluate: 0 },
      { candidates: 150, seed: 6, noise: 0.05 },
    );
    expect(new Set(steps.map(({ proposal }) => landscape.moves.identity(proposal.genome))).size).toBe(150);
  });

  it('proposes nothing twice while it finds something else', () => {
    const steps = run(toyNetworks, hybridEvolution, { random: 12, reevaluate: 0 }, { candidates: 150, seed: 5 });
    const names = steps.map(({ proposal }) => toyNetworks.moves.identity(proposal.genome));
    expect(new Set(names).size).toBe(150);
  });
});
