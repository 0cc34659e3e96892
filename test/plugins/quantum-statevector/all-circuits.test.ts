import { describe, expect, it } from '@jest/globals';
import { configureConstraint } from '../../../core/genome/constraint.js';
import type { Gene } from '../../../core/layer/layer-kind.js';
import { Registry } from '../../../core/registry.js';
import { allCircuits } from '../../../plugins/quantum-statevector/all-circuits.js';
import { circuitLayer } from '../../../plugins/quantum-statevector/circuit-layer.js';

const gene = (choices: Readonly<Record<string, string | number | boolean>> = {}): Gene => ({
  ...{ kind: 'quantum-statevector/circuit', qubits: 3, ansatz: 'strong', repetitions: 2 },
  ...choices,
});

describe('one choice for all circuits of a search', () => {
  const kinds = new Registry('layer', [circuitLayer]);
  const context = (given: Readonly<Record<string, unknown>>) => ({
    kinds,
    limits: { layers: [1, 9] as const },
    task: { observationRows: 3, policyRows: 2 },
    options: configureConstraint(allCircuits, given).options,
  });
  const genome = { layers: [gene(), gene({ measurement: 'full' })] };

  it('is kept, or repaired', () => {
    expect(allCircuits.check(genome, context({}))).toBeUndefined();
    const full = context({ measurement: 'full', outputScaling: true, ansatz: 'none' });
    expect(allCircuits.check(genome, full)).toMatchObject({ ok: false, reason: expect.stringContaining('layer 1') });
    const repaired = allCircuits.repair!(genome, full)!;
    expect(repaired.layers).toEqual(Array(2).fill(gene({ measurement: 'full', outputScaling: true, ansatz: 'none' })));
    expect(allCircuits.check(repaired, full)).toBeUndefined();
  });

  it('counts what is left out as its default', () => {
    expect(allCircuits.check({ layers: [gene()] }, context({ measurement: 'automatic' }))).toBeUndefined();
  });

  it('checks its options', () => {
    expect(() => context({ measurement: 'most' })).toThrow('invalid-option');
    expect(() => context({ measure: 'full' })).toThrow('unknown-option');
  });
});
