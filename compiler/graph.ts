import { canonicalJson, type JsonObject } from '../core/json.js';
import type { Rng } from '../core/random.js';
import { HqnasError } from '../core/errors.js';
import type { Op } from './op.js';
import { add } from './ops/add.js';
import { affine } from './ops/affine.js';
import { appendRows } from './ops/append-rows.js';
import { clamp } from './ops/clamp.js';
import { concat } from './ops/concat.js';
import { dropout } from './ops/dropout.js';
import { gelu } from './ops/gelu.js';
import { layerNorm } from './ops/layer-norm.js';
import { multiply } from './ops/multiply.js';
import { relu } from './ops/relu.js';
import { scale } from './ops/scale.js';
import { scaleRows } from './ops/scale-rows.js';
import { sigmoid } from './ops/sigmoid.js';
import { slice } from './ops/slice.js';
import { logSoftmax, softmax } from './ops/softmax.js';
import { tanh } from './ops/tanh.js';

/** Fills the start values of a parameter, row-major in its shape. */
export interface Initializer {
  (values: Float64Array, shape: readonly number[], rng: Rng): void;
}

/** Rows of values, one column per sample: the result of a node of the graph. */
export interface Tensor {
  readonly graph: Graph;
  readonly node: number;
  readonly rows: number;
}

/** Trainable values. Shape is row-major; `offset` is the first value's place in the flat parameter vector. */
export interface Parameter {
  readonly graph: Graph;
  readonly index: number;
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly offset: number;
  readonly initialize: Initializer;
}

/** One op of a graph, or an input. Inputs and parameters are numbers of nodes and of parameters. */
export interface GraphNode {
  readonly op: Op | 'input';
  readonly inputs: readonly number[];
  readonly parameters: readonly number[];
  readonly attributes: JsonObject;
  readonly rows: number;
  /** For stack traces and dumps, such as "policy/0 affine". */
  readonly name: string;
}

/** Another op for the same operands and parameters; undefined = the op stays. */
export type OpReplacement = (
  op: Op,
  attributes: JsonObject,
) => { readonly op: Op; readonly attributes: JsonObject } | undefined;

/** A network as a list of ops in order of computation. Layers append to it; the compiler reads it. */
export class Graph {
  readonly #nodes: GraphNode[] = [];
  readonly #parameters: Parameter[] = [];
  readonly #scopes: string[] = [];
  readonly #replacements: OpReplacement[] = [];

  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }
  get parameters(): readonly Parameter[] {
    return this.#parameters;
  }
  /** Length of the flat parameter vector. */
  get parameterCount(): number {
    const last = this.#parameters.at(-1);
    return last === undefined ? 0 : last.offset + last.size;
  }

  /** A source of data that the caller fills, [rows][samples]. */
  input(rows: number, name = 'input'): Tensor {
    return this.#append({ op: 'input', inputs: [], parameters: [], attributes: {}, rows, name: this.#named(name) });
  }

  /** A trainable tensor; its values live in the program's flat parameter vector in order of creation. */
  parameter(shape: readonly number[], initialize: Initializer, name = 'weights'): Parameter {
    const parameter: Parameter = {
      graph: this,
      index: this.#parameters.length,
      name: this.#named(name),
      shape,
      size: shape.reduce((product, length) => product * length, 1),
      offset: this.parameterCount,
      initialize,
    };
    this.#parameters.push(parameter);
    return parameter;
  }

  /**
   * Appends an op.
   * @throws HqnasError `invalid-shape`, `foreign-tensor`
   */
  apply(
    given: Op,
    inputs: readonly Tensor[],
    parameters: readonly Parameter[] = [],
    givenAttributes: JsonObject = {},
  ): Tensor {
    let [op, attributes] = [given, givenAttributes];
    for (const replace of this.#replacements) ({ op, attributes } = replace(op, attributes) ?? { op, attributes });
    if ([...inputs, ...parameters].some(({ graph }) => graph !== this)) {
      throw new HqnasError({ code: 'foreign-tensor', what: 'an operand belongs to another graph', where: op.id });
    }
    const rows = op.shape(
      inputs.map((input) => input.rows),
      parameters.map(({ shape }) => shape),
      attributes,
    );
    return this.#append({
      op,
      inputs: inputs.map(({ node }) => node),
      parameters: parameters.map(({ index }) => index),
      attributes,
      rows,
      name: this.#named(op.id.slice(op.id.indexOf('/') + 1)),
    });
  }

  /** y = W [x; 1]: weights [units, x.rows + 1], the last column is the bias. */
  affine(x: Tensor, weights: Parameter): Tensor {
    return this.apply(affine, [x], [weights]);
  }
  tanh(x: Tensor): Tensor {
    return this.apply(tanh, [x]);
  }
  /** max(x, 0). */
  relu(x: Tensor): Tensor {
    return this.apply(relu, [x]);
  }
  /** 1 / (1 + e^-x). */
  sigmoid(x: Tensor): Tensor {
    return this.apply(sigmoid, [x]);
  }
  /** Gaussian error linear unit, tanh form. */
  gelu(x: Tensor): Tensor {
    return this.apply(gelu, [x]);
  }
  /** factor x. */
  scale(x: Tensor, factor: number): Tensor {
    return this.apply(scale, [x], [], { factor });
  }
  /** Each row times its own trainable factor: weights [x.rows]. */
  scaleRows(x: Tensor, weights: Parameter): Tensor {
    return this.apply(scaleRows, [x], [weights]);
  }
  /** The rows of x, and below them trainable rows that are the same for every sample: weights [rows]. */
  appendRows(x: Tensor, weights: Parameter): Tensor {
    return this.apply(appendRows, [x], [weights]);
  }
  /** Limits values to [low, high]; no gradient flows outside. */
  clamp(x: Tensor, low: number, high: number): Tensor {
    return this.apply(clamp, [x], [], { low, high });
  }
  add(a: Tensor, b: Tensor): Tensor {
    return this.apply(add, [a, b]);
  }
  /** Elementwise product. */
  multiply(a: Tensor, b: Tensor): Tensor {
    return this.apply(multiply, [a, b]);
  }
  /** The rows of all tensors, one after another. */
  concat(tensors: readonly Tensor[]): Tensor {
    return this.apply(concat, tensors);
  }
  /** `rows` rows from row `first` on. */
  slice(x: Tensor, first: number, rows: number): Tensor {
    return this.apply(slice, [x], [], { first, rows });
  }
  /** Normalizes over the rows of each sample: weights [2, x.rows] are gains, then biases. */
  layerNorm(x: Tensor, weights: Parameter, epsilon = 1e-5): Tensor {
    return this.apply(layerNorm, [x], [weights], { epsilon });
  }
  /** Zeroes elements with probability `rate` while `Program.setDropout` is on. */
  dropout(x: Tensor, rate: number): Tensor {
    return this.apply(dropout, [x], [], { rate });
  }
  /** Over the rows of each sample. */
  softmax(x: Tensor): Tensor {
    return this.apply(softmax, [x]);
  }
  /** Over the rows of each sample. */
  logSoftmax(x: Tensor): Tensor {
    return this.apply(logSoftmax, [x]);
  }

  /** Names what `build` appends, as in "policy/2 affine". */
  within<T>(scope: string, build: () => T): T {
    this.#scopes.push(scope);
    try {
      return build();
    } finally {
      this.#scopes.pop();
    }
  }

  /** Ops that `build` appends are replaced as `replace` says. */
  replacing<T>(replace: OpReplacement, build: () => T): T {
    this.#replacements.push(replace);
    try {
      return build();
    } finally {
      this.#replacements.pop();
    }
  }

  /** Equal for graphs that compile to the same program: ops, shapes and attributes; names and start values do not count. */
  key(): string {
    return canonicalJson([
      this.#nodes.map(({ op, inputs, parameters, attributes, rows }) => [
        op === 'input' ? 'input' : op.id,
        inputs,
        parameters,
        attributes,
        rows,
      ]),
      this.#parameters.map(({ shape }) => shape),
    ]);
  }

  #append(node: GraphNode): Tensor {
    return { graph: this, node: this.#nodes.push(node) - 1, rows: node.rows };
  }

  #named(name: string): string {
    return this.#scopes.length === 0 ? name : `${this.#scopes.join('/')} ${name}`;
  }
}
