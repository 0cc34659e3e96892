import { describe, expect, it } from '@jest/globals';
import { Graph } from '../../../compiler/index.js';
import { parseDna, printDna } from '../../../core/genome/dna.js';
import { express } from '../../../core/genome/express.js';
import { createRng } from '../../../core/random.js';
import { Registry } from '../../../core/registry.js';
import classical from '../../../plugins/classical/index.js';
import { layerKindContract } from '../../contracts/layer-kind.js';
import { mutationContract } from '../../contracts/mutation.js';
import { searchSpaceContract } from '../../contracts/search-space.js';
import { movesOf } from '../../contracts/space-context.js';

const kinds = new Registry('layer', classical.layers!);
const context = {
  space: classical.searchSpaces![0]!,
  kinds,
  mutations: new Registry('mutation', classical.mutations!),
  constraints: new Registry('constraint', []),
};

for (const kind of classical.layers!) {
  for (const { name, run } of layerKindContract(kind)) it(name, run);
}
for (const { name, run } of searchSpaceContract(context)) it(name, run);
for (const mutation of classical.mutations!) {
  for (const { name, run } of mutationContract(mutation, context)) it(name, run);
}

describe('classical/dense', () => {
  it('is linear with the numbers of the head at the end of a network', () => {
    const result = express(parseDna('C 3 T C 17 R', kinds), { kinds, task: { observationRows: 4, policyRows: 2 } });
    if (!result.ok) throw new Error(result.reason);
    const graph = new Graph();
    let x = graph.input(4);
    for (const { plan, place } of result.network.policy) x = plan.lower(graph, x, place);
    expect(graph.nodes.map(({ op, rows }) => [op === 'input' ? op : op.id.split('/')[1], rows])).toEqual([
      ['input', 4],
      ['affine', 3],
      ['tanh', 3],
      ['affine', 2],
    ]);
    // 3 x (4 + 1) + 2 x (3 + 1)
    expect(graph.parameterCount).toBe(23);
  });

  it('starts with the gain of its place and no bias', () => {
    const plan = kinds.get('classical/dense').plan({ kind: 'classical/dense', units: 2, activation: 'relu' });
    const graph = new Graph();
    plan.lower(graph, graph.input(3), { rows: 1, role: 'value', gain: 0.5 });
    const [{ shape, initialize }] = graph.parameters as [(typeof graph.parameters)[number]];
    const values = new Float64Array(4);
    initialize(values, shape, createRng(1));
    expect(Math.hypot(...values)).toBeCloseTo(0.5, 12);
    expect(values[3]).toBe(0);
  });
});

it('classical/mlp stays within its limits over many mutations and reaches both ends', () => {
  const moves = movesOf({ ...context, limits: { layers: [2, 4], units: [3, 6] } });
  let { genome } = moves.random(createRng(1));
  const seen = new Set<string>();
  for (let step = 0; step < 600; step++) {
    ({ genome } = moves.mutate(genome, createRng(step)));
    seen.add(printDna(genome, kinds));
  }
  expect([...seen].every((dna) => /^(C [3-6] [TRI] ){1,3}C 1$/.test(dna))).toBe(true);
  for (const start of ['C 3', 'C 6']) expect([...seen].some((dna) => dna.startsWith(start))).toBe(true);
  for (const layers of [2, 4]) expect([...seen].some((dna) => dna.split('C').length === layers + 1)).toBe(true);
});
