import { describe, expect, it } from '@jest/globals';
import { createRng, parseValues, type CurvePoint, type NetworkMeasures, type Told } from '../../../core/index.js';
import { createCurveWatch } from '../../../core/training/curve-watch.js';
import { halvingStop, medianStop, screen } from '../../../plugins/search/index.js';
import { halvingBounds } from '../../../plugins/search/stopping/halving-rule.js';
import { decisionSteps, medianBounds } from '../../../plugins/search/stopping/median-rule.js';
import { randomSearch } from '../../../search-strategies/random-search/index.js';
import { toyNetworks } from '../../../bench/landscapes/toy-networks.js';
import { middlewareContract } from '../../contracts/middleware.js';
import { plainContext, toldOf } from '../../contracts/told.js';

for (const [middleware, options] of [
  [medianStop, {}],
  [halvingStop, { minimum: 10 }],
  [screen, { measure: 'demo/any', draws: 3 }],
] as const) {
  for (const { name, run } of middlewareContract(middleware, { options })) it(name, run);
}

const point = (steps: number, meanReturn: number | undefined): CurvePoint => ({ steps, meanReturn, figures: {} });
const curve = (...values: (number | undefined)[]): CurvePoint[] => values.map((value, step) => point(step, value));
/** Where a training with these values is stopped. */
function stopOf(bounds: Parameters<typeof createCurveWatch>[0], values: readonly CurvePoint[]): number | undefined {
  const watch = createCurveWatch(bounds);
  return values.find((value) => watch.stops(value))?.steps;
}

describe('a watch over a curve', () => {
  it('compares the best value so far, each bound once', () => {
    const bounds = [
      { steps: 2, return: 5 },
      { steps: 4, return: 7 },
    ];
    expect(stopOf(bounds, curve(6, 1, 1, 1, 7))).toBeUndefined();
    expect(stopOf(bounds, curve(6, 1, 1, 1, 1))).toBe(4);
    expect(stopOf(bounds, curve(4, 4, 4, 9, 9))).toBe(2);
    // Equal is good enough, and where no episode has ended there is nothing to compare.
    expect(stopOf(bounds, curve(5, 5, 5, 7, 7))).toBeUndefined();
    expect(stopOf(bounds, curve(undefined, undefined, undefined, 7, 7))).toBeUndefined();
  });

  it('says why, and does not change its mind', () => {
    const watch = createCurveWatch([{ steps: 3, return: 5 }]);
    expect(watch.stops(point(2, 1))).toBe(false);
    expect(watch.reason).toBeUndefined();
    expect(watch.stops(point(4, 1))).toBe(true);
    expect(watch.stops(point(5, 100))).toBe(true);
    expect(watch.reason).toBe('stopped after 4 steps: the best mean return was 1, at least 5 was asked for');
  });
});

describe('the median rule', () => {
  it.each([
    // Warm-up, interval, reports, and the steps at which an always-worse training would be stopped (Optuna 1d8ce7bb6).
    [0, 1, 1, [0, 1, 2, 3, 4, 5]],
    [1, 1, 1, [1, 2, 3, 4, 5]],
    [1, 2, 1, [1, 3, 5]],
    [0, 3, 10, [0, 10, 20]],
    [2, 3, 10, [10, 20]],
    [0, 10, 3, [0, 12, 21]],
    [2, 10, 3, [3, 12, 24]],
  ])('warm-up %i, interval %i, a report every %i: decides at %j', (warmUp, interval, every, expected) => {
    const last = every === 1 ? 5 : 28;
    const reports = Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => i * every);
    expect(decisionSteps(reports, warmUp, interval)).toEqual(expected);
  });

  const rule = { quantile: 0.5, warmUp: 0, interval: 1, values: 1 };

  it('takes the median of the values at the same step', () => {
    const curves = [curve(1, 5), curve(2, 9), curve(6, 7), curve(8)];
    expect(medianBounds(curves, rule)).toEqual([
      { steps: 0, return: 4 },
      { steps: 1, return: 7 },
    ]);
    expect(medianBounds(curves, { ...rule, quantile: 0 }).map((bound) => bound.return)).toEqual([1, 5]);
    expect(medianBounds(curves, { ...rule, values: 4 })).toHaveLength(1);
    expect(medianBounds([curve(undefined)], rule)).toEqual([]);
    expect(medianBounds([], rule)).toEqual([]);
  });
});

describe('successive halving within trainings', () => {
  const rule = { minimum: 1, eta: 2 };

  /** Trainings with one value each, one after the other: where each ends. */
  function race(values: readonly number[], steps: number): (number | undefined)[] {
    const seen: CurvePoint[][] = [];
    return values.map((value) => {
      const full = Array.from({ length: steps }, (_, i) => point(i + 1, value));
      const stop = stopOf(halvingBounds(seen, rule), full);
      seen.push(full.slice(0, stop ?? steps));
      return stop;
    });
  }

  it('never stops the first, nor what is as good', () => {
    expect(race([1, 1, 2], 10)).toEqual([undefined, undefined, undefined]);
  });

  it('stops what is worse than the best half at a rung (Optuna 1d8ce7bb6)', () => {
    expect(race([1, 0.5], 10)).toEqual([undefined, 1]);
    const seven = [-0.1, -0.2, -0.3, -0.4, -0.5, -0.6, -0.7];
    expect(race([...seven, -0.75], 7).at(-1)).toBe(1);
    expect(race([...seven, -0.25], 7).at(-1)).toBe(2);
    expect(race([...seven, -0.05], 7).at(-1)).toBeUndefined();
  });
});

describe('stopping as middleware', () => {
  const told = (index: number, genome: Told['genome'], score: number | undefined, rest: Partial<Told> = {}): Told =>
    toldOf({ index, genome, origin: { by: 'random', parents: [] }, score, ...rest });
  const inner = (moves: typeof toyNetworks.moves) => randomSearch.start({}, moves, plainContext);

  it('hands bounds to candidates once enough trainings came to their end', () => {
    const options = parseValues(medianStop.options, { candidates: 2 }, '');
    const search = medianStop.wrap(options, inner, toyNetworks.moves, plainContext);
    const first = search.ask(0, createRng(1))!;
    expect(first.stopBelow).toBeUndefined();
    search.tell(told(0, first.genome, 1, { curve: curve(1, 2) }));
    // Stopped and partial trainings are no yardstick.
    search.tell(told(1, first.genome, undefined, { curve: curve(9) }));
    search.tell(told(2, first.genome, 1, { curve: curve(9, 9), fidelity: 0.5 }));
    expect(search.ask(3, createRng(2))!.stopBelow).toBeUndefined();
    search.tell(told(3, first.genome, 1, { curve: curve(3, 4) }));
    expect(search.ask(4, createRng(3))!.stopBelow).toEqual([
      { steps: 0, return: 2 },
      { steps: 1, return: 3 },
    ]);
  });

  it('compares with networks alone that are as good in every objective that is known before', () => {
    const small = toyNetworks.moves.read('C8 C8');
    const large = toyNetworks.moves.read('C64 C64 C64');
    const measures: NetworkMeasures = {
      has: (id) => id === 'score/parameters',
      directionOf: () => 'minimise',
      of: (_, genome) => genome.layers.length,
    };
    const context = { ...plainContext, objectives: ['score/greedy-mean', 'score/parameters'], measures };
    const options = parseValues(medianStop.options, { candidates: 1 }, '');
    const asks = [small, large].map((genome) => {
      const proposing = () => ({ ask: () => ({ genome, origin: { by: 'test', parents: [] } }), tell: () => undefined });
      const search = medianStop.wrap(options, proposing, toyNetworks.moves, context);
      search.tell(told(0, large, 1, { curve: curve(5), objectives: [1, -large.layers.length] }));
      return search.ask(1, createRng(1))!;
    });
    expect(asks.map(({ stopBelow }) => stopBelow)).toEqual([undefined, [{ steps: 0, return: 5 }]]);
  });
});

describe('screening', () => {
  const measures: NetworkMeasures = {
    has: (id) => id === 'demo/length',
    directionOf: () => 'minimise',
    of: (_, { layers }) => layers.length,
  };
  const mean = (draws: number): number => {
    const options = { measure: 'demo/length', draws };
    const search = screen.wrap(options, (moves) => randomSearch.start({}, moves, plainContext), toyNetworks.moves, {
      ...plainContext,
      measures,
    });
    const lengths = Array.from({ length: 200 }, (_, i) => search.ask(i, createRng(i))!.genome.layers.length);
    return lengths.reduce((a, b) => a + b, 0) / 200;
  };

  it('keeps the best of several draws', () => {
    expect(mean(8)).toBeLessThan(mean(2));
  });

  it('refuses a measure that nobody knows', () => {
    const start = () =>
      screen.wrap(
        { measure: 'demo/nothing', draws: 2 },
        () => ({ ask: () => undefined, tell: () => undefined }),
        toyNetworks.moves,
        {
          ...plainContext,
          measures,
        },
      );
    expect(start).toThrow(/"demo\/nothing" is no measure.*\[unknown-measure\]/);
  });
});
