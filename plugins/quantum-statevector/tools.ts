/** Analysis, noise, exchange and drawing: what works on circuits beside running them. */
export { analyseCircuit, type AnalyseOptions, type CircuitAnalysis } from './analysis/analyse-circuit.js';
export { analysisText } from './analysis/analysis-text.js';
export { circuitCounts, type CircuitCounts } from './analysis/circuit-counts.js';
export { describeCircuit } from './analysis/describe-circuit.js';
export { deadOf } from './analysis/dead-of.js';
export { deadParameters, type DeadParameterOptions, type DeadParameters } from './analysis/dead-parameters.js';
export {
  effectiveDimension,
  effectiveDimensionOf,
  fisherInformation,
  type EffectiveDimensionOptions,
} from './analysis/effective-dimension.js';
export {
  entanglingCapability,
  meyerWallach,
  type EntanglingCapability,
  type EntanglingCapabilityOptions,
} from './analysis/entangling-capability.js';
export { expressibility, fidelityDivergence, type ExpressibilityOptions } from './analysis/expressibility.js';
export { fourierSpectrum, type FourierSpectrum, type FourierSpectrumOptions } from './analysis/fourier-spectrum.js';
export { gradientVariance, type GradientVarianceOptions } from './analysis/gradient-variance.js';
export { withoutDeadWeights, type TrimmedCircuit } from './analysis/without-dead-weights.js';
export {
  evaluateCircuitFile,
  type CircuitResults,
  type ComplexTensor,
  type EvaluateOptions,
} from './circuit-file/evaluate-circuit-file.js';
export { readCircuitFile, type CircuitFile } from './circuit-file/read-circuit-file.js';
export type { Tensor } from './circuit-file/tensor.js';
export { circuitsIn, circuitsOf, loweredAlone } from './circuits-of.js';
export { drawSvg } from './drawing/draw-svg.js';
export { drawText, type DrawTextOptions } from './drawing/draw-text.js';
export {
  classicalSurrogate,
  runSurrogate,
  surrogateDerivative,
  type ClassicalSurrogate,
} from './exchange/classical-surrogate.js';
export { fromQasm } from './exchange/from-qasm.js';
export { toQasm, type QasmOptions } from './exchange/to-qasm.js';
export { channels, checkChannel, type Channel, type ChannelDefinition, type ChannelName } from './noise/channels.js';
export { densityGradients } from './noise/density-gradients.js';
export { densityMatrix, densityOutputs, populations, purity, type DensityMatrix } from './noise/density-matrix.js';
export {
  defineNoisyCircuit,
  withNoise,
  type NoiseModel,
  type NoisyCircuit,
  type PlacedChannel,
} from './noise/noisy-circuit.js';
export { runNoisyCircuit, type NoisyRunOptions } from './noise/run-noisy-circuit.js';
export { pauliTrajectory, sampleTrajectory, trajectoryGradients, trajectoryOutputs } from './noise/trajectories.js';
