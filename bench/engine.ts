import type { Program } from '../compiler/index.js';
import { loadTensorflow, type Tensorflow, type TensorflowBackend } from '../plugins/tfjs/index.js';
import { compileDense, fillRows, someNumber } from './compiled-network.js';
import { compare, type Contender } from './harness.js';
import { flopsOf, shapes, type DenseShape } from './networks.js';
import { measurePeak } from './peak.js';
import { PlainNetwork } from './plain/dense-network.js';
import { rowsOf, significant, type Row } from './report.js';
import { TensorflowNetwork } from './tensorflow-network.js';

/** Samples of one call, as in training; larger batches are calls in turn. */
const CHUNK = 64;

/** Outputs and gradients of all weights of two dense networks, by compiled kernels and by others. */
export async function engine(): Promise<Row[]> {
  const tensorflows = await loadAll();
  const peak = await measurePeak();
  const rows: Row[] = [
    {
      work: 'multiplications and additions on 128-bit vectors',
      who: 'the machine at best',
      median: peak.gigaflops,
      unit: 'GFLOP/s',
      note: 'registers only, no fused multiply-add',
    },
  ];
  for (const shape of shapes) {
    for (const samples of [8, 64, 256])
      rows.push(...(await compareEngines(shape, samples, tensorflows, peak.gigaflops)));
    rows.push(...(await comparePasses(shape, peak.gigaflops)));
  }
  return rows;
}

async function compareEngines(
  shape: DenseShape,
  samples: number,
  tensorflows: readonly Tensorflow[],
  peak: number,
): Promise<Row[]> {
  const work = `${shape.name}, forward + backward, batch ${samples}`;
  const program = compileDense(shape, CHUNK);
  fillRows(program, Math.min(samples, CHUNK));
  const plain = new PlainNetwork(shape, samples);
  plain.parameters.set(program.parameters);
  for (let i = 0; i < plain.input.length; i++) {
    plain.input[i] = someNumber(i % shape.inputs, Math.floor(i / shape.inputs) % CHUNK);
  }
  plain.outputGradients.forEach((gradient, head) => {
    const rows = shape.heads[head]!;
    for (let i = 0; i < gradient.length; i++) gradient[i] = someNumber(i % rows, Math.floor(i / rows) % CHUNK);
  });
  requireAgreement(program, plain, samples);

  const contenders: Contender[] = [
    {
      name: 'compiled',
      run() {
        for (let done = 0; done < samples; done += CHUNK) {
          program.forward(Math.min(CHUNK, samples));
          program.backward(Math.min(CHUNK, samples));
        }
      },
    },
    {
      name: 'plain TypeScript',
      run() {
        plain.forward(samples);
        plain.backward(samples);
      },
    },
  ];
  for (const tensorflow of tensorflows) {
    await tensorflow.tf.setBackend(tensorflow.backend);
    const network = new TensorflowNetwork(tensorflow, shape, plain.parameters, plain.input, samples);
    contenders.push({
      name: `tfjs ${tensorflow.backend}`,
      enter: () => tensorflow.tf.setBackend(tensorflow.backend),
      run: () => {
        network.forwardAndBackward();
      },
    });
  }
  const rows = rowsOf(work, await compare(contenders));
  const { forward, backward } = flopsOf(shape);
  return rows.map((row) => {
    const rate = ((forward + backward) * samples) / row.median / 1000;
    const note = `${significant(rate)} GFLOP/s, ${significant((100 * rate) / peak)} % of the peak`;
    const target = samples === 64 ? targetOf(row, shape, rate) : undefined;
    return { ...row, note, ...(target === undefined ? {} : { target }) };
  });
}

/** Forward and backward apart, batch 64. */
async function comparePasses(shape: DenseShape, peak: number): Promise<Row[]> {
  const program = compileDense(shape, CHUNK);
  fillRows(program, CHUNK);
  const { forward, backward } = flopsOf(shape);
  const timings = await compare(
    [
      { name: 'forward', run: () => { program.forward(CHUNK); } }, // prettier-ignore
      { name: 'backward', run: () => { program.backward(CHUNK); } }, // prettier-ignore
      { name: 'gradient norm and Adam', run: () => { program.gradientNormSquared(); program.adam(0, 1e-8, 1); } }, // prettier-ignore
    ],
    { seconds: 1 },
  );
  return rowsOf(`${shape.name}, compiled, batch ${CHUNK}`, timings).map((row, index) => {
    const flops = [forward, backward][index];
    if (flops === undefined) return row;
    const rate = (flops * CHUNK) / row.median / 1000;
    return { ...row, note: `${significant(rate)} GFLOP/s, ${significant((100 * rate) / peak)} % of the peak` };
  });
}

function targetOf({ who, ratio = 0, median }: Row, shape: DenseShape, rate: number): Row['target'] {
  const small = shape === shapes[0];
  if (who === 'compiled' && !small) return { text: '>= 15 GFLOP/s', met: rate >= 15 };
  if (who === 'plain TypeScript' && small) return { text: '>= 8x', met: ratio >= 8 };
  if (who === 'tfjs wasm' && small) return { text: '>= 40x', met: ratio >= 40 && median > 0 };
  return undefined;
}

/** A comparison of different computations would mean nothing. */
function requireAgreement(program: Program, plain: PlainNetwork, samples: number): void {
  const count = Math.min(samples, CHUNK);
  program.parametersChanged();
  program.zeroGradients();
  program.forward(count);
  program.backward(count);
  plain.gradients.fill(0);
  plain.forward(count);
  plain.backward(count);
  const scale = Math.max(...plain.gradients.map(Math.abs));
  const worst = plain.gradients.reduce((most, value, i) => Math.max(most, Math.abs(value - program.gradients[i]!)), 0);
  if (!(worst <= 1e-5 * scale)) throw new Error(`compiled and plain gradients differ by ${worst} of ${scale}`);
}

/** TensorFlow.js on each backend that starts here. */
async function loadAll(): Promise<Tensorflow[]> {
  const loaded: Tensorflow[] = [];
  for (const backend of ['tensorflow', 'wasm', 'cpu'] as const satisfies readonly TensorflowBackend[]) {
    try {
      loaded.push(await loadTensorflow({ backends: [backend] }));
    } catch (error) {
      console.error(`tfjs ${backend} left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return loaded;
}
