import { defineEncoding } from '../block.js';
import { amplitudeState } from '../initial-state.js';

/**
 * Inputs as the amplitudes in which the circuit starts, filled up with `padding` and divided by their norm (Schuld and Petruccione
 * 2018, as PennyLane's AmplitudeEmbedding with `pad_with`). Inputs that are all 0 give |0...0> with zero gradient.
 */
export function amplitudeEncodingWith(padding: number) {
  return defineEncoding({
    name: 'amplitude',
    summary: 'up to 2^wires inputs are the amplitudes of the first state',
    capacity: (wires) => 2 ** wires,
    gates: () => [],
    initial: (_wires, features) => amplitudeState(features, padding),
  });
}

/** Filled up with zeros. */
export const amplitudeEncoding = amplitudeEncodingWith(0);
