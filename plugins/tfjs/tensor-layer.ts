import type { Domains, Id, Notation, Place, Refusal, ValuesOf } from '../../core/index.js';
import type { Initializer } from '../../compiler/index.js';
import type * as tfjs from '@tensorflow/tfjs';
import type { TensorflowModule } from './tensorflow.js';

/** A trainable tensor of a layer. Its values live in the network's flat parameter vector, row-major. */
export interface TensorParameter {
  readonly shape: readonly number[];
  readonly initialize: Initializer;
}

/** What `forward` may use. All tensors are float32 and are disposed of afterwards. */
export interface TensorForward<D extends Domains, P extends string> {
  readonly tf: TensorflowModule;
  /** [samples, rows]. The number of samples varies from call to call, and some of them may be padding. */
  readonly x: tfjs.Tensor2D;
  readonly parameters: Readonly<Record<P, tfjs.Tensor>>;
  readonly hyper: ValuesOf<D>;
}

/** What the author of a tensor layer writes; see README.md. */
export interface TensorLayerDefinition<D extends Domains, P extends string> {
  readonly id: Id;
  readonly summary: string;
  readonly hyper: D;
  readonly notation?: Notation;
  /** Rows that must come in; leave it out for any. */
  inputRows?(hyper: ValuesOf<D>): number;
  /** Rows that come out in this place, or why the layer cannot stand there. */
  outputRows(hyper: ValuesOf<D>, inputRows: number, place: Place): number | Refusal;
  /** Trainable tensors by name, in the order in which they lie in the parameter vector. */
  parameters?(hyper: ValuesOf<D>, inputRows: number, place: Place): Readonly<Record<P, TensorParameter>>;
  /**
   * [samples, outputRows] from [samples, rows], each sample on its own, by differentiable TensorFlow.js ops. It runs
   * again for every gradient, so it may not draw random numbers, and it must depend on `x` and on every parameter.
   */
  forward(given: TensorForward<D, P>): tfjs.Tensor;
}
