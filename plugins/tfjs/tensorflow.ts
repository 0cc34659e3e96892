import type * as tfjs from '@tensorflow/tfjs';

/** The TensorFlow.js module object. Tensors of one copy mean nothing to another: use the one that is handed to you. */
export type TensorflowModule = typeof tfjs;

/** `tensorflow` is native (tfjs-node). */
export type TensorflowBackend = 'tensorflow' | 'wasm' | 'cpu';

/** A faster backend that is not used, and why. */
export interface PassedOver {
  readonly backend: TensorflowBackend;
  readonly reason: string;
}

/** TensorFlow.js, loaded and ready for synchronous use in this thread. */
export interface Tensorflow {
  readonly tf: TensorflowModule;
  /** `tensorflow` is the native library of @tensorflow/tfjs-node, `wasm` WebAssembly, `cpu` plain JavaScript. */
  readonly backend: TensorflowBackend;
  readonly version: string;
  readonly passedOver: readonly PassedOver[];
}

/** For a person: "TensorFlow.js 4.22.0 on wasm; tensorflow passed over: Cannot find package ...". */
export function describeTensorflow({ backend, version, passedOver }: Tensorflow): string {
  const reasons = passedOver.map((faster) => `; ${faster.backend} passed over: ${faster.reason}`);
  return `TensorFlow.js ${version} on ${backend}${reasons.join('')}`;
}
