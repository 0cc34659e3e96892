import type { CircuitAnalysis } from './analyse-circuit.js';

/** An analysis for people to read. */
export function analysisText({
  counts,
  dead,
  expressibility,
  entanglement,
  gradientVariance,
  samples,
}: CircuitAnalysis): string {
  const rows: readonly (readonly [string, string])[] = [
    ['size', `${counts.qubits} qubits, ${counts.inputs} inputs, ${counts.weights} weights, ${counts.outputs} outputs`],
    [
      'gates',
      `${counts.gates}, of which ${counts.twoQubitGates} on two qubits${counts.widerGates === 0 ? '' : ` and ${counts.widerGates} on more`}; depth ${counts.depth}`,
    ],
    ['simulation', `${counts.simulationFlops} operations per sample`],
    ['dead weights', `${dead.weights.length} of ${counts.weights}${listed('w', dead.weights)}`],
    ['dead inputs', `${dead.inputs.length} of ${counts.inputs}${listed('x', dead.inputs)}`],
    ...(expressibility === undefined
      ? []
      : [['expressibility', `${digits(expressibility)} nats from random states`] as const]),
    [
      'entanglement',
      `${digits(entanglement.mean)} (Meyer-Wallach)${entanglement.samples > 1 ? ` ± ${digits(entanglement.deviation)}` : ''}`,
    ],
    ...(gradientVariance === undefined
      ? []
      : [
          [
            'gradient',
            `variance ${digits(gradientVariance.mean)} on average over live weights, ${digits(gradientVariance.smallest)} to ${digits(gradientVariance.largest)}`,
          ] as const,
        ]),
  ];
  const found =
    dead.method === 'structural' ? 'Dead parameters by Pauli strings' : 'Dead parameters by gradients at random points';
  return [
    ...rows.map(([name, value]) => `${name.padEnd(15)}${value}`),
    `${found}; ${samples} random draws of weights.`,
  ].join('\n');
}

function listed(letter: string, indexes: readonly number[]): string {
  if (indexes.length === 0) return '';
  const shown = indexes.slice(0, 12).map((index) => `${letter}${index}`);
  return ` (${shown.join(' ')}${indexes.length > shown.length ? ' ...' : ''})`;
}

/** Three digits that count. */
function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
