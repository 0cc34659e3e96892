import type { FloatVector, FunctionBuilder, VectorOperations } from '../../../compiler/index.js';
import { vectorBytes } from '../layout.js';
import { bitGroups, eachGroup } from './pointer.js';

/** Walsh-Hadamard transform in place: v_p becomes the sum over m of (-1)^{parity of m & p} v_m. */
export function transformSigns<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  address: number,
  count: number,
): void {
  for (const group of bitGroups(Math.log2(count), 3)) {
    const step = 2 ** group.first * vectorBytes;
    eachGroup(fn, count, group, vectorBytes, vectorBytes, ({ counter, known }) => {
      const at = (member: number) => [counter ?? 0, address + known + member * step] as const;
      const values = Array.from({ length: 2 ** group.size }, (_, member) => fn.let(ops.load(...at(member))));
      for (let bit = 1; bit < values.length; bit *= 2) {
        for (let low = 0; low < values.length; low++) {
          if ((low & bit) !== 0) continue;
          const [a, b] = [values[low]!, values[low | bit]!];
          values[low] = fn.let(ops.add(a, b));
          values[low | bit] = fn.let(ops.subtract(a, b));
        }
      }
      values.forEach((value, member) => {
        fn.store(...at(member), value);
      });
    });
  }
}
