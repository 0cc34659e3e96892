import { describe, expect, it } from '@jest/globals';
import {
  compile,
  createModuleCache,
  createProgramMemory,
  type HeadKernel,
  type ModuleCache,
  programKey,
} from '../../compiler/index.js';
import { code, fill, network } from './small-network.js';

describe('memories and modules', () => {
  it('are reused: one memory for many programs, one module per architecture', () => {
    const memory = createProgramMemory();
    const modules = createModuleCache();
    let made = 0;
    const counting: ModuleCache = {
      get: (key) => modules.get(key),
      set: (key, module) => {
        made++;
        modules.set(key, module);
      },
    };
    const sizes = new Set<number>();
    for (let i = 0; i < 60; i++) {
      const { graph, outputs } = network([4 + (i % 6)]);
      const program = compile(graph, { outputs, memory, modules: counting });
      fill(program, i);
      program.forward(8);
      sizes.add(memory.bytes);
    }
    expect(made).toBe(6);
    const seen = network([4]);
    expect(modules.get(programKey(seen.graph, { outputs: seen.outputs }))).toBeDefined();
    expect(modules.size).toBe(6);
    expect(sizes.size).toBe(1);
  });

  it('grow when a program needs more, and start from zeros', () => {
    const memory = createProgramMemory();
    const small = network([4]);
    const first = compile(small.graph, { outputs: small.outputs, memory });
    fill(first);
    const large = network([64, 64, 64]);
    const second = compile(large.graph, { outputs: large.outputs, memory, capacity: 256 });
    expect(
      code(() => {
        first.forward(8);
      }),
    ).toBe('program-released');
    expect(second.parameters.every((value) => value === 0)).toBe(true);
    fill(second);
    second.forward(256);
    expect(second.outputs['value']!.data[255]).not.toBe(0);
    second.release();
    second.release();
    expect(
      code(() => {
        second.backward(8);
      }),
    ).toBe('program-released');
    const third = compile(small.graph, { outputs: small.outputs, memory });
    expect(new Float32Array(third.parameters.buffer, 0, third.memoryBytes / 4).every((value) => value === 0)).toBe(
      true,
    );
  });

  it('survive a compilation that fails', () => {
    const memory = createProgramMemory();
    const { graph, outputs } = network();
    const head: HeadKernel = {
      ...{ name: 'broken', rows: {}, scalars: [], statistics: [], key: '1' },
      emit: () => {
        throw new Error('broken head');
      },
    };
    expect(() => compile(graph, { outputs, memory, heads: [head] })).toThrow('broken head');
    const program = compile(graph, { outputs, memory });
    fill(program);
    program.forward(8);
  });

  it('of released programs without a memory of their own are used again', () => {
    const { graph, outputs } = network();
    const buffers = new Set<ArrayBufferLike>();
    for (let i = 0; i < 50; i++) {
      const program = compile(graph, { outputs });
      buffers.add(program.parameters.buffer);
      program.release();
    }
    expect(buffers.size).toBe(1);
    const both = [compile(graph, { outputs }), compile(graph, { outputs })];
    expect(both[0]!.parameters.buffer).not.toBe(both[1]!.parameters.buffer);
  });

  it('the cache keeps what was used last', () => {
    const cache = createModuleCache(2);
    cache.set('a', {});
    cache.set('b', {});
    cache.get('a');
    cache.set('c', {});
    expect([cache.get('a') !== undefined, cache.get('b') !== undefined, cache.size]).toEqual([true, false, 2]);
  });
});
