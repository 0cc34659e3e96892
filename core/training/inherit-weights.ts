import type { Graph, GraphNode, Parameter } from '../../compiler/graph.js';
import { alignLayers, type LayerMatch } from '../genome/align-layers.js';
import type { Genome } from '../genome/genome.js';
import { copyBlock } from './copy-block.js';

/** A network with the place of its weights: one flat vector in the order of the graph's parameters. */
export interface WeightedNetwork {
  readonly genome: Genome;
  readonly graph: Graph;
  readonly parameters: Float32Array;
}

/**
 * Gives a child the trained weights of its parent as far as they fit, in the manner of Net2Net (Chen, Goodfellow and Shlens
 * 2016, arXiv 1511.05641): the child should compute what its parent computes, and learn on from there. Layers are paired by
 * `alignLayers`; what the child has beyond its parent keeps the start values that it came with, except:
 * - new inputs of a linear map begin at weight 0, so that neurons which the layer before gained change nothing yet (in place
 *   of the replicas of section 2.2: their weights differ from the start, so they need no noise to grow apart);
 * - an inserted linear layer of at least as many neurons as inputs begins as the identity (section 2.3). That is exact
 *   without activation and for relu after relu; after tanh it is nearly so for tanh, and other layers begin at random.
 * @param child its parameters hold start values, and are written in place
 * @returns how many weights were taken over
 */
export function inheritWeights(child: WeightedNetwork, parent: WeightedNetwork): number {
  const matches = alignLayers(parent.genome, child.genome);
  const own = scopesOf(child.graph);
  const theirs = scopesOf(parent.graph);
  let copied = 0;
  for (const [name, scope] of own) {
    const match = scope.layer === undefined ? 'same' : matches[scope.layer];
    const source = match === undefined ? undefined : theirs.get(nameIn(scope, match, name));
    if (source !== undefined) copied += copyScope(child, scope, parent, source);
    else if (match === undefined && scope.layer! < matches.length - 1) beginAsIdentity(child, scope);
  }
  return copied;
}

/** What one layer of one network appended to a graph; what belongs to no layer stands under its own name. */
interface Scope {
  /** "policy", "value" or "trunk". */
  readonly network: string;
  /** Place in the genome. */
  readonly layer: number | undefined;
  readonly parameters: Parameter[];
  readonly nodes: GraphNode[];
}

/** Names are "policy/2 weights" where `lowerNetwork` lowered a layer. */
function scopesOf(graph: Graph): Map<string, Scope> {
  const scopes = new Map<string, Scope>();
  const scopeOf = (name: string): Scope => {
    const [, network, layer] = /^(\w+)\/(\d+) /.exec(name) ?? [];
    const key = network === undefined ? name : `${network}/${layer}`;
    const known = scopes.get(key);
    if (known !== undefined) return known;
    const made = {
      network: network ?? name,
      layer: layer === undefined ? undefined : Number(layer),
      parameters: [],
      nodes: [],
    };
    scopes.set(key, made);
    return made;
  };
  for (const parameter of graph.parameters) scopeOf(parameter.name).parameters.push(parameter);
  for (const node of graph.nodes) scopeOf(node.name).nodes.push(node);
  return scopes;
}

function nameIn({ network }: Scope, match: LayerMatch | 'same', name: string): string {
  return match === 'same' ? name : `${network}/${match}`;
}

/** Pairs parameters of equal names, in order. */
function copyScope(child: WeightedNetwork, scope: Scope, parent: WeightedNetwork, source: Scope): number {
  const left = [...source.parameters];
  let copied = 0;
  for (const parameter of scope.parameters) {
    const at = left.findIndex((other) => tailOf(other) === tailOf(parameter));
    const [other] = at < 0 ? [] : left.splice(at, 1);
    if (other === undefined || other.shape.length !== parameter.shape.length) continue;
    const linear = scope.nodes.some(({ op, parameters }) => isOp(op, 'affine') && parameters.includes(parameter.index));
    copied += copyBlock(
      { values: parent.parameters.subarray(other.offset, other.offset + other.size), shape: other.shape },
      {
        values: child.parameters.subarray(parameter.offset, parameter.offset + parameter.size),
        shape: parameter.shape,
      },
      linear,
    );
  }
  return copied;
}

function tailOf({ name }: Parameter): string {
  return name.slice(name.indexOf(' ') + 1);
}

/** Weights of a linear layer that hands its inputs on, where it has room for them and its activation lets them pass. */
function beginAsIdentity({ graph, parameters }: WeightedNetwork, scope: Scope): void {
  const [linear, activation, ...more] = scope.nodes;
  const [weights, ...others] = scope.parameters;
  if (linear === undefined || weights === undefined || more.length > 0 || others.length > 0) return;
  if (!isOp(linear.op, 'affine')) return;
  const before = graph.nodes[linear.inputs[0]!]!;
  const passes =
    activation === undefined ||
    (isOp(activation.op, 'tanh') && isOp(before.op, 'tanh')) ||
    (isOp(activation.op, 'relu') && isOp(before.op, 'relu'));
  const inputs = before.rows;
  if (!passes || linear.rows < inputs) return;
  const values = parameters.subarray(weights.offset, weights.offset + weights.size);
  // The last column is the bias.
  for (let row = 0; row < inputs; row++) {
    for (let column = 0; column <= inputs; column++) values[row * (inputs + 1) + column] = row === column ? 1 : 0;
  }
}

function isOp(op: GraphNode['op'], name: string): boolean {
  return op !== 'input' && op.id === `core/${name}`;
}
