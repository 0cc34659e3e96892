import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../core/random.js';
import type { SearchSpace } from '../../../core/genome/search-space.js';
import { boundsOf } from '../../../plugins/paper/bounds.js';
import { brokenRule } from '../../../plugins/paper/rules.js';
import { balancedSpace, studySpace } from '../../../plugins/paper/search-spaces.js';
import { context } from './paper-context.js';

function statistics(space: SearchSpace, draws: number, policyRows = 2) {
  let [hybrid, circuits, ending, invalid, layers] = [0, 0, 0, 0, 0];
  const byQubits = new Map<number, number>();
  const place = context(createRng(1), space.limits, policyRows);
  const bounds = boundsOf(place);
  for (let i = 0; i < draws; i++) {
    const genome = space.random(place);
    const qubits = genome.layers.flatMap((gene) => (typeof gene['qubits'] === 'number' ? [gene['qubits']] : []));
    for (const count of qubits) byQubits.set(count, (byQubits.get(count) ?? 0) + 1);
    layers += genome.layers.length;
    circuits += qubits.length;
    if (qubits.length > 0) hybrid++;
    if (genome.layers.at(-1)!.kind === 'quantum-statevector/circuit') ending++;
    if (brokenRule(genome.layers, bounds) !== undefined) invalid++;
  }
  return { hybrid, circuits, ending, invalid, layers, byQubits };
}

/** Four standard errors of a measured share of p, by two samples of n: the published figure is a sample as well. */
const within4 = (share: number, p: number, n: number): boolean =>
  Math.abs(share - p) < 4 * Math.sqrt((2 * p * (1 - p)) / n);

describe('paper/study', () => {
  const draws = 20_000;
  const measured = statistics(studySpace, draws);

  it("reproduces the published generator's statistics", () => {
    expect(within4(measured.hybrid / draws, 0.938, draws)).toBe(true);
    expect(within4(measured.ending / draws, 0.35, draws)).toBe(true);
    expect(within4((measured.byQubits.get(10) ?? 0) / measured.circuits, 0.844, measured.circuits)).toBe(true);
    expect(within4((measured.byQubits.get(2) ?? 0) / measured.circuits, 0.035, measured.circuits)).toBe(true);
    expect(within4(measured.invalid / draws, 0.0022, draws)).toBe(true);
    expect(measured.circuits / draws).toBeCloseTo(2.07, 1);
    expect(measured.layers / draws).toBeCloseTo(6.5, 1);
  });

  it('would be told from a generator with uniform qubits', () => {
    const { byQubits, circuits } = statistics(balancedSpace, 2000);
    expect(within4((byQubits.get(10) ?? 0) / circuits, 0.844, circuits)).toBe(false);
  });
});

describe('paper/balanced', () => {
  it.each([2, 4])('draws every number of qubits equally often and nothing invalid (%i actions)', (actions) => {
    const draws = 5000;
    const { byQubits, circuits, invalid, hybrid } = statistics(balancedSpace, draws, actions);
    expect(invalid).toBe(0);
    expect(within4(hybrid / draws, 0.938, draws)).toBe(true);
    if (actions > 2) return;
    const expected = circuits / 9;
    const chiSquare = Array.from({ length: 9 }, (_, i) => ((byQubits.get(i + 2) ?? 0) - expected) ** 2 / expected);
    // 8 degrees of freedom: 26.1 has probability 0.001.
    expect(chiSquare.reduce((sum, term) => sum + term)).toBeLessThan(26.1);
  });
});
