import { definePlugin } from '../../core/index.js';
import { allCircuits } from './all-circuits.js';
import { circuitLayer } from './circuit-layer.js';

export { circuitGradients, circuitJacobian, type CircuitGradients } from './adjoint.js';
export { allCircuits } from './all-circuits.js';
export { ansatzes } from './ansatz/ansatzes.js';
export {
  basicAnsatz,
  basicEntanglingLayers,
  type BasicEntanglingLayersOptions,
} from './ansatz/basic-entangling-layers.js';
export {
  circularAnsatz,
  circularEntanglingLayers,
  type CircularEntanglingLayersOptions,
} from './ansatz/circular-entangling-layers.js';
export { hardwareEfficientAnsatz } from './ansatz/hardware-efficient.js';
export { noEntanglementAnsatz } from './ansatz/no-entanglement.js';
export { ppoQAnsatz } from './ansatz/ppo-q.js';
export { simplifiedTwoDesignAnsatz } from './ansatz/simplified-two-design.js';
export {
  strongAnsatz,
  stronglyEntanglingLayers,
  type StronglyEntanglingLayersOptions,
} from './ansatz/strongly-entangling-layers.js';
export {
  defineAnsatz,
  defineEncoding,
  type Ansatz,
  type BlockContext,
  type Encoding,
  type WeightStart,
} from './block.js';
export { buildCircuit, circuitLayer, readout, type CircuitChoice } from './circuit-layer.js';
export { circuitOp } from './circuit-op.js';
export { compileCircuit, type CompileCircuitOptions } from './compile-circuit.js';
export type { BatchGradients, CompiledCircuit, FloatArray } from './compiled-circuit.js';
export type { ExecutionPath } from './execution.js';
export {
  allWires,
  constant,
  defineCircuit,
  gate,
  input,
  negative,
  product,
  weight,
  type Angle,
  type Circuit,
  type Gate,
  type Template,
} from './circuit.js';
export {
  composeCircuit,
  encodingGates,
  templateOf,
  type CircuitRecipe,
  type ComposedCircuit,
} from './compose-circuit.js';
export { defineCircuitLayer, type CircuitLayerDefinition } from './define-circuit-layer.js';
export { amplitudeEncoding, amplitudeEncodingWith } from './encodings/amplitude.js';
export { angleEmbedding, angleEncoding, hadamardAngleEncoding, type Axis } from './encodings/angle.js';
export { basisEncoding } from './encodings/basis.js';
export { encodings } from './encodings/encodings.js';
export { iqpEncoding, iqpEncodingWith } from './encodings/iqp.js';
export { baseGates, inBaseGates, sequenceGates } from './gates/decompositions.js';
export { controlledGate, defineGate, type GateMaker, type GateRecipe } from './gates/define-gate.js';
export type { ComplexMatrix } from './gates/complex-matrix.js';
export type { GateDefinition } from './gates/gate-definition.js';
export type { Entry, GateForm, MatrixRows } from './gates/gate-form.js';
export { definitionOf, gates, type GateName } from './gates/gates.js';
export { amplitudeState, basisState, type InitialState } from './initial-state.js';
export {
  expectationX,
  expectationY,
  expectationZ,
  expectationZZ,
  measurementRows,
  mixture,
  probabilities,
  readoutsOf,
  type Measurement,
  type Readout,
} from './measurement.js';
export { finalState, runCircuit } from './statevector-reference.js';
export type { StateVector } from './statevector.js';
export * from './tools.js';

export default definePlugin({ name: 'quantum-statevector', layers: [circuitLayer], constraints: [allCircuits] });
