import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createSharedModules } from '../../../core/node/shared-modules.js';

/** The smallest module: a header without sections. */
const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
// Node's types do not declare WebAssembly.
const { Module } = (globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } })
  .WebAssembly;

describe('createSharedModules', () => {
  const open: { close(): void }[] = [];
  afterEach(() => open.splice(0).forEach((cache) => cache.close()));

  it('hands a compiled module to the other caches of its channel, and to no other channel', async () => {
    const [first, second, stranger] = ['a', 'a', 'b'].map((name) => createSharedModules(`test/${name}`));
    open.push(first!, second!, stranger!);
    first!.set('key', new Module(bytes));
    expect(first!.get('key')).toBeDefined();
    for (let tries = 0; tries < 100 && second!.get('key') === undefined; tries++) await wait(10);
    expect(second!.get('key')).toBeDefined();
    expect(stranger!.get('key')).toBeUndefined();
  });

  it('takes over what another thread compiled', async () => {
    const cache = createSharedModules('test/threads');
    open.push(cache);
    const worker = new Worker(
      `const { BroadcastChannel } = require('node:worker_threads');
       const channel = new BroadcastChannel('test/threads');
       channel.postMessage(['from a thread', new WebAssembly.Module(Uint8Array.of(${bytes.join(',')}))]);
       setTimeout(() => channel.close(), 500);`,
      { eval: true },
    );
    for (let tries = 0; tries < 200 && cache.get('from a thread') === undefined; tries++) await wait(10);
    await worker.terminate();
    expect(cache.get('from a thread')).toBeDefined();
  });
});
