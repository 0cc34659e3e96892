import { describe, expect, it } from '@jest/globals';
import { parseVariation, varied } from '../../../../core/experiment/config/vary-config.js';

describe('variations of a config', () => {
  it('have a name in front, or are their own', () => {
    expect(parseVariation('short: trainer.totalSteps=20000').name).toBe('short');
    expect(parseVariation('trainer.totalSteps=20000').name).toBe('trainer.totalSteps=20000');
    expect(parseVariation('searchSpace.constraints=[{ use: a/b }]').name).toBe(
      'searchSpace.constraints=[{ use: a/b }]',
    );
  });

  it('hold values in YAML', () => {
    const { changes } = parseVariation('x: a.b=[{ use: c/d, n: 2 }, e/f]; seed=3; fast=true; name=two words');
    expect(changes).toEqual([
      { path: ['a', 'b'], value: [{ use: 'c/d', n: 2 }, 'e/f'] },
      { path: ['seed'], value: 3 },
      { path: ['fast'], value: true },
      { path: ['name'], value: 'two words' },
    ]);
  });

  it('stand in the values of the file, which stay as they are', () => {
    const data = { trainer: { use: 'ppo/clip', totalSteps: 1 }, seed: 1 };
    expect(varied(data, parseVariation('trainer.totalSteps=2; budget.candidates=5'))).toEqual({
      trainer: { use: 'ppo/clip', totalSteps: 2 },
      seed: 1,
      budget: { candidates: 5 },
    });
    expect(data.trainer.totalSteps).toBe(1);
  });

  it('make the long form of a component that stands in its short one', () => {
    const variation = parseVariation('trainer.totalSteps=2');
    expect(varied({ trainer: 'ppo/clip' }, variation)).toEqual({ trainer: { use: 'ppo/clip', totalSteps: 2 } });
    expect(varied(undefined, variation)).toEqual({ trainer: { totalSteps: 2 } });
  });

  it.each(['', 'trainer', 'trainer=', 'trainer.totalSteps 5', 'a=[', '=5', 'name: '])(
    '"%s" is refused or empty',
    (text) => {
      if (text === 'trainer=') expect(parseVariation(text).changes).toEqual([{ path: ['trainer'], value: null }]);
      else expect(() => parseVariation(text)).toThrow(/--vary: .*\[invalid-variation\]/s);
    },
  );
});
