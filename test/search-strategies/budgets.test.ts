import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../core/random.js';
import { Rung } from '../../search-strategies/successive-halving/rung.js';
import { successiveHalving } from '../../search-strategies/successive-halving/index.js';
import { hyperband } from '../../search-strategies/hyperband/index.js';
import { toyNetworks } from '../../bench/landscapes/toy-networks.js';
import { toldOf } from '../contracts/told.js';
import { run, seeds, startOn } from './run.js';

describe('Hyperband', () => {
  /** Networks at each share of the budget, bracket by bracket. */
  it.each([
    {
      resource: 81,
      eta: 3,
      brackets: [
        [
          [81, 1],
          [27, 3],
          [9, 9],
          [3, 27],
          [1, 81],
        ],
        [
          [34, 3],
          [11, 9],
          [3, 27],
          [1, 81],
        ],
        [
          [15, 9],
          [5, 27],
          [1, 81],
        ],
        [
          [8, 27],
          [2, 81],
        ],
        [[5, 81]],
      ],
    },
    {
      resource: 8,
      eta: 2,
      brackets: [
        [
          [8, 1],
          [4, 2],
          [2, 4],
          [1, 8],
        ],
        [
          [6, 2],
          [3, 4],
          [1, 8],
        ],
        [
          [4, 4],
          [2, 8],
        ],
        [[4, 8]],
      ],
    },
  ])('has the published brackets for R = $resource, eta = $eta', ({ resource, eta, brackets }) => {
    const expected = brackets.flat();
    const candidates = expected.reduce((sum, [networks]) => sum + networks!, 0);
    const steps = run(toyNetworks, hyperband, { resource, eta }, { candidates, seed: 1 });
    let next = 0;
    for (const bracket of brackets) {
      for (const [rung, [networks, units]] of bracket.entries()) {
        const part = steps.slice(next, next + networks!);
        next += networks!;
        for (const { proposal } of part) {
          expect(proposal.fidelity! * resource).toBeCloseTo(units!, 9);
          expect(proposal.continues === undefined).toBe(rung === 0);
        }
        if (rung === 0) continue;
        // They are the best of the rung before.
        const before = steps.slice(next - networks! - bracket[rung - 1]![0]!, next - networks!);
        const best = [...before].sort((a, b) => b.observed - a.observed).slice(0, networks);
        expect(part.map(({ proposal }) => proposal.continues)).toEqual(best.map((step) => steps.indexOf(step)));
      }
    }
    expect(next).toBe(steps.length);
  });

  it('opens the next bracket while results are missing, and loses none', () => {
    const steps = run(toyNetworks, hyperband, { resource: 9, eta: 3 }, { candidates: 400, seed: 2, lookahead: 8 });
    const full = steps.filter(({ proposal }) => proposal.fidelity === 1).length;
    // A round of brackets is 9 + 3 + 1, 5 + 1, 3: of its 22 trainings 5 are whole ones.
    expect(Math.abs(full / 400 - 5 / 22)).toBeLessThan(0.05);
  });

  it('closes a rung in which all fail', () => {
    const search = startOn(toyNetworks, hyperband, { resource: 9, eta: 3 });
    const shares: number[] = [];
    for (let index = 0; index < 17; index++) {
      const { genome, origin, fidelity } = search.ask(index, createRng(index))!;
      shares.push(fidelity!);
      search.tell(toldOf({ index, genome, origin, score: undefined }));
    }
    expect(shares).toEqual([
      ...Array<number>(9).fill(1 / 9),
      ...Array<number>(5).fill(1 / 3),
      ...Array<number>(3).fill(1),
    ]);
  });
});

describe('a rung of asynchronous halving, eta 2', () => {
  /** Reports a trial's values at the closing of rungs 0, 1, 2 ... (steps 1, 2, 4, 8); how many it closed before it was stopped. */
  function trial(
    rungs: readonly Rung[],
    values: readonly (number | undefined)[],
  ): { closed: number; stopped: boolean } {
    for (const [rung, value] of values.entries()) {
      const score = value === undefined || Number.isNaN(value) ? undefined : -value;
      const runner = rungs[rung]!.add(
        toldOf({ index: 0, genome: { layers: [] }, origin: { by: '', parents: [] }, score }),
      );
      if (!rungs[rung]!.isAmongBest(runner.score, 2)) return { closed: rung + 1, stopped: true };
    }
    return { closed: values.length, stopped: false };
  }
  const newRungs = (): Rung[] => Array.from({ length: 5 }, () => new Rung());

  it('never stops the first trial', () => {
    expect(trial(newRungs(), [1, 1, 1, 1])).toEqual({ closed: 4, stopped: false });
  });

  it('lets a trial close as many rungs as it is good for', () => {
    const rungs = newRungs();
    for (let i = 1; i <= 7; i++) trial(rungs, [i / 10, i / 10, i / 10]);
    expect(trial(rungs, [0.75, 0.75, 0.75]).closed).toBe(1);
    expect(trial(rungs, [0.25, 0.25, 0.25])).toEqual({ closed: 2, stopped: true });
    expect(trial(rungs, [0.05, 0.05, 0.05])).toEqual({ closed: 3, stopped: false });
  });

  it('stops the worse of two, lets ties go on, and stops what has no number', () => {
    const rungs = newRungs();
    trial(rungs, [1]);
    expect(trial(rungs, [2]).stopped).toBe(true);
    expect(trial(rungs, [1]).stopped).toBe(false);
    expect(trial(rungs, [NaN]).stopped).toBe(true);
    expect(trial(newRungs(), [undefined]).stopped).toBe(true);
  });
});

describe('asynchronous successive halving', () => {
  const options = { eta: 2, rungs: 4 };

  it('pauses, and promotes the best half of a rung whenever there is one', () => {
    const search = startOn(toyNetworks, successiveHalving, options);
    const log: string[] = [];
    // Scores by network: the fourth is the best, then the first.
    const scores = [0.5, 0.2, 0.1, 0.9, 0.3, 0.4];
    let fresh = 0;
    const scoreOf = new Map<number, number>();
    for (let index = 0; index < 9; index++) {
      const { genome, origin, fidelity, continues } = search.ask(index, createRng(index))!;
      const score = continues === undefined ? scores[fresh++]! : scoreOf.get(continues)!;
      scoreOf.set(index, score);
      log.push(`${continues === undefined ? 'new' : continues}@${fidelity! * 8}`);
      search.tell(toldOf({ index, genome, origin, score, fidelity: fidelity! }));
    }
    expect(log).toEqual(['new@1', 'new@1', '0@2', 'new@1', 'new@1', '4@2', '5@4', 'new@1', 'new@1']);
  });

  it('without pauses decides when a result comes: who is stopped never goes on', () => {
    const steps = run(
      toyNetworks,
      successiveHalving,
      { ...options, promotion: 'no-pause' },
      { candidates: 300, seed: 1 },
    );
    const rungs = new Map<number, number[]>();
    const survivors = new Set<number>();
    for (const [index, { proposal, observed }] of steps.entries()) {
      const rung = rungs.get(proposal.fidelity!) ?? [];
      rung.push(observed);
      rungs.set(proposal.fidelity!, rung);
      const best = [...rung].sort((a, b) => b - a)[Math.max(1, Math.floor(rung.length / 2)) - 1]!;
      if (observed >= best && proposal.fidelity! < 1) survivors.add(index);
      if (proposal.continues !== undefined) expect(survivors.has(proposal.continues)).toBe(true);
    }
    expect(steps.filter(({ proposal }) => proposal.continues !== undefined).length).toBeGreaterThan(survivors.size - 3);
  });

  it.each(['pause', 'no-pause'])(
    'goes on once with each network it promotes, also when results come late (%s)',
    (promotion) => {
      for (const seed of seeds(5)) {
        const steps = run(
          toyNetworks,
          successiveHalving,
          { ...options, promotion },
          { candidates: 300, seed, lookahead: 8 },
        );
        const continued = steps.flatMap(({ proposal }) => proposal.continues ?? []);
        expect(new Set(continued).size).toBe(continued.length);
        const shares = [1, 2, 4, 8].map(
          (units) => steps.filter(({ proposal }) => proposal.fidelity! * 8 === units).length,
        );
        for (let rung = 1; rung < 4; rung++) expect(shares[rung]!).toBeLessThan(shares[rung - 1]!);
        expect(shares[3]!).toBeGreaterThan(0);
      }
    },
  );

  it('takes a promotion back that was not taken', () => {
    const search = startOn(toyNetworks, successiveHalving, options);
    for (let index = 0; index < 2; index++) {
      const { genome, origin } = search.ask(index, createRng(index))!;
      search.tell(toldOf({ index, genome, origin, score: index }));
    }
    expect(search.ask(2, createRng(2))!.continues).toBe(1);
    expect(search.ask(2, createRng(2))!.continues).toBe(1);
    expect(search.ask(3, createRng(3))!.continues).toBe(undefined);
  });

  it('starts from children of the best where that is asked for', () => {
    const steps = run(toyNetworks, successiveHalving, { ...options, entries: 'mutate' }, { candidates: 200, seed: 1 });
    expect(steps.filter(({ proposal }) => proposal.origin.by === 'random').length).toBeLessThan(10);
  });
});
