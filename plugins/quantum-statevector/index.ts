import { definePlugin } from '../../core/index.js';
import { circuitLayer } from './circuit-layer.js';

export { circuitGradients, type CircuitGradients } from './adjoint.js';
export { basicEntanglingLayers, type BasicEntanglingLayersOptions } from './ansatz/basic-entangling-layers.js';
export { circularEntanglingLayers, type CircularEntanglingLayersOptions } from './ansatz/circular-entangling-layers.js';
export { stronglyEntanglingLayers, type StronglyEntanglingLayersOptions } from './ansatz/strongly-entangling-layers.js';
export { buildCircuit, circuitLayer, readout } from './circuit-layer.js';
export { circuitOp } from './circuit-op.js';
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
export { angleEmbedding, type Axis } from './encodings/angle.js';
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

export default definePlugin({ name: 'quantum-statevector', layers: [circuitLayer] });
