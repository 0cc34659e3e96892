import { describe, expect, it } from '@jest/globals';
import { HqnasError, didYouMean, isHqnasError, messageOf, suggest } from '../../core/errors.js';
import { parseId, pluginOf } from '../../core/id.js';
import { canonicalJson, sha256 } from '../../core/json.js';
import { Registry } from '../../core/registry.js';

describe('errors', () => {
  it('say what, where, expected, got and the remedy', () => {
    const error = new HqnasError({
      code: 'some-code',
      what: 'it is wrong',
      where: 'a.b',
      expected: '1',
      got: '2',
      remedy: 'Use 1.',
    });
    expect(error.message).toBe('a.b: it is wrong; expected 1, got 2. Use 1. [some-code]');
    expect(isHqnasError(error)).toBe(true);
    expect(isHqnasError(new Error('other'))).toBe(false);
    expect(messageOf('text\nmore')).toBe('text');
  });

  it('suggest what was likely meant', () => {
    const ids = ['regularized-evolution/aging', 'random-search/uniform', 'cartpole/v1'];
    expect(suggest('regularised-evolution/agng', ids)).toBe('regularized-evolution/aging');
    expect(suggest('aging', ids)).toBe('regularized-evolution/aging');
    expect(suggest('uinform', ids)).toBe('random-search/uniform');
    expect(suggest('something-else-entirely', ids)).toBeUndefined();
    expect(didYouMean('zzz', ids)).toContain('cartpole/v1');
  });
});

describe('ids and registries', () => {
  const thing = (id: `${string}/${string}`): { id: `${string}/${string}`; summary: string } => ({ id, summary: '' });

  it('accept plugin/name and nothing else', () => {
    expect(pluginOf(parseId('demo/a-1.x'))).toBe('demo');
    for (const bad of ['demo', 'Demo/a', 'demo/', '/a', 'demo/a b', 'a/b/c'])
      expect(() => parseId(bad)).toThrow('[invalid-id]');
  });

  it('refuse duplicates and answer unknown ids with the nearest one', () => {
    expect(() => new Registry('mutation', [thing('a/b'), thing('a/b')])).toThrow('[duplicate-id]');
    const registry = new Registry('mutation', [thing('a/swap'), thing('a/drop')]);
    expect(registry.ids()).toEqual(['a/drop', 'a/swap']);
    expect(() => registry.get('a/swop', 'space.mutations[0]')).toThrow(
      /space\.mutations\[0\].*Did you mean "a\/swap"\?.*\[unknown-id\]/,
    );
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys, and holds no NaN', () => {
    expect(canonicalJson({ b: [1, { d: 2, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"d":2}]}');
    expect(() => canonicalJson({ a: NaN })).toThrow(TypeError);
  });

  it('hashes as SHA-256 does', () => {
    // FIPS 180-4 example.
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
