/** Layers written with TensorFlow.js ops. Importing this module loads nothing: `loadTensorflow` does. */
export * from './define-tensor-layer.js';
export * from './load-tensorflow.js';
export * from './tensor-layer.js';
export * from './tensorflow.js';
