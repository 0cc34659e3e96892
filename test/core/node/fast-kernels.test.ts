import { describe, expect, it } from '@jest/globals';
import { supportsRelaxed } from '../../../compiler/relaxed-support.js';
import { compile, type Program } from '../../../compiler/index.js';

import { allowFastKernels } from '../../../core/node/fast-kernels.js';
import { fill, network } from '../../compiler/small-network.js';

describe('fast kernels', () => {
  allowFastKernels({ fast: true });

  function trained(options: { readonly relaxed?: boolean; readonly backend?: 'javascript' }): Program {
    const { graph, outputs } = network([33, 18]);
    const program = compile(graph, { outputs, ...options });
    fill(program);
    for (let step = 0; step < 5; step++) {
      program.forward(64);
      program.backward(64);
      program.adam(1e-2, 1e-5, 1);
    }
    return program;
  }
  const trainedAlike = (options: Parameters<typeof trained>[0]): number[] => [...trained(options).parameters];

  it('run on every Node that is supported, and say so', () => {
    expect(supportsRelaxed()).toBe(true);
    expect(trained({ relaxed: true }).backend).toBe('wasm relaxed');
  });

  it('compute the same up to rounding', () => {
    const exact = trainedAlike({});
    const relaxed = trainedAlike({ relaxed: true });
    expect(trainedAlike({ relaxed: true })).toEqual(relaxed);
    expect(Math.max(...exact.map((value, i) => Math.abs(value - relaxed[i]!)))).toBeLessThan(1e-3);
  });

  it('leave the bits of all others alone', () => {
    expect(trainedAlike({})).toEqual(trainedAlike({ backend: 'javascript' }));
  });
});
