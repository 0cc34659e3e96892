import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../core/random.js';
import {
  amplitudeState,
  basicEntanglingLayers,
  circuitGradients,
  classicalSurrogate,
  compileCircuit,
  controlledGate,
  deadParameters,
  defineCircuit,
  defineGate,
  densityGradients,
  densityMatrix,
  drawSvg,
  drawText,
  entanglingCapability,
  expectationZ,
  expressibility,
  fourierSpectrum,
  gate,
  gradientVariance,
  input,
  product,
  runCircuit,
  runNoisyCircuit,
  runSurrogate,
  sampleTrajectory,
  stronglyEntanglingLayers,
  surrogateDerivative,
  toQasm,
  trajectoryGradients,
  weight,
  withNoise,
  type Circuit,
} from '../../../plugins/quantum-statevector/index.js';

const circuit = defineCircuit({
  wires: 2,
  inputs: 2,
  weights: 1,
  gates: [gate('RX', [0], input(0)), gate('RY', [1], product(weight(0), input(1))), gate('CNOT', [0, 1])],
  measurement: expectationZ([0, 1]),
});
const noisy = withNoise(circuit, { gates: [{ channel: 'BitFlip', parameters: [0.1] }] });
const surrogate = classicalSurrogate(
  defineCircuit({ ...circuit, inputs: 1, weights: 0, gates: [gate('RX', [0], input(0))] }),
  [],
);
const rng = () => createRng(1);
/** A literal that nobody checked. */
const literal: Circuit = { ...circuit, gates: [gate('RX', [5], input(0))] };
const sequence = defineGate('pair', { wires: 1, angles: 0, gates: () => [gate('X', [0]), gate('H', [0])] });
/** What types refuse reaches the library from JavaScript and JSON. */
const untyped = (parts: object): Circuit => ({ ...circuit, ...parts });

const mistakes: readonly (readonly [name: string, call: () => unknown, message: string])[] = [
  ['a literal is run', () => runCircuit(literal, [1, 1], [1]), 'gates[0].wires: .*invalid-circuit'],
  ['a literal is differentiated', () => circuitGradients(literal, [1, 1], [1], [1, 1]), 'gates[0].wires: '],
  ['a literal is compiled', () => compileCircuit(literal), 'gates[0].wires: .*invalid-circuit'],
  ['a literal is drawn', () => drawText(literal), 'gates[0].wires: '],
  ['a literal is drawn as SVG', () => drawSvg(literal), 'gates[0].wires: '],
  ['a literal is exported', () => toQasm(literal), 'gates[0].wires: '],
  ['a literal is analysed', () => deadParameters(literal), 'gates[0].wires: '],
  [
    'a number as an angle',
    () => defineCircuit(untyped({ gates: [{ gate: 'RX', wires: [0], angles: [0.3] }] })),
    'gates[0].angles[0]: this is no angle',
  ],
  [
    'no angle',
    () => defineCircuit(untyped({ gates: [{ gate: 'RX', wires: [0], angles: [undefined] }] })),
    'gates[0].angles[0]: this is no angle',
  ],
  [
    'an unknown readout',
    () => defineCircuit(untyped({ measurement: { kind: 'expval', wires: [0] } })),
    'measurement.kind: ',
  ],
  [
    'a wire in place of wires',
    () => defineCircuit(untyped({ measurement: { kind: 'expectation-z', wires: 0 } })),
    'measurement.wires: wires are a list',
  ],
  ['an angle that overflows', () => runCircuit(circuit, [0, 1e200], [1e200]), 'RY on 1: .*invalid-circuit-values'],
  ['the gradient of one', () => circuitGradients(circuit, [0, 1e200], [1e200], [1, 1]), 'RY on 1: '],
  [
    'a state that does not fit',
    () => runCircuit(defineCircuit({ ...circuit, wires: 30 }), [0, 1], [1]),
    'state: .*too-many-qubits',
  ],
  [
    'states that do not fit',
    () => expressibility(defineCircuit({ ...circuit, wires: 30 }), rng()),
    'state: .*too-many-qubits',
  ],
  ['noise on too few inputs', () => densityMatrix(noisy, [1], [1]), 'inputs: .*invalid-circuit-values'],
  ['noise on what is not finite', () => densityGradients(noisy, [1, NaN], [1], [1, 1]), 'inputs[1]: '],
  ['noise with a short cotangent', () => densityGradients(noisy, [1, 1], [1], [1]), 'cotangent: '],
  ['a trajectory without weights', () => sampleTrajectory(noisy, [1, 1], [], rng()), 'weights: '],
  [
    'no trajectories',
    () => trajectoryGradients(noisy, [1, 1], [1], [1, 1], { trajectories: 0, rng: rng() }),
    'trajectories: .*invalid-argument',
  ],
  [
    'trajectories with a short cotangent',
    () => trajectoryGradients(noisy, [1, 1], [1], [1], { trajectories: 1, rng: rng() }),
    'cotangent: ',
  ],
  ['no shots', () => runNoisyCircuit(noisy, [1, 1], [1], { shots: 0, rng: rng() }), 'shots: .*invalid-argument'],
  ['half a shot', () => runNoisyCircuit(noisy, [1, 1], [1], { shots: 2.5, rng: rng() }), 'shots: '],
  ['shots that are no number', () => runNoisyCircuit(noisy, [1, 1], [1], { shots: NaN, rng: rng() }), 'shots: '],
  [
    'no mean of trajectories',
    () => runNoisyCircuit(noisy, [1, 1], [1], { method: 'trajectories', trajectories: 0, rng: rng() }),
    'trajectories: ',
  ],
  ['the spectrum of an input that there is not', () => fourierSpectrum(circuit, [1], { input: 2 }), 'input: .*0 to 1'],
  ['of an output that there is not', () => fourierSpectrum(circuit, [1], { output: 7 }), 'output: '],
  ['of half a degree', () => fourierSpectrum(circuit, [1], { degree: 0.5 }), 'degree: '],
  ['over no period', () => fourierSpectrum(circuit, [1], { period: 0 }), 'period: '],
  ['expressibility of no pairs', () => expressibility(circuit, rng(), { pairs: 0 }), 'pairs: '],
  ['expressibility in no bins', () => expressibility(circuit, rng(), { bins: 0 }), 'bins: '],
  ['expressibility of too few inputs', () => expressibility(circuit, rng(), { inputs: [1] }), 'inputs: '],
  ['entanglement of no states', () => entanglingCapability(circuit, rng(), { samples: 0 }), 'samples: '],
  ['variance of one gradient', () => gradientVariance(circuit, rng(), { samples: 1 }), 'samples: '],
  ['a surrogate of another size', () => runSurrogate({ ...surrogate, inputs: 2 }, [1, 2]), 'coefficients: '],
  ['its derivative by an input that there is not', () => surrogateDerivative(surrogate, [1], 1), 'input: '],
  ['layers less than none', () => stronglyEntanglingLayers({ wires: 2, layers: -1 }), 'layers: .*invalid-circuit'],
  ['half a layer', () => stronglyEntanglingLayers({ wires: 2, layers: 1.5 }), 'layers: '],
  ['a template on no wires', () => basicEntanglingLayers({ wires: 0, layers: 1 }), 'wires: '],
  ['a controlled sequence', () => controlledGate('controlled', sequence), 'controlled: .*invalid-circuit'],
  [
    'amplitudes of more inputs than there are',
    () => defineCircuit({ ...circuit, initial: amplitudeState(3) }),
    'initial.features: ',
  ],
];

describe('wrong calls of the library', () => {
  it.each(mistakes)('%s: a coded error that names the place', (_name, call, message) => {
    expect(call).toThrow(new RegExp(`^${message.replaceAll(/[[\]]/g, '\\$&')}`));
    expect(call).toThrow(expect.objectContaining({ name: 'HqnasError' }));
  });
});
