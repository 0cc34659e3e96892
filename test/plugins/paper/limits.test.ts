import { describe, expect, it } from '@jest/globals';
import { balancedSpace, studySpace } from '../../../plugins/paper/index.js';

describe.each([studySpace, balancedSpace])('limits of $id', (space) => {
  it('are sound as they are', () => {
    expect(space.checkLimits?.(space.limits)).toBeUndefined();
  });

  it('are refused where widths would silently leave out circuits', () => {
    for (const units of [
      [4, 64],
      [2, 8],
    ] as const) {
      expect(space.checkLimits?.({ ...space.limits, units, qubits: [2, 10] })).toMatchObject({ ok: false });
    }
    expect(space.checkLimits?.({ layers: [3, 4], units: [3, 8], qubits: [3, 8] })).toBeUndefined();
  });
});
