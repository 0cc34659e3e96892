import { compile, Graph, uniform, type Program } from '../compiler/index.js';
import { createRng } from '../core/index.js';
import {
  allWires,
  buildCircuit,
  circuitOp,
  compileCircuit,
  expectationZ,
  type Circuit,
} from '../plugins/quantum-statevector/index.js';
import { fillRows, someNumber } from './compiled-network.js';
import { compare, type Timing } from './harness.js';
import { PlainCircuit } from './plain/circuit.js';
import { rowsOf, type Row } from './report.js';

const BATCH = 64;

/** Qubits, layers, and the microseconds per sample that are asked of float32. */
const cases: readonly (readonly [wires: number, layers: number, asked?: number])[] = [
  [2, 1],
  [2, 3, 0.05],
  [4, 1],
  [4, 2, 0.15],
  [4, 3, 0.25],
  [4, 10, 0.25],
  [6, 1],
  [6, 3, 1.1],
  [8, 1],
  [8, 3, 5.5],
  [10, 1, 10],
  [10, 2],
  [10, 3, 28],
];

/** RX embedding, strongly entangling layers, <Z> of every wire, with gradients of weights and inputs. */
export async function quantum(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [wires, layers, asked] of cases) rows.push(...(await timeCircuit(wires, layers, 2, asked)));
  rows.push(...(await timePaths(4, 10)), ...(await timeOne(4, 2)));
  return rows;
}

/** Forward and backward of a batch after a change of the weights: float32 first, then float64 and plain TypeScript. */
export async function timeCircuit(wires: number, layers: number, seconds = 1.5, asked?: number): Promise<Row[]> {
  const { circuit, shape } = strong(wires, layers);
  const program = compileProgram(circuit, shape);
  const double = compileCircuit(circuit, { precision: 'float64', capacity: BATCH });
  const plain = new PlainCircuit(wires, layers);
  plain.weights.set(program.parameters);
  const weights = Float64Array.from(program.parameters);
  const x = new Float64Array(BATCH * wires);
  for (let i = 0; i < x.length; i++) x[i] = someNumber(i % wires, Math.floor(i / wires));
  const [z, dz, dx] = [new Float64Array(x.length), x.slice(), new Float64Array(x.length)];
  const gradients = { inputs: new Float64Array(x.length), weights: new Float64Array(weights.length) };
  const rowMajor = x.map((_, i) => x[(i % BATCH) * wires + Math.floor(i / BATCH)]!);
  const runCompiled = () => {
    // A training step changes the weights: their tables are made anew.
    program.parametersChanged();
    program.forward(BATCH);
    program.backward(BATCH);
    program.gradientNormSquared();
  };
  let step = 0;
  const runDouble = () => {
    // As far as the tables go: any other weight means other tables.
    weights[0] = plain.weights[0]! + (step++ % 2) * 1e-12;
    double.forward(rowMajor, weights, BATCH, z);
    return double.backward(rowMajor, gradients);
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
  requireAgreement(program.gradients, plain.weightGradients, 1e-5);
  requireAgreement(runDouble().weights, plain.weightGradients, 1e-10);
  const timings = await compare(
    [
      { name: 'compiled, float32', run: runCompiled },
      { name: `compiled, float64, ${double.path}`, run: runDouble },
      { name: 'plain TypeScript, gate by gate', run: runPlain },
    ],
    { seconds },
  );
  program.release();
  double.release();
  const rows = rowsOf(
    `${wires} qubits, ${layers} layers, batch ${BATCH}, per sample`,
    timings,
    'us',
    (us) => us / BATCH,
  );
  const [single, double64, slow] = rows;
  const most = (row: Row, limit: number | undefined): Row =>
    limit === undefined ? row : withTarget(row, `<= ${limit} us`, row.median <= limit);
  return [
    most(single!, asked),
    most(double64!, asked && Number((2.2 * asked).toFixed(3))),
    withTarget(slow!, '>= 50x', timings[2]!.ratio >= 50),
  ];
}

/** The same circuit by every path, float32, with copies in and out. */
async function timePaths(wires: number, layers: number): Promise<Row[]> {
  const { circuit } = strong(wires, layers);
  const x = Float64Array.from({ length: BATCH * wires }, (_, i) => someNumber(Math.floor(i / BATCH), i % BATCH));
  const weights = Float64Array.from({ length: circuit.weights }, (_, i) => someNumber(i, 1));
  let step = 0;
  const contenders = (['collapsed', 'layers', 'gates'] as const).map((path) => {
    const compiled = compileCircuit(circuit, { precision: 'float32', path, capacity: BATCH });
    const run = () => {
      weights[0] = step++ % 7;
      compiled.forward(x, weights);
      compiled.backward(x);
    };
    return { name: path, run };
  });
  const timings = await compare(contenders, { seconds: 1.5 });
  return rowsOf(`${wires} qubits, ${layers} layers by path, per sample`, timings, 'us', (us) => us / BATCH);
}

/** One sample forward with the weights as they were, as in a rollout. */
async function timeOne(wires: number, layers: number): Promise<Row[]> {
  const { circuit, shape } = strong(wires, layers);
  const program = compileProgram(circuit, shape);
  const weights = Float64Array.from(program.parameters);
  const x = new Float64Array(wires).map((_, i) => someNumber(i, 0));
  const contenders = (['float32', 'float64'] as const).map((precision) => {
    const compiled = compileCircuit(circuit, { precision, capacity: 1 });
    const into = precision === 'float32' ? new Float32Array(wires) : new Float64Array(wires);
    return { name: `compileCircuit, ${precision}, ${compiled.path}`, run: () => compiled.forward(x, weights, 1, into) };
  });
  const inNetwork = { name: 'in a network, float32', run: () => program.forward(1) };
  const timings: Timing[] = await compare([...contenders, inNetwork], { seconds: 1.5 });
  const rows = rowsOf(`${wires} qubits, ${layers} layers, one sample, forward`, timings);
  return rows.map((row) => withTarget(row, '<= 1 us', row.median <= 1));
}

function withTarget(row: Row, text: string, met: boolean): Row {
  return { ...row, target: { text, met } };
}

function strong(wires: number, layers: number): { readonly circuit: Circuit; readonly shape: readonly number[] } {
  return buildCircuit({ qubits: wires, ansatz: 'strong', repetitions: layers }, expectationZ(allWires(wires)));
}

function compileProgram(circuit: Circuit, shape: readonly number[]): Program {
  const graph = new Graph();
  const weights = graph.parameter(shape, uniform(0, 6));
  const z = graph.apply(circuitOp, [graph.input(circuit.inputs)], [weights], circuit);
  const program = compile(graph, { outputs: { z }, capacity: BATCH, inputGradients: true });
  program.initialize(createRng(1));
  return program;
}

/** A comparison of different computations would mean nothing. */
function requireAgreement(actual: ArrayLike<number>, expected: Float64Array, tolerance: number): void {
  const scale = Math.max(...expected.map(Math.abs));
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
  if (!(worst <= tolerance * scale)) throw new Error(`compiled and plain gradients differ by ${worst} of ${scale}`);
}
