import { describe, expect, it } from '@jest/globals';
import type { Place } from '../../../core/layer/layer-kind.js';
import { expectationZ, probabilities } from '../../../plugins/quantum-statevector/measurement.js';
import { planReadout, type ReadoutChoice } from '../../../plugins/quantum-statevector/readout.js';

const hidden = (rows?: number): Place => ({ role: 'hidden', rows, gain: 1 });
const head = (rows: number): Place => ({ role: 'policy', rows, gain: 1 });

describe('the readout', () => {
  const choice = (
    observable: ReadoutChoice['observable'],
    measurement: ReadoutChoice['measurement'] = 'automatic',
  ): ReadoutChoice => ({ observable, measurement });
  const reads = (measurement: unknown, rows: number) => ({ ok: true, measurement, rows });

  it.each([
    [hidden(), choice('expectation'), reads(expectationZ([0, 1, 2]), 3)],
    [hidden(), choice('automatic', 'partial'), reads(probabilities([0, 1]), 4)],
    [hidden(), choice('expectation', 'partial'), reads(expectationZ([0, 1]), 2)],
    [hidden(4), choice('probabilities'), reads(probabilities([0, 1]), 4)],
    [hidden(8), choice('automatic', 'full'), reads(probabilities([0, 1, 2]), 8)],
    [hidden(2), choice('automatic', 'full'), reads(expectationZ([0, 1, 2]), 2)],
    [head(2), choice('automatic', 'full'), reads(expectationZ([0, 1, 2]), 2)],
    [head(2), choice('probabilities'), reads(probabilities([0]), 2)],
    [head(3), choice('automatic', 'full'), reads(expectationZ([0, 1, 2]), 3)],
  ])('of 3 qubits in %j, %j', (place, asked, expected) => {
    expect(planReadout(3, place, asked)).toEqual(expected);
  });

  it.each([
    [hidden(4), choice('probabilities', 'full')],
    [hidden(3), choice('probabilities')],
    [hidden(8), choice('expectation')],
    [head(1), choice('probabilities')],
    [head(4), choice('automatic', 'full')],
  ])('of 3 qubits is refused in %j, %j', (place, asked) => {
    const refused = planReadout(3, place, asked);
    expect(refused.ok).toBe(false);
    expect(refused.ok ? '' : refused.reason).toContain('3 qubits');
  });
});
