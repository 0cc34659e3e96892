import { compile } from '../../../compiler/compile.js';
import { Graph, type Tensor } from '../../../compiler/graph.js';
import { constant, orthogonal } from '../../../compiler/initializers.js';
import { parseValues } from '../../../core/domain.js';
import type { Model } from '../../../core/model/model.js';
import type { Space } from '../../../core/environment/space.js';
import { rowsOf } from '../../../core/environment/space.js';
import { createRng } from '../../../core/random.js';
import { ppo, ppoOptions, type PpoOptions } from '../../../plugins/ppo/index.js';

/** A layer of a test network. */
export interface Hidden {
  readonly units: number;
  readonly activation?: 'tanh' | 'relu' | 'none';
}

export function optionsOf(given: Readonly<Record<string, unknown>> = {}): PpoOptions {
  return parseValues(ppoOptions, given, 'trainer');
}

/** A dense network for the trainer, as the engine would build it for a genome. */
export function network(
  hidden: readonly Hidden[],
  observationSpace: Space,
  actionSpace: Space,
  options: PpoOptions,
  seed: number,
  backend: 'wasm' | 'javascript' = 'wasm',
  capacity = 64,
): Model {
  const request = ppo.request(options, actionSpace);
  const graph = new Graph();
  const input = graph.input(rowsOf(observationSpace), 'observation');
  const dense = (x: Tensor, units: number, gain: number): Tensor =>
    graph.affine(x, graph.parameter([units, x.rows + 1], orthogonal(gain)));
  const trunk = (x: Tensor): Tensor =>
    hidden.reduce((tensor, { units, activation = 'tanh' }) => {
      const y = dense(tensor, units, request.hiddenGain);
      const active = activation === 'none' ? y : activation === 'tanh' ? graph.tanh(y) : graph.relu(y);
      return options.dropout > 0 ? graph.dropout(active, options.dropout) : active;
    }, x);
  const policyTrunk = trunk(input);
  const head = dense(
    policyTrunk,
    actionSpace.kind === 'discrete' ? actionSpace.n : rowsOf(actionSpace),
    request.policyGain,
  );
  const policy =
    actionSpace.kind === 'box'
      ? graph.appendRows(head, graph.parameter([head.rows], constant(request.logDeviation ?? 0)))
      : head;
  const valueTrunk = request.network === 'shared' ? policyTrunk : trunk(input);
  const value = dense(valueTrunk, 1, request.valueGain);
  const program = compile(graph, { outputs: { policy, value }, heads: request.heads, capacity, backend });
  program.initialize(createRng(seed).fork('parameters'));
  const parameters = graph.parameterCount;
  const counts = {
    policyParameters: parameters,
    valueParameters: parameters,
    parameters,
    layers: hidden.length + 1,
    quantumLayers: 0,
    qubits: 0,
  };
  return { graph, program, observationSpace, actionSpace, counts };
}
