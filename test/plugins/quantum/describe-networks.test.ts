import { expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { describeNetworks } from '../../../core/experiment/report/describe-networks.js';
import { foldHistory } from '../../../core/experiment/fold.js';
import { reportHtml } from '../../../core/experiment/report/report-html.js';
import { reportText } from '../../../core/experiment/report/report-text.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import { sampleHistory } from '../../core/experiment/sample-history.js';

const { layers: kinds } = createContainer(builtInPlugins).get(REGISTRIES);
const task = { observationRows: 4, policyRows: 2 };
const stateOf = (...dnas: readonly string[]) =>
  // Only these members of the rows are read.
  ({
    leaderboard: dnas.map((dna, candidate) => ({ dna, candidate, kind: 'hybrid' })),
    winner: undefined,
  }) as unknown as Parameters<typeof describeNetworks>[0];

it('circuits of the best hybrid networks say what hqnas circuit would', () => {
  const [network] = describeNetworks(stateOf('C 4 T Q 4 F 2 C 1'), kinds, task);
  expect(network!.layers.map(({ name }) => name)).toEqual(['layer 2: Q 4 F 2']);
  const { rows, svg } = network!.layers[0]!.description;
  expect(Object.fromEntries(rows)).toMatchObject({
    qubits: '4',
    parameters: '24',
    'dead parameters': '4',
    'two-qubit gates': '8',
  });
  expect(svg).toContain('<svg');
});

it('final circuits are described in both of their places, unknown kinds and repeats left out', () => {
  const described = describeNetworks(stateOf('C 4 T Q 4 L 1', 'C 4 T Q 4 L 1', '[nobody/knows {}] C 1'), kinds, task);
  expect(described.map(({ layers }) => layers.map(({ name }) => name))).toEqual([
    ['layer 2: Q 4 L 1 as policy head', 'layer 2: Q 4 L 1 as value head'],
  ]);
});

it('a layer under noise, a linear input map and dropped weights are described as they are built', () => {
  const circuit = (more: object): string =>
    `[quantum-statevector/circuit ${JSON.stringify({ qubits: 2, ansatz: 'strong', repetitions: 1, ...more })}]`;
  const noisy = '[quantum/noisy-circuit {"qubits":2,"ansatz":"strong","repetitions":1}]';
  const hidden = [circuit({ inputs: 'linear' }), `C 2 T ${circuit({ deadWeights: 'dropped' })}`, `C 2 T ${noisy}`];
  const described = describeNetworks(stateOf(...hidden.map((dna) => `${dna} C 1`)), kinds, task);
  const rows = described.map(({ layers }) => Object.fromEntries(layers[0]!.description.rows));
  expect(rows.map(({ inputs, parameters }) => [inputs, parameters])).toEqual([
    ['2', '6'],
    ['2', '4'],
    ['2', '6'],
  ]);
});

it('reports show them, with drawings whose styles are their own', async () => {
  const state = await foldHistory(sampleHistory(20));
  const networks = describeNetworks(stateOf('C 4 T Q 4 F 2 C 1'), kinds, task);
  const html = reportHtml(state, networks);
  expect(html).toContain('Inside the best hybrid networks');
  expect(html.match(/<svg[^>]*class="circuit"/g)).toHaveLength(1);
  expect(html).not.toMatch(/<style>line/);
  expect(reportHtml(state)).not.toContain('Inside the best');
  expect(reportText(state, 10, networks)).toMatch(/layer 2: Q 4 F 2: qubits 4, parameters 24, dead parameters 4/);
});
