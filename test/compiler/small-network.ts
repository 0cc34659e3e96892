import { Graph, orthogonal, type Program, type Tensor } from '../../compiler/index.js';
import { createRng } from '../../core/random.js';

/** Four inputs, a trunk of tanh and relu layers, two heads. */
export function network(widths: readonly number[] = [8, 6]): { graph: Graph; outputs: Record<string, Tensor> } {
  const graph = new Graph();
  let x = graph.input(4);
  widths.forEach((units, i) => {
    x = graph.within(`trunk/${i}`, () => {
      const y = graph.affine(x, graph.parameter([units, x.rows + 1], orthogonal(1)));
      return i % 2 === 0 ? graph.tanh(y) : graph.relu(y);
    });
  });
  const head = (units: number): Tensor => graph.affine(x, graph.parameter([units, x.rows + 1], orthogonal(1)));
  return { graph, outputs: { policy: head(2), value: head(1) } };
}

/** Random parameters, inputs and cotangents. */
export function fill(program: Program, seed = 1): void {
  const rng = createRng(seed);
  program.initialize(rng);
  for (const rows of [...program.inputs, ...Object.values(program.outputGradients)]) {
    for (let i = 0; i < rows.data.length; i++) rows.data[i] = rng.normal();
  }
}

/** The code of the error that `run` throws, or its name. */
export const code = (run: () => unknown): unknown => {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
};
