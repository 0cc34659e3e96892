import { describe, expect, it } from '@jest/globals';
import { choice, integer } from '../../core/domain.js';
import type { Constraint } from '../../core/genome/constraint.js';
import type { Mutation } from '../../core/genome/mutation.js';
import type { SearchSpace } from '../../core/genome/search-space.js';
import { defineLayerKind, refuse, type Gene, type LayerKind } from '../../core/layer/layer-kind.js';
import { Registry } from '../../core/registry.js';
import type { SearchStrategy } from '../../core/search/strategy.js';
import { Graph, defineOp, orthogonal, type Op } from '../../compiler/index.js';
import { dense, mlp } from '../../plugins/classical/index.js';
import { randomSearch } from '../../search-strategies/random-search/index.js';
import { constraintContract } from '../contracts/constraint.js';
import type { Check } from '../contracts/contract.js';
import { layerKindContract } from '../contracts/layer-kind.js';
import { mutationContract } from '../contracts/mutation.js';
import { searchSpaceContract } from '../contracts/search-space.js';
import type { SpaceContext } from '../contracts/space-context.js';
import { strategyContract } from '../contracts/strategy.js';

/** Names of the checks that fail. */
async function failing(checks: readonly Check[]): Promise<string> {
  const failed: string[] = [];
  for (const { name, run } of checks) {
    try {
      await run();
    } catch {
      failed.push(name.slice(name.indexOf(': ') + 2));
    }
  }
  return failed.join('; ');
}

const good: Mutation = { id: 'test/good', summary: '', mutate: ({ layers }) => ({ layers: [...layers] }) };
const context: SpaceContext = {
  space: { ...mlp, mutations: [good.id] },
  kinds: new Registry('layer', [dense]),
  mutations: new Registry('mutation', [good]),
  constraints: new Registry<Constraint>('constraint', []),
};

describe('a contract notices', () => {
  const tanhWithWrongGradient: Op = (() => {
    let captured: Op | undefined;
    const probe = defineLayerKind({ ...base(), lower: (_hyper, graph, input) => graph.tanh(input) });
    const plan = probe.plan({ kind: 'test/layer', units: 2, mode: 'a' });
    const graph = new Graph();
    plan.lower(graph, graph.input(2), { rows: undefined, role: 'hidden', gain: 1 });
    const op = graph.nodes[1]!.op;
    if (op !== 'input') captured = op;
    const { reference } = captured!;
    return defineOp({
      ...captured!,
      id: 'test/tanh',
      reference: { ...reference, backward: (...args) => ({ ...reference.backward(...args), inputs: [args[3]] }) },
    });
  })();

  it.each<[string, Partial<LayerKind> | LayerKind, string]>([
    [
      'a sample outside its domain',
      { sample: () => ({ kind: 'test/layer', units: 99, mode: 'a' }) },
      'samples lie in their domains',
    ],
    [
      'a perturbation of two values',
      {
        perturb: (gene: Gene) => ({
          ...gene,
          units: Number(gene['units']) === 1 ? 2 : 1,
          mode: gene['mode'] === 'a' ? 'b' : 'a',
        }),
      },
      'at most one hyperparameter',
    ],
    [
      'a letter that stands twice',
      { notation: { symbol: 'X', fields: [{ hyper: 'units' }, { hyper: 'mode', letters: { a: 'A', b: 'A' } }] } },
      'letter of its own; genes come back',
    ],
    ['rows that are not what was declared', defineLayerKind({ ...base(), outputRows: () => 3 }), 'lowers to the rows'],
    [
      'a wrong gradient',
      defineLayerKind({
        ...base(),
        outputRows: (_hyper, rows) => rows,
        lower: (_hyper, graph, input) => graph.apply(tanhWithWrongGradient, [input]),
      }),
      'float64 gradients agree',
    ],
    [
      'a layer that fits nowhere',
      defineLayerKind({ ...base(), outputRows: () => refuse('never') }),
      'stands in some place',
    ],
  ])('%s', async (_what, change, check) => {
    const kind: LayerKind = { ...defineLayerKind(base()), ...change };
    expect(await failing(layerKindContract(kind))).toContain(check);
    expect(await failing(layerKindContract(defineLayerKind(base())))).toBe('');
  });

  it.each<[string, Mutation['mutate'], string]>([
    [
      'a mutation that changes its parent',
      (parent) => {
        (parent.layers as Gene[]).pop();
        return parent;
      },
      'leaves its parent alone',
    ],
    ['a mutation that gives its parent', (parent) => parent, 'leaves its parent alone'],
    [
      'a mutation with randomness of its own',
      (() => {
        let calls = 0;
        return ({ layers }) => ({ layers: layers.with(0, { ...layers[0]!, units: 2 + (calls++ % 3) }) });
      })(),
      'same child',
    ],
    [
      'a mutation without any valid child',
      ({ layers }) => ({ layers: layers.map((gene) => ({ ...gene, units: 4000 })) }),
      'valid children',
    ],
  ])('%s', async (_what, mutate, check) => {
    expect(await failing(mutationContract({ ...good, mutate }, context))).toContain(check);
    expect(await failing(mutationContract(good, context))).toBe('');
  });

  it.each<[string, Partial<Constraint>, string]>([
    ['a constraint that refuses everything', { check: () => refuse('no') }, 'accepts some network'],
    [
      'a refusal without a reason',
      { check: ({ layers }) => (layers.length > 2 ? refuse('') : undefined) },
      'with a reason',
    ],
    [
      'a repair that does not help',
      { check: ({ layers }) => (layers.length > 2 ? refuse('long') : undefined), repair: (genome) => genome },
      'repairs to a genome',
    ],
  ])('%s', async (_what, change, check) => {
    const constraint: Constraint = { id: 'test/rule', summary: '', check: () => undefined, ...change };
    expect(await failing(constraintContract(constraint, context))).toContain(check);
  });

  it.each<[string, Partial<SearchSpace>, string]>([
    ['limits that cannot be kept', { limits: { layers: [2, 1] } }, 'limits that can be kept'],
    ['a mutation that does not exist', { mutations: ['test/none'] }, 'exist'],
    [
      'draws that are mostly invalid',
      {
        random: (place) => {
          const { layers } = mlp.random(place);
          return { layers: place.rng.int(4) > 0 ? [...layers, ...layers, ...layers] : layers };
        },
      },
      'every second time',
    ],
  ])('%s', async (_what, change, check) => {
    expect(await failing(searchSpaceContract({ ...context, space: { ...context.space, ...change } }))).toContain(check);
    expect(await failing(searchSpaceContract(context))).toBe('');
  });

  it.each<[string, SearchStrategy['start'], string]>([
    [
      'hidden randomness',
      (() => {
        let calls = 0;
        return (_options, moves) => ({
          ask: (_index, rng) => {
            const { genome, by } = moves.random(rng.fork('x', calls++));
            return { genome, origin: { by, parents: [] } };
          },
          tell: () => undefined,
        });
      })(),
      'same for the same seed',
    ],
    [
      'a genome of its own making',
      (_options, moves) => ({
        ask: (_index, rng) => {
          const { genome, by } = moves.mutate({ layers: [] }, rng);
          return { genome, origin: { by, parents: [] } };
        },
        tell: () => undefined,
      }),
      'proposes the same',
    ],
    [
      'a parent that was never told',
      (_options, moves) => ({
        ask: (index, rng) => ({ ...moves.random(rng), origin: { by: 'random', parents: [index] } }),
        tell: () => undefined,
      }),
      'parents',
    ],
    [
      'a crash on failed candidates',
      (_options, moves) => ({
        ask: (_index, rng) => ({ ...moves.random(rng), origin: { by: 'random', parents: [] } }),
        tell: ({ score }) => {
          if (score === undefined) throw new Error('no score');
        },
      }),
      'all candidates fail',
    ],
    [
      'a failure that is swallowed',
      (_options, moves) => ({
        ask: (_index, rng) => {
          for (;;) {
            try {
              return { ...moves.random(rng), origin: { by: 'random', parents: [] } };
            } catch {
              continue;
            }
          }
        },
        tell: () => undefined,
      }),
      'a move fails',
    ],
  ])('%s', async (_what, start, check) => {
    expect(await failing(strategyContract({ ...randomSearch, start }))).toContain(check);
    expect(await failing(strategyContract(randomSearch))).toBe('');
  });
});

/** A layer without fault. */
function base() {
  return {
    id: 'test/layer',
    summary: '',
    hyper: { units: integer(1, 9), mode: choice(['a', 'b']) },
    outputRows: (
      { units }: { units: number },
      _rows: number,
      { rows, role }: { rows: number | undefined; role: string },
    ) => (role === 'hidden' ? units : (rows ?? units)),
    lower: (
      { units }: { units: number },
      graph: Graph,
      input: ReturnType<Graph['input']>,
      { rows, role }: { rows: number | undefined; role: string },
    ) =>
      graph.affine(
        input,
        graph.parameter([role === 'hidden' ? units : (rows ?? units), input.rows + 1], orthogonal(1)),
      ),
  } as const;
}
