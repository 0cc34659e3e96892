import { compile, Graph, uniform, type Program } from '../compiler/index.js';
import { createRng } from '../core/index.js';
import { allowFastKernels } from '../core/node/fast-kernels.js';
import { executionBy } from '../plugins/quantum-statevector/choose-execution.js';
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
  rows.push(...(await timeOneMore(4, 10, 0.25)), ...(await timePaths(4, 2)), ...(await timePaths(4, 10)));
  rows.push(...(await timeOne(4, 2)));
  // Last, because what it switches on stays on.
  allowFastKernels({ fast: true });
  for (const [wires, layers, asked] of cases.filter(([, layers]) => layers > 2)) {
    rows.push(await timeFast(wires, layers, asked!));
  }
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
    runProgram(program, BATCH);
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

/**
 * What one more sample costs, from batches of 64 and 256: the part of the collapsed path that does not depend on the depth. The other
 * part, the matrix of the weights and its gradients, is paid once a batch and grows with every layer.
 */
async function timeOneMore(wires: number, layers: number, asked: number): Promise<Row[]> {
  const { circuit, shape } = strong(wires, layers);
  const batches = [BATCH, 4 * BATCH];
  const singles = batches.map((batch) => {
    const program = compileProgram(circuit, shape, batch);
    fillRows(program, batch);
    program.zeroGradients();
    return { name: `float32, ${batch}`, run: () => runProgram(program, batch) };
  });
  const doubles = batches.map((batch) => {
    const { run, path } = runBatches(circuit, { precision: 'float64', capacity: batch }, wires, batch);
    return { name: `float64, ${path}, ${batch}`, run };
  });
  const [few, many, fewDouble, manyDouble] = await compare([...singles, ...doubles], { seconds: 1.5 });
  const work = `${wires} qubits, ${layers} layers, one sample more in a batch`;
  const row = (who: string, less: Timing, more: Timing, limit: number): Row => {
    const median = (more.median - less.median) / (3 * BATCH);
    return withTarget({ work, who, median, unit: 'us' }, `<= ${limit} us`, median <= limit);
  };
  return [
    row('float32', few!, many!, asked),
    row('float64', fewDouble!, manyDouble!, Number((2.2 * asked).toFixed(3))),
  ];
}

/** The same circuit as in networks with `fast: true`. */
async function timeFast(wires: number, layers: number, asked: number): Promise<Row> {
  const { circuit, shape } = strong(wires, layers);
  const programs = [false, true].map((relaxed) => compileProgram(circuit, shape, BATCH, relaxed));
  const contenders = programs.map((program, k) => {
    fillRows(program, BATCH);
    program.zeroGradients();
    return { name: k === 0 ? 'float32' : 'float32, `fast: true`', run: () => runProgram(program, BATCH) };
  });
  const timings = await compare(contenders, { seconds: 1.5 });
  for (const program of programs) program.release();
  const work = `${wires} qubits, ${layers} layers, batch ${BATCH}, per sample, \`fast: true\``;
  const [, fast] = rowsOf(work, timings, 'us', (us) => us / BATCH);
  return withTarget(fast!, `<= ${asked} us`, fast!.median <= asked);
}

/** The same circuit by every path that it has, float32, with copies in and out. */
async function timePaths(wires: number, layers: number): Promise<Row[]> {
  const { circuit } = strong(wires, layers);
  const paths = (['strings', 'collapsed', 'layers', 'gates'] as const).filter(
    (path) => executionBy(path, circuit) !== undefined,
  );
  const contenders = paths.map((path) => {
    const { run } = runBatches(circuit, { precision: 'float32', path, capacity: BATCH }, wires, BATCH);
    return { name: path, run };
  });
  const timings = await compare(contenders, { seconds: 1.5 });
  return rowsOf(`${wires} qubits, ${layers} layers by path, per sample`, timings, 'us', (us) => us / BATCH);
}

/** Forward and backward by `compileCircuit`, with other weights every time. */
function runBatches(
  circuit: Circuit,
  options: Parameters<typeof compileCircuit>[1],
  wires: number,
  batch: number,
): { readonly run: () => unknown; readonly path: string } {
  const compiled = compileCircuit(circuit, options);
  const x = Float64Array.from({ length: batch * wires }, (_, i) => someNumber(Math.floor(i / batch), i % batch));
  const weights = Float64Array.from({ length: circuit.weights }, (_, i) => someNumber(i, 1));
  let step = 0;
  const run = () => {
    weights[0] = step++ % 7;
    compiled.forward(x, weights, batch);
    return compiled.backward(x);
  };
  return { run, path: compiled.path };
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

function compileProgram(circuit: Circuit, shape: readonly number[], capacity = BATCH, relaxed = false): Program {
  const graph = new Graph();
  const weights = graph.parameter(shape, uniform(0, 6));
  const z = graph.apply(circuitOp, [graph.input(circuit.inputs)], [weights], circuit);
  const program = compile(graph, { outputs: { z }, capacity, inputGradients: true, relaxed });
  program.initialize(createRng(1));
  return program;
}

/** Forward and backward after a training step, which changes the weights: their tables are made anew. */
function runProgram(program: Program, batch: number): void {
  program.parametersChanged();
  program.forward(batch);
  program.backward(batch);
  program.gradientNormSquared();
}

/** A comparison of different computations would mean nothing. */
function requireAgreement(actual: ArrayLike<number>, expected: Float64Array, tolerance: number): void {
  const scale = Math.max(...expected.map(Math.abs));
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
  if (!(worst <= tolerance * scale)) throw new Error(`compiled and plain gradients differ by ${worst} of ${scale}`);
}
