import type { Graph, Tensor } from './graph.js';

/** Float64 interpreter of a graph with the ops' naive references. Arrays are [rows][samples], row-major. */
export interface Reference {
  /** Values of the outputs, by name. */
  forward(inputs: readonly Float64Array[], parameters: Float64Array, samples: number): Record<string, Float64Array>;
  /** Gradients for the cotangents of the outputs, after `forward` with the same operands; missing ones count as zero. */
  backward(cotangents: Readonly<Record<string, Float64Array>>): {
    readonly parameters: Float64Array;
    readonly inputs: readonly Float64Array[];
  };
}

/** Interprets `graph`: slow, independent of the kernels, and what they are checked against. Dropout is off. */
export function createReference(graph: Graph, outputs: Readonly<Record<string, Tensor>>): Reference {
  const { nodes } = graph;
  let values: Float64Array[] = [];
  let weights: Float64Array[] = [];
  let samples = 0;
  return {
    forward(inputs, parameters, count) {
      samples = count;
      weights = graph.parameters.map(({ offset, size }) => parameters.slice(offset, offset + size));
      values = [];
      let nextInput = 0;
      for (const { op, inputs: sources, parameters: used, attributes } of nodes) {
        values.push(
          op === 'input'
            ? inputs[nextInput++]!
            : op.reference.forward(
                sources.map((source) => values[source]!),
                used.map((index) => weights[index]!),
                samples,
                attributes,
              ),
        );
      }
      return Object.fromEntries(Object.entries(outputs).map(([name, { node }]) => [name, values[node]!]));
    },
    backward(cotangents) {
      const deltas = values.map(({ length }) => new Float64Array(length));
      const gradients = new Float64Array(graph.parameterCount);
      for (const [name, { node }] of Object.entries(outputs)) {
        cotangents[name]?.forEach((value, i) => (deltas[node]![i]! += value));
      }
      for (let node = nodes.length - 1; node >= 0; node--) {
        const { op, inputs: sources, parameters: used, attributes } = nodes[node]!;
        if (op === 'input') continue;
        const result = op.reference.backward(
          sources.map((source) => values[source]!),
          used.map((index) => weights[index]!),
          values[node]!,
          deltas[node]!,
          samples,
          attributes,
        );
        sources.forEach((source, i) => {
          result.inputs[i]!.forEach((value, j) => (deltas[source]![j]! += value));
        });
        used.forEach((index, i) => {
          const { offset } = graph.parameters[index]!;
          result.parameters[i]!.forEach((value, j) => (gradients[offset + j]! += value));
        });
      }
      return { parameters: gradients, inputs: deltas.filter((_, node) => nodes[node]!.op === 'input') };
    },
  };
}
