import { allWires, constant, gate, type Gate } from '../circuit.js';

/**
 * Gates that turn |0...0> into real amplitudes (Mottonen et al. 2004, arXiv quant-ph/0407010): per wire one RY, controlled by all
 * wires before it, written as RY and CNOT.
 * @param amplitudes 2^wires numbers of length 1
 */
export function prepareAmplitudes(amplitudes: ArrayLike<number>): readonly Gate[] {
  const wires = Math.log2(amplitudes.length);
  return allWires(wires).flatMap((wire) => {
    const groups = 2 ** wire;
    const size = amplitudes.length / groups;
    const norm = (first: number, count: number): number => {
      // At the last wire the sign of an amplitude counts.
      if (count === 1) return amplitudes[first]!;
      let sum = 0;
      for (let k = 0; k < count; k++) sum += amplitudes[first + k]! ** 2;
      return Math.sqrt(sum);
    };
    // Angles are written out or read back, and enter no training: the last bits of atan2 may differ between engines.
    const angles = Array.from(
      { length: groups },
      (_, k) => 2 * Math.atan2(norm(k * size + size / 2, size / 2), norm(k * size, size / 2)),
    );
    return selectedRotation(angles, allWires(wire), wire);
  });
}

/** RY(angles[k]) on the target where the controls are k: half the sum, and half the difference between two CNOTs. */
function selectedRotation(angles: readonly number[], controls: readonly number[], target: number): readonly Gate[] {
  if (angles.every((angle) => angle === 0)) return [];
  const [first, ...rest] = controls;
  if (first === undefined) return [gate('RY', [target], constant(angles[0]!))];
  const half = angles.length / 2;
  const [low, high] = [angles.slice(0, half), angles.slice(half)];
  const difference = selectedRotation(
    low.map((angle, k) => (angle - high[k]!) / 2),
    rest,
    target,
  );
  return [
    ...selectedRotation(
      low.map((angle, k) => (angle + high[k]!) / 2),
      rest,
      target,
    ),
    ...(difference.length === 0 ? [] : [gate('CNOT', [first, target]), ...difference, gate('CNOT', [first, target])]),
  ];
}
