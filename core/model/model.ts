import type { Graph } from '../../compiler/graph.js';
import type { Program } from '../../compiler/program.js';
import type { Space } from '../environment/space.js';

/** Sizes of a built network. */
export interface ModelCounts {
  /** Trainable weights of the policy network, of the value network, and of both together (a shared trunk counts once). */
  readonly policyParameters: number;
  readonly valueParameters: number;
  readonly parameters: number;
  readonly layers: number;
  readonly quantumLayers: number;
  /** Qubits of the widest circuit; 0 for a classical network. */
  readonly qubits: number;
}

/**
 * A network ready to run and train: one compiled program with outputs `policy` (logits of a discrete action; means of a
 * continuous one, then the logarithms of their standard deviations) and `value` (one row), and one flat parameter vector.
 */
export interface Model {
  readonly graph: Graph;
  readonly program: Program;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly counts: ModelCounts;
}
