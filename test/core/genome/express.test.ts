import { describe, expect, it } from '@jest/globals';
import { parseDna } from '../../../core/genome/dna.js';
import { express } from '../../../core/genome/express.js';
import { identityOf } from '../../../core/genome/identity.js';
import { checkLimits, clampToLimits, outsideLimits, rangeOf, sampleWithin } from '../../../core/genome/limits.js';
import type { Limits } from '../../../core/genome/genome.js';
import { createRng } from '../../../core/random.js';
import { kinds, scale } from './kinds.js';

const task = { observationRows: 4, policyRows: 2 };
const expressed = (dna: string, limits?: Limits) =>
  express(parseDna(dna, kinds), { kinds, task, ...(limits === undefined ? {} : { limits }) });

describe('express', () => {
  it('places every layer by what the next one needs', () => {
    const result = expressed('C 3 R Q 3 F 1 Q 8 L 1 Q 2 L 1 C 9 T C 1');
    if (!result.ok) throw new Error(result.reason);
    const { policy, value } = result.network;
    expect(policy.map(({ inputRows, outputRows }) => [inputRows, outputRows])).toEqual([
      [4, 3],
      [3, 8],
      [8, 2],
      [2, 4],
      [4, 9],
      [9, 2],
    ]);
    expect(policy.map(({ place }) => place.rows)).toEqual([3, 8, 2, undefined, undefined, 2]);
    expect(policy.map(({ place }) => place.gain)).toEqual([...Array<number>(5).fill(Math.SQRT2), 0.01]);
    expect(value.at(-1)).toMatchObject({ place: { rows: 1, role: 'value', gain: 1 }, inputRows: 9, outputRows: 1 });
    expect(value.slice(0, -1).map(({ place }) => place)).toEqual(policy.slice(0, -1).map(({ place }) => place));
  });

  it('asks a circuit at the end for both heads', () => {
    const result = expressed('C 3 R Q 3 F 1');
    if (!result.ok) throw new Error(result.reason);
    expect([result.network.policy[1]!.outputRows, result.network.value[1]!.outputRows]).toEqual([2, 1]);
  });

  it.each([
    ['C 5 R Q 4 F 1 C 1', 'layer 2 (Q 4 F 1): needs 4 inputs, but layer 1 gives 5'],
    ['Q 5 F 1 C 1', 'layer 1 (Q 5 F 1): needs 5 inputs, but the observation gives 4'],
    ['C 2 R Q 2 F 1 Q 3 F 1 C 1', 'layer 2 (Q 2 F 1): cannot give 3 numbers'],
    [
      'C 5 R [demo/scale {"power":1}]',
      'layer 2 ([demo/scale {"power":1}]): gives 5 numbers, but the policy head needs 2',
    ],
  ])('refuses %s and names the layer', (dna, reason) => {
    const result = expressed(dna);
    expect(result).toEqual({ ok: false, reason });
  });

  it('refuses what is outside the limits when there are any', () => {
    const limits: Limits = { layers: [2, 3], units: [2, 64], qubits: [2, 3] };
    expect(expressed('C 8 T C 1', limits).ok).toBe(true);
    expect(expressed('C 4 R Q 4 L 1 C 1', limits)).toMatchObject({
      reason: 'layer 2 (Q 4 L 1): qubits 4, the limits are 2 to 3',
    });
    expect(expressed('C 8 T C 8 T C 8 T C 1', limits)).toMatchObject({ reason: '4 layers, the limits are 2 to 3' });
  });
});

describe('limits', () => {
  const limits: Limits = { layers: [1, 5], units: [2, 8] };
  const outside = (dna: string): string | undefined => outsideLimits(parseDna(dna, kinds), kinds, limits)?.reason;

  it('do not hold for what a head ignores', () => {
    expect(outside('C 4 T C 1')).toBeUndefined();
    expect(outside('C 4 T C 900')).toBeUndefined();
    expect(outside('C 1 T C 4')).toBe('layer 1 (C 1 T): units 1, the limits are 2 to 8');
    expect(
      outsideLimits(parseDna('C 2 T Q 2 L 4', kinds), kinds, { layers: [1, 2], repetitions: [1, 3] })?.reason,
    ).toContain('repetitions 4');
  });

  it.each([
    [{ layers: [3, 2] }, 'limits.layers'],
    [{ layers: [0, 2] }, 'at least one layer'],
    [{ layers: [1, 2], units: [5000, 6000] }, 'limits.units'],
    [{ layers: [1, 2], unitz: [2, 6] }, 'Did you mean "units"?'],
    [{ layers: [1, 2], power: [1.5, 2] }, 'whole numbers'],
    [{ layers: [1, 2], factor: [1, 2] }, 'limits.factor'],
  ])('that cannot be kept are refused: %j', (impossible, part) => {
    // Rows of a table lose their tuple types.
    expect(() => {
      checkLimits(impossible as unknown as Limits, kinds);
    }).toThrow(
      expect.objectContaining({ code: 'impossible-limit', message: expect.stringContaining(part) as unknown }),
    );
  });

  it('narrow domains, samples and single genes', () => {
    const narrow: Limits = { layers: [1, 2], power: [3, 9] };
    checkLimits(narrow, kinds);
    expect(rangeOf(scale, 'power', narrow)).toEqual([3, 3]);
    expect(rangeOf(scale, 'power', { layers: [1, 2], power: [4, 9] })).toBeUndefined();
    expect(rangeOf(scale, 'mode', narrow)).toBeUndefined();
    for (let i = 0; i < 20; i++) expect(sampleWithin(scale, narrow, createRng(i))).toMatchObject({ power: 3 });
    expect(clampToLimits({ kind: 'demo/scale', power: 1 }, kinds, narrow)).toEqual({ kind: 'demo/scale', power: 3 });
  });
});

describe('identity', () => {
  const identity = (dna: string): string => identityOf(parseDna(dna, kinds), kinds);

  it('does not count what a head ignores, nor how defaults are written', () => {
    expect(identity('C 4 T C 1')).toBe(identity('C 4 T C 17 R'));
    const short = {
      layers: [{ kind: 'quantum-statevector/circuit' as const, qubits: 2, ansatz: 'basic', repetitions: 1 }],
    };
    expect(identityOf(short, kinds)).toBe(identity('Q 2 L 1'));
  });

  it('counts everything else', () => {
    const all = [
      'C 4 T C 1',
      'C 4 R C 1',
      'C 5 T C 1',
      'C 4 T C 4 T C 1',
      'C 4 T',
      'C 4 T Q 4 L 1',
      'C 4 T Q 4 F 1',
      'Q 4 L 1 C 1',
    ];
    // A lone dense layer is a head: its width and activation do not count.
    expect(new Set(all.map(identity)).size).toBe(all.length);
    expect(identity('C 4 T')).toBe(identity('C 9 R'));
  });
});
