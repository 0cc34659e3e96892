import { compile } from '../../compiler/compile.js';
import { Graph, type OpReplacement, type Tensor } from '../../compiler/graph.js';
import { constant } from '../../compiler/initializers.js';
import type { CompileOptions } from '../../compiler/program.js';
import { HqnasError } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { Space } from '../environment/space.js';
import { rowsOf } from '../environment/space.js';
import type { ExpressedNetwork, PlacedLayer } from '../genome/express.js';
import type { Model, ModelCounts } from './model.js';

export interface ModelOptions extends Pick<
  CompileOptions,
  'heads' | 'capacity' | 'inputGradients' | 'backend' | 'relaxed' | 'memory' | 'modules'
> {
  /** Actor and critic as two networks of the same genome, or one trunk with two heads. */
  readonly network: 'separate' | 'shared';
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Logarithm of the standard deviation that continuous actions start with; default 0. */
  readonly logDeviation?: number;
  /** Share of the numbers of every hidden layer that are dropped while the program has a stream for it; default 0. */
  readonly dropout?: number;
  /** Other ops in place of those that layers append. */
  readonly replace?: OpReplacement | undefined;
}

/** Numbers that the policy head of a genome must give: logits of a discrete action, means of a continuous one. */
export function policyRowsOf(actionSpace: Space): number {
  return actionSpace.kind === 'discrete' ? actionSpace.n : actionSpace.low.length;
}

/**
 * Appends the networks of a genome to a graph: outputs `policy` and `value`, and what they weigh. Below the means of
 * continuous actions stand the logarithms of their standard deviations, which do not depend on the observation.
 */
export function lowerNetwork(
  network: ExpressedNetwork,
  {
    network: form,
    observationSpace,
    actionSpace,
    logDeviation = 0,
    dropout = 0,
    replace,
  }: Pick<ModelOptions, 'network' | 'observationSpace' | 'logDeviation' | 'dropout' | 'replace'> &
    Partial<Pick<ModelOptions, 'actionSpace'>>,
): {
  readonly graph: Graph;
  readonly outputs: { readonly policy: Tensor; readonly value: Tensor };
  readonly counts: ModelCounts;
} {
  const graph = new Graph();
  const observation = graph.input(rowsOf(observationSpace), 'observation');
  const trunkLength = form === 'shared' ? network.policy.length - 1 : 0;
  const append = (input: Tensor, layers: readonly PlacedLayer[], scope: string, first: number): Tensor =>
    graph.replacing(replace ?? unchanged, () => lowerLayers(graph, input, layers, scope, first, dropout));
  const trunk = append(observation, network.policy.slice(0, trunkLength), 'trunk', 0);
  const trunkParameters = graph.parameterCount;
  const head = append(trunk, network.policy.slice(trunkLength), 'policy', trunkLength);
  const policy =
    actionSpace?.kind === 'box'
      ? graph.appendRows(head, graph.parameter([head.rows], constant(logDeviation), 'policy log deviation'))
      : head;
  const policyParameters = graph.parameterCount;
  const value = append(trunk, network.value.slice(trunkLength), 'value', trunkLength);
  const qubits = network.policy.map(({ plan }) => plan.qubits);
  const counts: ModelCounts = {
    policyParameters,
    valueParameters: trunkParameters + graph.parameterCount - policyParameters,
    parameters: graph.parameterCount,
    layers: network.policy.length,
    quantumLayers: qubits.filter((count) => count > 0).length,
    qubits: Math.max(...qubits),
  };
  return { graph, outputs: { policy, value }, counts };
}

/** Lowers and compiles the networks of a genome. */
export function buildModel(network: ExpressedNetwork, options: ModelOptions): Model {
  const { graph, outputs, counts } = lowerNetwork(network, options);
  const {
    observationSpace,
    actionSpace,
    network: _form,
    logDeviation: _start,
    dropout: _dropped,
    replace: _replaced,
    ...compileOptions
  } = options;
  const program = compile(graph, { outputs, ...compileOptions });
  return { graph, program, observationSpace, actionSpace, counts };
}

const unchanged: OpReplacement = () => undefined;

function lowerLayers(
  graph: Graph,
  input: Tensor,
  layers: readonly PlacedLayer[],
  scope: string,
  first: number,
  dropout: number,
): Tensor {
  return layers.reduce((tensor, { plan, place }, index) => {
    const before = graph.nodes.length;
    const lowered = graph.within(`${scope}/${first + index}`, () => plan.lower(graph, tensor, place));
    for (const { op, attributes } of graph.nodes.slice(before)) {
      // The graph's own inputs have no kernel and no attributes.
      if (op !== 'input') checkAttributes(op.id, attributes, `layer ${first + index + 1} (${plan.gene.kind})`);
    }
    return dropout > 0 && place.role === 'hidden' ? graph.dropout(lowered, dropout) : lowered;
  }, input);
}

/** What a layer gives an op becomes part of the program's name, so it must be JSON. @throws HqnasError `invalid-attribute` */
function checkAttributes(op: string, attributes: JsonObject, layer: string): void {
  const check = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const [i, item] of value.entries()) check(item, `${path}[${i}]`);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) check(member, path === '' ? name : `${path}.${name}`);
    } else if (value !== null && typeof value !== 'string' && typeof value !== 'boolean' && !Number.isFinite(value)) {
      throw new HqnasError({
        code: 'invalid-attribute',
        what: `${layer} gave the op "${op}" an attribute that is no finite number, text or boolean`,
        where: path,
        got: typeof value === 'number' ? String(value) : typeof value,
        remedy: 'Mend the arithmetic in its `lower`.',
      });
    }
  };
  check(attributes, '');
}
