import { describe, expect, it } from '@jest/globals';
import { describeTensorflow, loadTensorflow, type Importer } from '../../../plugins/tfjs/index.js';

const real: Importer = (name) => import(name);
/** As if only these packages were installed. */
const only =
  (...installed: string[]): Importer =>
  (name) =>
    installed.includes(name) ? real(name) : Promise.reject(new Error(`Cannot find package '${name}'`));

describe('loading TensorFlow.js', () => {
  it('takes WebAssembly where the native package is missing, and says so', async () => {
    const importer = only('@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm');
    const tensorflow = await loadTensorflow({ importer });
    expect(tensorflow.backend).toBe('wasm');
    expect(tensorflow.tf.getBackend()).toBe('wasm');
    expect(tensorflow.passedOver).toEqual([
      { backend: 'tensorflow', reason: "Cannot find package '@tensorflow/tfjs-node'" },
    ]);
    expect(describeTensorflow(tensorflow)).toMatch(
      /^TensorFlow\.js 4\.\S+ on wasm; tensorflow passed over: Cannot find/,
    );
    expect([...tensorflow.tf.matMul([[1, 2]], [[3], [4]]).dataSync()]).toEqual([11]);
  });

  it('takes plain JavaScript where nothing else is there', async () => {
    const tensorflow = await loadTensorflow({ importer: only('@tensorflow/tfjs') });
    expect(tensorflow.backend).toBe('cpu');
    expect(tensorflow.passedOver.map(({ backend }) => backend)).toEqual(['tensorflow', 'wasm']);
    expect([...tensorflow.tf.matMul([[1, 2]], [[3], [4]]).dataSync()]).toEqual([11]);
  });

  it('uses only the backends that are asked for', async () => {
    const tensorflow = await loadTensorflow({ importer: real, backends: ['cpu'] });
    expect([tensorflow.backend, tensorflow.passedOver]).toEqual(['cpu', []]);
  });

  it('prefers the native package, whose object has its names under `default`', async () => {
    const native = {
      setBackend: () => undefined,
      ready: async () => undefined,
      getBackend: () => 'tensorflow',
      version: { 'tfjs-core': '4.22.0' },
    };
    const importer: Importer = (name) =>
      name === '@tensorflow/tfjs-node'
        ? Promise.resolve({ default: native })
        : Promise.reject(new Error('not asked for'));
    expect((await loadTensorflow({ importer })).tf).toBe(native);
  });

  it('says what to install when there is none', async () => {
    await expect(loadTensorflow({ importer: only() })).rejects.toMatchObject({
      code: 'tensorflow-missing',
      message: expect.stringContaining('npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm'),
    });
  });

  it('loads once per thread', async () => {
    expect(await loadTensorflow()).toBe(await loadTensorflow());
  });
});
