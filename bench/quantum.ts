import { compile, Graph, uniform, type Program } from '../compiler/index.js';
import { createRng } from '../core/index.js';
import { allWires, buildCircuit, circuitOp, expectationZ } from '../plugins/quantum-statevector/index.js';
import { fillRows, someNumber } from './compiled-network.js';
import { compare } from './harness.js';
import { PlainCircuit } from './plain/circuit.js';
import { rowsOf, type Row } from './report.js';

const BATCH = 64;

/** Qubits, layers, and how many times as fast as plain TypeScript the design wants it. */
const cases = [
  [2, 1],
  [2, 3],
  [4, 1],
  [4, 3],
  [6, 1],
  [6, 3],
  [8, 1],
  [8, 3],
  [10, 1],
  [10, 2],
  [10, 3],
] as const;

/** RX embedding, strongly entangling layers, <Z> of every wire, with gradients of weights and inputs. */
export async function quantum(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [wires, layers] of cases) rows.push(...(await timeCircuit(wires, layers)));
  return rows;
}

export async function timeCircuit(wires: number, layers: number, seconds = 1.5): Promise<Row[]> {
  const program = compileCircuit(wires, layers);
  const plain = new PlainCircuit(wires, layers);
  plain.weights.set(program.parameters);
  const x = new Float64Array(BATCH * wires);
  for (let i = 0; i < x.length; i++) x[i] = someNumber(i % wires, Math.floor(i / wires));
  const [z, dz, dx] = [new Float64Array(x.length), x.slice(), new Float64Array(x.length)];
  const runCompiled = () => {
    // A training step changes the weights: their tables are made anew, accumulators are folded.
    program.parametersChanged();
    program.forward(BATCH);
    program.backward(BATCH);
    program.gradientNormSquared();
  };
  const runPlain = () => {
    plain.prepare();
    for (let sample = 0; sample < BATCH; sample++) {
      plain.forward(x, z, sample * wires);
      plain.backward(dz, dx, sample * wires);
    }
  };
  fillRows(program, BATCH);
  program.zeroGradients();
  runCompiled();
  runPlain();
  requireAgreement(program.gradients, plain.weightGradients);
  const timings = await compare(
    [
      { name: 'compiled', run: runCompiled },
      { name: 'plain TypeScript, gate by gate', run: runPlain },
    ],
    { seconds },
  );
  return rowsOf(`${wires} qubits, ${layers} layers, batch ${BATCH}, per sample`, timings, 'us', (us) => us / BATCH);
}

function compileCircuit(wires: number, layers: number): Program {
  const graph = new Graph();
  const { circuit, shape } = buildCircuit(
    { qubits: wires, ansatz: 'strong', repetitions: layers },
    expectationZ(allWires(wires)),
  );
  const z = graph.apply(circuitOp, [graph.input(wires)], [graph.parameter(shape, uniform(0, 6))], circuit);
  const program = compile(graph, { outputs: { z }, capacity: BATCH, inputGradients: true });
  program.initialize(createRng(1));
  return program;
}

/** A comparison of different computations would mean nothing. */
function requireAgreement(actual: Float32Array, expected: Float64Array): void {
  const scale = Math.max(...expected.map(Math.abs));
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
  if (!(worst <= 1e-5 * scale)) throw new Error(`compiled and plain gradients differ by ${worst} of ${scale}`);
}
