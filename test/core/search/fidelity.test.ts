import { describe, expect, it } from '@jest/globals';
import { parseDna } from '../../../core/genome/dna.js';
import type { Proposal, Search, Told } from '../../../core/search/strategy.js';
import type { Candidate } from '../../../core/training/evaluator.js';
import { standIns } from '../../plugins/paper/kinds.js';
import { history, scored, shufflingEvaluator } from './simulation.js';

type Step = Partial<Proposal> & { readonly width: number };

function planned(steps: readonly Step[]): Search & { readonly told: Told[] } {
  const told: Told[] = [];
  return {
    told,
    ask(index) {
      const step = steps[index];
      if (step === undefined) return undefined;
      const { width, ...more } = step;
      return { genome: parseDna(`C ${width} T C 1`, standIns), origin: { by: 'plan', parents: [] }, ...more };
    },
    tell: (result) => void told.push(result),
  };
}

async function evaluatedOf(steps: readonly Step[], duplicates: 'reuse' | 're-evaluate' | 'reject' = 'reuse') {
  const seen: Candidate[] = [];
  const { evaluator } = shufflingEvaluator((candidate) => {
    seen.push(candidate);
    return scored(candidate.fidelity ?? 1);
  });
  const search = planned(steps);
  const { committed } = await history({ search, evaluator, duplicates, candidates: steps.length });
  return { committed, seen, told: search.told };
}

describe('a share of the training budget', () => {
  it('reaches the evaluator, the ledger and the strategy', async () => {
    const { committed, seen, told } = await evaluatedOf([{ width: 2, fidelity: 0.25 }, { width: 2 }]);
    expect(seen.map(({ fidelity }) => fidelity)).toEqual([0.25, undefined]);
    expect(committed.map(({ fidelity }) => fidelity)).toEqual([0.25, undefined]);
    expect(told.map(({ fidelity, score, evaluations }) => [fidelity, score, evaluations])).toEqual([
      [0.25, 0.25, 1],
      [1, 1, 1],
    ]);
  });

  it('makes twins only of candidates with the same share', async () => {
    const { committed } = await evaluatedOf([
      { width: 2, fidelity: 0.5 },
      { width: 2, fidelity: 0.25 },
      { width: 2, fidelity: 0.5 },
    ]);
    expect(committed.map(({ outcome }) => outcome.ok && outcome.reusedFrom)).toEqual([undefined, undefined, 0]);
  });

  it('goes on with the seeds of the candidate that began', async () => {
    const { seen, committed } = await evaluatedOf(
      [
        { width: 2, fidelity: 0.25 },
        { width: 3, fidelity: 0.25 },
        { width: 2, fidelity: 0.5, continues: 0 },
        { width: 2, continues: 2 },
      ],
      'reject',
    );
    expect(seen.map(({ seedsOf }) => seedsOf)).toEqual([undefined, undefined, 0, 0]);
    expect(committed.map(({ continues }) => continues)).toEqual([undefined, undefined, 0, 2]);
  });

  it.each<[string, readonly Step[]]>([
    ['no share', [{ width: 2, fidelity: 0 }]],
    ['more than everything', [{ width: 2, fidelity: 1.5 }]],
    ['NaN', [{ width: 2, fidelity: NaN }]],
    [
      'another network',
      [
        { width: 2, fidelity: 0.5 },
        { width: 3, continues: 0 },
      ],
    ],
    ['a candidate that was trained to the end', [{ width: 2 }, { width: 2, continues: 0 }]],
    [
      'a smaller share than before',
      [
        { width: 2, fidelity: 0.5 },
        { width: 2, fidelity: 0.25, continues: 0 },
      ],
    ],
  ])('refuses a proposal with %s', async (_name, steps) => {
    await expect(evaluatedOf(steps)).rejects.toMatchObject({ code: 'invalid-proposal' });
  });
});
