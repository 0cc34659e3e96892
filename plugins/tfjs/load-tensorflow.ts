import { HqnasError, messageOf } from '../../core/index.js';
import type { PassedOver, Tensorflow, TensorflowBackend, TensorflowModule } from './tensorflow.js';

/** Loads a package by name, like `import()`. */
export type Importer = (specifier: string) => Promise<unknown>;

/** Where TensorFlow.js comes from. */
export interface LoadOptions {
  /** Where packages come from; default: beside this package. Pass `(name) => import(name)` to take your own file's. */
  readonly importer?: Importer;
  /** Backends that may be used, best first. Default: tensorflow, wasm, cpu. */
  readonly backends?: readonly TensorflowBackend[];
}

const CORE = '@tensorflow/tfjs';
const WASM = '@tensorflow/tfjs-backend-wasm';
const NATIVE = '@tensorflow/tfjs-node';

const allBackends = ['tensorflow', 'wasm', 'cpu'] as const;

let loaded: Promise<Tensorflow> | undefined;

/**
 * Loads TensorFlow.js on the fastest backend that works here: the native library, else WebAssembly, else JavaScript.
 * Each thread loads its own; without options the second call gives the result of the first.
 * @throws HqnasError `tensorflow-missing` when no backend can be had
 */
export function loadTensorflow(options?: LoadOptions): Promise<Tensorflow> {
  if (options === undefined) return (loaded ??= load({}));
  return load(options);
}

async function load({ importer = (name) => import(name), backends = allBackends }: LoadOptions): Promise<Tensorflow> {
  const passedOver: PassedOver[] = [];
  for (const backend of backends) {
    try {
      const tf = backend === 'tensorflow' ? await loadNative(importer) : await loadPortable(importer, backend);
      return { tf, backend, version: tf.version['tfjs-core'], passedOver };
    } catch (error) {
      passedOver.push({ backend, reason: messageOf(error) });
    }
  }
  throw new HqnasError({
    code: 'tensorflow-missing',
    what: 'TensorFlow.js could not be loaded',
    got: passedOver.map(({ backend, reason }) => `${backend}: ${reason}`).join('; '),
    remedy: `Install it beside hqnas: npm install ${CORE} ${WASM}`,
  });
}

async function loadNative(importer: Importer): Promise<TensorflowModule> {
  restoreUtilities();
  const tf = moduleObject(await importer(NATIVE));
  await tf.ready();
  if (tf.getBackend() !== 'tensorflow') throw new Error(`started on "${tf.getBackend()}" instead`);
  return tf;
}

async function loadPortable(importer: Importer, backend: 'wasm' | 'cpu'): Promise<TensorflowModule> {
  const tf = moduleObject(await importer(CORE));
  // Importing the package registers the backend.
  if (backend === 'wasm') await importer(WASM);
  // Without this the cpu backend prints an advertisement for tfjs-node, which `passedOver` has covered.
  else tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error('it did not start');
  return tf;
}

/** A CommonJS package is under `default` when imported, with or without copies of its names beside it. */
function moduleObject(imported: unknown): TensorflowModule {
  const { default: inner } = imported as { readonly default?: unknown };
  const module = inner ?? imported;
  if (typeof (module as Partial<TensorflowModule>).setBackend !== 'function') {
    throw new TypeError('the package is not TensorFlow.js');
  }
  // Its version and types are those of the peer range in package.json.
  return module as TensorflowModule;
}

/** tfjs-node 4.22 calls two functions of Node's util module that Node 23 removed. */
function restoreUtilities(): void {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => Record<string, unknown> } };
  const utilities = host.process?.getBuiltinModule?.('util');
  if (utilities === undefined) return;
  utilities['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  utilities['isArray'] ??= Array.isArray;
}
