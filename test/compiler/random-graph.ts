import { type Graph as GraphType, Graph, orthogonal, type Tensor, uniform } from '../../compiler/index.js';
import type { Rng } from '../../core/random.js';

/** Builds a random graph with every kind of op, shared trunks and residuals. */
export function randomGraph(rng: Rng): { graph: GraphType; outputs: Record<string, Tensor> } {
  const graph = new Graph();
  const made: Tensor[] = [graph.input(rng.between(1, 9))];
  if (rng.int(4) === 0) made.push(graph.input(rng.between(1, 4), 'second'));
  const weights = uniform(-1, 1);
  const affine = (x: Tensor, units = rng.between(1, rng.int(8) === 0 ? 64 : 12)): Tensor =>
    graph.affine(x, graph.parameter([units, x.rows + 1], orthogonal(1)));
  const depth = rng.between(1, 10);
  for (let i = 0; i < depth; i++) {
    const x = rng.int(4) === 0 ? rng.pick(made) : made.at(-1)!;
    made.push(randomOp(graph, x, made, rng, affine, weights));
  }
  const outputs: Record<string, Tensor> = { first: rng.int(3) === 0 ? made.at(-1)! : affine(made.at(-1)!, 2) };
  if (rng.int(2) === 0) outputs['second'] = rng.int(2) === 0 ? rng.pick(made) : affine(rng.pick(made), 1);
  if (rng.int(8) === 0) outputs['third'] = outputs['first']!;
  return { graph, outputs };
}

function randomOp(
  graph: GraphType,
  x: Tensor,
  made: readonly Tensor[],
  rng: Rng,
  affine: (x: Tensor, units?: number) => Tensor,
  weights: ReturnType<typeof uniform>,
): Tensor {
  switch (rng.int(18)) {
    case 0:
      return graph.relu(affine(x));
    case 1:
      return graph.sigmoid(x);
    case 2:
      return graph.gelu(affine(x));
    case 3:
      return graph.scale(x, rng.uniform(-2, 2));
    case 4:
      return graph.scaleRows(x, graph.parameter([x.rows], weights));
    case 5:
      return graph.clamp(x, -0.8, 0.9);
    case 6:
      return graph.add(x, graph.tanh(affine(x, x.rows)));
    case 7:
      return graph.multiply(x, rng.int(3) === 0 ? x : graph.sigmoid(affine(x, x.rows)));
    case 8:
      return graph.concat([x, rng.pick(made), affine(x, 3)]);
    case 9: {
      const first = rng.int(x.rows);
      return graph.slice(x, first, rng.between(1, x.rows - first));
    }
    case 10:
      return x.rows < 3 ? graph.tanh(x) : graph.layerNorm(x, graph.parameter([2, x.rows], weights), 0.05);
    case 11:
      return graph.dropout(graph.tanh(x), 0.3);
    case 12:
      return graph.softmax(x);
    case 13:
      return graph.logSoftmax(x);
    case 14:
      return graph.tanh(graph.scale(affine(x), 0.7));
    case 15:
      return graph.appendRows(x, graph.parameter([rng.between(1, 5)], weights));
    default:
      return graph.tanh(affine(x));
  }
}

/** Random values for one run. Kept away from the kinks of relu and clamp by being generic. */
export function randomData(count: number, rng: Rng, scale = 1): Float64Array {
  return Float64Array.from({ length: count }, () => Math.fround(rng.normal() * scale));
}
