import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { parseDna } from '../../../core/genome/dna.js';
import { configureConstraint, type Constraint } from '../../../core/genome/constraint.js';
import { express } from '../../../core/genome/express.js';
import { lowerNetwork } from '../../../core/model/build-model.js';
import { createRng } from '../../../core/random.js';
import { createMoves } from '../../../core/search/create-moves.js';
import { parseConfigValues } from '../../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import { box } from '../../../core/environment/space.js';
import { flopBudget, noAdjacentQuantumLayers, parameterBudget, quantumLayers } from '../../../plugins/search/index.js';
import { constraintContract } from '../../contracts/constraint.js';

const registries = createContainer(builtInPlugins).get(REGISTRIES);
const space = registries.searchSpaces.get('paper/balanced');
const context = {
  space,
  kinds: registries.layers,
  mutations: registries.mutations,
  constraints: registries.constraints,
};
const task = { observationRows: 4, policyRows: 2 };

const given: readonly (readonly [Constraint, Readonly<Record<string, number | string>>])[] = [
  [parameterBudget, { maximum: 4000 }],
  [flopBudget, { maximum: 200_000 }],
  [quantumLayers, {}],
  [noAdjacentQuantumLayers, {}],
];
for (const [constraint, options] of given) {
  for (const { name, run } of constraintContract(constraint, context, options)) it(name, run);
}

function refusal(constraint: Constraint, dna: string, options: Readonly<Record<string, number | string>> = {}) {
  const configured = configureConstraint(constraint, options);
  const surroundings = { kinds: registries.layers, limits: space.limits, task, options: configured.options };
  return constraint.check(parseDna(dna, registries.layers), surroundings)?.reason;
}

describe('parameter budget', () => {
  const dna = 'C 16 T Q 4 F 2 C 8 R C 1';

  it.each(['separate', 'shared'] as const)('counts what a built network has (%s)', (network) => {
    const expressed = express(parseDna('C 4 T Q 4 F 2 C 8 R C 1', registries.layers), {
      kinds: registries.layers,
      task,
    });
    if (!expressed.ok) throw new Error(expressed.reason);
    const { counts } = lowerNetwork(expressed.network, {
      network,
      observationSpace: box([0, 0, 0, 0], [1, 1, 1, 1]),
    });
    const { parameters } = counts;
    expect(refusal(parameterBudget, 'C 4 T Q 4 F 2 C 8 R C 1', { maximum: parameters, network })).toBe(undefined);
    expect(refusal(parameterBudget, 'C 4 T Q 4 F 2 C 8 R C 1', { maximum: parameters - 1, network })).toBe(
      `${parameters} weights, the budget is ${parameters - 1}`,
    );
  });

  it('leaves a network that does not fit together to those who say why', () => {
    expect(refusal(parameterBudget, dna, { maximum: 1 })).toBe(undefined);
  });

  it('must be given a maximum', () => {
    expect(() => configureConstraint(parameterBudget)).toThrow(/search\/parameter-budget.maximum.*missing-option/);
  });
});

it('the FLOP budget counts two operations per weight, and grows with qubits', () => {
  // 4 -> 8 -> 2: 40 + 18 weights, 8 + 2 outputs.
  expect(refusal(flopBudget, 'C 8 T C 1', { maximum: 125 })).toBe('126 operations, the budget is 125');
  expect(refusal(flopBudget, 'C 8 T C 1', { maximum: 126 })).toBe(undefined);
  // The head on 2^n probabilities has more weights as well.
  const operations = (qubits: number): number =>
    Number(refusal(flopBudget, `C ${qubits} T Q ${qubits} L 1 C 1`, { maximum: 1 })!.split(' ')[0]);
  expect(operations(8)).toBeGreaterThan(16 * operations(4));
});

it('quantum layers are counted', () => {
  expect(refusal(quantumLayers, 'C 8 T C 1')).toBe('0 quantum layers, at least 1 are asked for');
  expect(refusal(quantumLayers, 'C 4 T Q 4 L 1 C 1')).toBe(undefined);
  expect(refusal(quantumLayers, 'C 4 T Q 4 L 1 C 1', { minimum: 0, maximum: 0 })).toBe(
    '1 quantum layers, at most 0 are allowed',
  );
  expect(() => refusal(quantumLayers, 'C 8 T C 1', { minimum: 2, maximum: 1 })).toThrow(/minimum <= maximum/);
});

it('quantum layers stand apart', () => {
  expect(refusal(noAdjacentQuantumLayers, 'C 3 R Q 3 F 1 Q 2 L 1 C 1')).toBe('layers 2 and 3 are both quantum layers');
  expect(refusal(noAdjacentQuantumLayers, 'C 3 R Q 3 F 1 C 2 T Q 2 L 1 C 1')).toBe(undefined);
});

describe('a search', () => {
  const moves = (constraints: Parameters<typeof createMoves>[0]['constraints']) =>
    createMoves({
      space,
      mutations: space.mutations.map((id) => ({ mutation: registries.mutations.get(id), weight: 1 })),
      constraints,
      limits: space.limits,
      kinds: registries.layers,
      task,
    });

  it('keeps every constraint, and counts what they refuse', () => {
    const budget = { maximum: 3000 };
    const made = moves([configureConstraint(parameterBudget, budget), configureConstraint(quantumLayers)]);
    let { genome } = made.random(createRng(1));
    for (let step = 0; step < 100; step++) {
      ({ genome } = made.mutate(genome, createRng(step)));
      const expressed = express(genome, { kinds: registries.layers, task });
      expect(expressed.ok).toBe(true);
      const surroundings = { kinds: registries.layers, limits: space.limits, task };
      for (const { constraint, options } of [
        configureConstraint(parameterBudget, budget),
        configureConstraint(quantumLayers),
      ]) {
        expect(constraint.check(genome, { ...surroundings, options })).toBe(undefined);
      }
    }
    const total = [...made.rejections.values()].reduce((sum, { count }) => sum + count, 0);
    const taken = Object.values(made.takeRejections() ?? {}).reduce((sum, count) => sum + count, 0);
    expect(taken).toBe(total);
    expect([...made.rejections.keys()].some((name) => name.endsWith(': search/quantum-layers'))).toBe(true);
    expect(made.takeRejections()).toBe(undefined);
  });

  it('that starves says which constraint starves it', () => {
    expect(() => moves([configureConstraint(parameterBudget, { maximum: 10 })]).random(createRng(1))).toThrow(
      /"search\/parameter-budget" starves the search.*weights, the budget is 10.*Loosen or drop the constraint "search\/parameter-budget".*\[search-starved\]/s,
    );
  });
});

describe('in a config', () => {
  const resolve = (constraints: unknown, rest: object = {}) =>
    resolveConfig(
      parseConfigValues(
        {
          preset: 'corrected',
          searchSpace: { use: 'paper/balanced', constraints },
          budget: { candidates: 9 },
          ...rest,
        },
        'test',
      ),
      registries,
    );

  it('constraints are ids, or ids with options; the same one holds once', () => {
    const { constraints } = resolve([
      'search/quantum-layers',
      { use: 'search/quantum-layers' },
      { use: 'search/parameter-budget', maximum: 2000 },
    ]).searchSpace;
    expect(constraints.slice(space.constraints.length)).toEqual([
      { use: 'search/quantum-layers', minimum: 1, maximum: 1000 },
      { use: 'search/parameter-budget', maximum: 2000, network: 'separate' },
    ]);
  });

  it.each([
    [['search/parameter-budgte'], /searchSpace.constraints.*parameter-budgte.*Did you mean "search\/parameter-budget"/],
    [['search/parameter-budget'], /searchSpace.constraints.0.maximum.*must be given/],
    [[{ use: 'search/parameter-budget', maximum: 0 }], /searchSpace.constraints.0.maximum.*an integer in \[1, /],
    [[{ use: 'search/parameter-budget', maximum: 5, minimum: 1 }], /there is no option "minimum"/],
  ])('wrong ones are named with their place: %j', (constraints, message) => {
    expect(() => resolve(constraints)).toThrow(message);
  });

  it('middleware stands beside the strategy, with its options', () => {
    const strategy = {
      use: 'regularized-evolution/aging',
      with: ['search/deduplicate', { use: 'search/repeat', times: 2 }],
    };
    const resolved = resolve([], { strategy });
    expect(resolved.strategy.with).toEqual([
      { use: 'search/deduplicate', tries: 50 },
      { use: 'search/repeat', times: 2 },
    ]);
    // What was resolved is a config itself.
    const again = resolveConfig(parseConfigValues(JSON.parse(JSON.stringify(resolved)), 'test'), registries);
    expect(again.strategy).toEqual(resolved.strategy);
    expect(again.searchSpace).toEqual(resolved.searchSpace);
  });

  it('wrong middleware is named with its place', () => {
    const wrong = (around: unknown) => resolve([], { strategy: { use: 'regularized-evolution/aging', with: around } });
    expect(() => wrong(['search/repeta'])).toThrow(/strategy.with.*Did you mean "search\/repeat"/);
    expect(() => wrong([{ use: 'search/repeat', times: 1 }])).toThrow(/strategy.with.0.times/);
  });
});
