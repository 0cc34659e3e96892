import { product } from '../angle.js';
import { defineEncoding } from '../block.js';
import { allWires, gate } from '../circuit.js';

/**
 * Instantaneous quantum polynomial encoding (Havlicek et al. 2019, arXiv 1804.11326) as PennyLane's IQPEmbedding: per repeat H and
 * RZ(x_i) on every wire, then exp(-i x_i x_j ZZ / 2) on every pair i < j. Wires without a feature get the H alone.
 */
export function iqpEncodingWith(repeats: number) {
  return defineEncoding({
    name: 'iqp',
    summary: `H, RZ(x_i) and exp(-i x_i x_j ZZ / 2), ${repeats} times`,
    capacity: (wires) => wires,
    gates: ({ wires, features, feature }) =>
      Array.from({ length: repeats }, () => [
        ...allWires(wires).flatMap((wire) => [
          gate('H', [wire]),
          ...(wire < features ? [gate('RZ', [wire], feature(wire))] : []),
        ]),
        ...allWires(features).flatMap((i) =>
          allWires(features)
            .slice(i + 1)
            .map((j) => gate('IsingZZ', [i, j], product(feature(i), feature(j)))),
        ),
      ]).flat(),
  });
}

/** Two repeats: one alone has outputs that are easy to compute. */
export const iqpEncoding = iqpEncodingWith(2);
