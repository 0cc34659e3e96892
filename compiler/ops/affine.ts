import { defineOp } from '../op.js';
import { affineSingle } from './affine-single.js';
import { emitMatrixProduct, emitOuterProduct } from './matrix-kernels.js';
import { storeVectors } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

/** y = W [x; 1]: weights [units, x.rows + 1], the last column is the bias. */
export const affine = defineOp({
  id: 'core/affine',
  summary: 'matrix product and bias',
  saves: ['inputs'],
  shape(inputRows, parameterShapes) {
    requireOperands('core/affine', inputRows, 1, parameterShapes, 1);
    const [units = 0, columns = 0, ...rest] = parameterShapes[0]!;
    const depth = inputRows[0]!;
    requireShape(
      units >= 1 && columns === depth + 1 && rest.length === 0,
      'core/affine',
      `weights [units, ${depth + 1}] for ${depth} rows and the bias`,
      `[${parameterShapes[0]!.join(', ')}]`,
    );
    return units;
  },
  reference: {
    forward([x], [w], samples) {
      const depth = x!.length / samples;
      const units = w!.length / (depth + 1);
      const y = new Float64Array(units * samples);
      for (let o = 0; o < units; o++) {
        for (let s = 0; s < samples; s++) {
          let sum = w![o * (depth + 1) + depth]!;
          for (let k = 0; k < depth; k++) sum += w![o * (depth + 1) + k]! * x![k * samples + s]!;
          y[o * samples + s] = sum;
        }
      }
      return y;
    },
    backward([x], [w], _output, dy, samples) {
      const depth = x!.length / samples;
      const units = w!.length / (depth + 1);
      const dw = new Float64Array(w!.length);
      const dx = new Float64Array(x!.length);
      for (let o = 0; o < units; o++) {
        for (let s = 0; s < samples; s++) {
          const cotangent = dy[o * samples + s]!;
          dw[o * (depth + 1) + depth]! += cotangent;
          for (let k = 0; k < depth; k++) {
            dw[o * (depth + 1) + k]! += cotangent * x![k * samples + s]!;
            dx[k * samples + s]! += cotangent * w![o * (depth + 1) + k]!;
          }
        }
      }
      return { inputs: [dx], parameters: [dw] };
    },
  },
  kernel: {
    fusesEpilogue: true,
    single: affineSingle,
    forward(fn, { inputs, output, parameters, sampleBytes }) {
      const x = inputs[0]!;
      emitMatrixProduct(fn, {
        ...{ rows: output.rows, depth: x.rows, x, sampleBytes },
        ...{ weights: parameters[0]!, weightRow: (x.rows + 1) * 4, weightStep: 4, bias: x.rows * 4 },
        store: (position, offset, values) => {
          storeVectors(fn, position, output.address + offset, values);
        },
      });
    },
    backward(fn, { inputs, outputGradient, inputGradients, parameters, parameterGradients, sampleBytes, epilogues }) {
      const x = inputs[0]!;
      const dx = inputGradients[0];
      emitOuterProduct(fn, {
        ...{
          rows: outputGradient.rows,
          depth: x.rows,
          target: parameterGradients[0]!,
          d: outputGradient,
          x,
          sampleBytes,
        },
      });
      if (dx === undefined) return;
      const epilogue = epilogues?.[0];
      emitMatrixProduct(fn, {
        ...{ rows: x.rows, depth: outputGradient.rows, x: outputGradient, sampleBytes },
        ...{ weights: parameters[0]!, weightRow: 4, weightStep: (x.rows + 1) * 4, bias: undefined },
        store(position, offset, sums) {
          const values = sums.map((sum, i) => {
            const place = offset + 16 * i;
            const value = epilogue === undefined ? sum : epilogue(position, place, sum);
            return dx.accumulate ? fn.f32.add(fn.f32.load(position, dx.address + place), value) : value;
          });
          storeVectors(fn, position, dx.address + offset, values);
        },
      });
    },
  },
});
