import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isHqnasError } from '../../../core/errors.js';
import { sha256, sha256Bytes } from '../../../core/json.js';
import { listArtifacts, openArtifacts } from '../../../core/node/file-artifacts.js';
import { createMemoryArtifacts, readWeights } from '../../../core/training/artifact-store.js';
import { temporaryFolder } from '../../temporary-folder.js';

const root = temporaryFolder('artifacts');
let folders = 0;
const fresh = (): string => path.join(root, `${folders++}`, 'ledger.db.artifacts');
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const absent = 'ab'.repeat(32);

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return isHqnasError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
}

describe.each([
  ['in memory', () => createMemoryArtifacts()],
  ['in files', () => openArtifacts(fresh())],
])('a store of artifacts %s', (_, make) => {
  it('gives back what was written, by its hash', () => {
    const store = make();
    const all = [bytes(), bytes(1, 2, 3), new Uint8Array(300_000).fill(7)];
    const names = all.map((each) => store.write(each));
    expect(names).toEqual(all.map(sha256Bytes));
    expect(store.write(all[1]!)).toBe(names[1]);
    expect(names.map((name) => store.read(name))).toEqual(all);
    store.remove(names[1]!);
    store.remove(absent);
    expect(names.map((name) => store.read(name)?.length)).toEqual([0, undefined, 300_000]);
  });

  it('shares no memory with its callers', () => {
    const store = make();
    const mine = bytes(1, 2, 3);
    const name = store.write(mine);
    mine[0] = 9;
    store.read(name)![1] = 9;
    expect(store.read(name)).toEqual(bytes(1, 2, 3));
  });

  it('knows nothing under other names', () => {
    const store = make();
    for (const name of [absent, '', '../../etc/passwd', sha256('x').toUpperCase()]) {
      expect(store.read(name)).toBeUndefined();
    }
    expect(codeOf(() => readWeights(store, absent))).toBe('artifact-missing');
  });

  it('holds weights as they lie in memory', () => {
    const store = make();
    const weights = Float32Array.of(1.5, -0, 3e-40);
    const name = store.write(new Uint8Array(weights.buffer));
    expect(readWeights(store, name)).toEqual(weights);
  });
});

describe('a store in memory', () => {
  it('forgets the oldest first', () => {
    const store = createMemoryArtifacts(10);
    const names = [bytes(1, 1, 1, 1), bytes(2, 2, 2, 2), bytes(3, 3, 3, 3)].map((each) => store.write(each));
    expect(names.map((name) => store.read(name) !== undefined)).toEqual([false, true, true]);
    const large = store.write(new Uint8Array(11));
    expect(store.read(large)).toBeUndefined();
  });
});

describe('a store in files', () => {
  it('is the same for everybody who opens it, and leaves nothing unfinished', () => {
    const folder = fresh();
    const name = openArtifacts(folder).write(bytes(1, 2, 3));
    expect(openArtifacts(folder).read(name)).toEqual(bytes(1, 2, 3));
    expect(listArtifacts(folder)).toEqual([{ name, file: path.join(folder, name.slice(0, 2), name), bytes: 3 }]);
    expect(listArtifacts(fresh())).toEqual([]);
  });

  it('never gives damaged bytes, and heals when they are written again', () => {
    const folder = fresh();
    const store = openArtifacts(folder);
    const whole = new Uint8Array(5000).fill(3);
    const name = store.write(whole);
    const file = path.join(folder, name.slice(0, 2), name);
    const intact = readFileSync(file);
    for (const damaged of [
      intact.subarray(0, 4999),
      Buffer.concat([intact, Buffer.of(0)]),
      intact.with(17, 4),
      Buffer.of(),
    ]) {
      writeFileSync(file, damaged);
      expect(store.read(name)).toBeUndefined();
      expect(store.write(whole)).toBe(name);
      expect(store.read(name)).toEqual(whole);
    }
    expect(readdirSync(path.dirname(file))).toEqual([name]);
  });

  it('tells what is no artifact', () => {
    const folder = fresh();
    const name = openArtifacts(folder).write(bytes(1));
    mkdirSync(path.join(folder, 'zz'));
    writeFileSync(path.join(folder, 'zz', name), 'in the wrong place');
    writeFileSync(path.join(folder, name.slice(0, 2), `${name}.1-0-0.tmp`), 'unfinished');
    const names = listArtifacts(folder).map((each) => each.name);
    expect(names.sort()).toEqual([name, undefined, undefined]);
  });

  it('says where it cannot be written', () => {
    const file = path.join(root, 'a-file');
    writeFileSync(file, '');
    const store = openArtifacts(path.join(file, 'folder'));
    expect(codeOf(() => store.write(bytes(1)))).toBe('artifact-not-written');
  });
});
