import { describe, expect, it } from '@jest/globals';
import { boolean, choice, integer, parseValues, real, schemaOf, text, type Domain } from '../../core/domain.js';
import { createRng } from '../../core/random.js';

const options = {
  units: integer(2, 64, { help: 'width' }),
  rate: real(0, 1, { fallback: 0.5 }),
  kind: choice(['a', 'b'], { fallback: 'a' }),
  on: boolean({ fallback: true }),
};

describe('domains', () => {
  it.each<[string, Domain]>([
    ['integer', integer(2, 64)],
    ['integer of one value', integer(3, 3)],
    ['real', real(-1, 1)],
    ['choice', choice(['a', 'b', 'c'])],
    ['boolean', boolean()],
    ['text', text({ fallback: 'x' })],
  ])('%s samples and perturbs within itself', (_, domain) => {
    const rng = createRng(1);
    for (let i = 0; i < 500; i++) {
      const value = domain.sample(rng);
      expect(domain.contains(value)).toBe(true);
      expect(domain.contains(domain.perturb(value, rng))).toBe(true);
    }
  });

  it('perturb always changes a value that can change, and reaches every value in steps', () => {
    const rng = createRng(2);
    const domain = integer(2, 10);
    const reached = new Set<number>();
    let value = 5;
    for (let i = 0; i < 500; i++) {
      const next = domain.perturb(value, rng);
      expect(next).not.toBe(value);
      value = next;
      reached.add(value);
    }
    expect(reached.size).toBe(9);
    expect(choice(['a', 'b']).perturb('a', rng)).toBe('b');
  });

  it('fill in defaults and refuse what is wrong, with the path', () => {
    expect(parseValues(options, { units: 8 }, 'trainer')).toEqual({ units: 8, rate: 0.5, kind: 'a', on: true });
    expect(() => parseValues(options, {}, 'trainer')).toThrow(/trainer\.units.*\[missing-option\]/);
    expect(() => parseValues(options, { units: 65 }, 'trainer')).toThrow(
      /an integer in \[2, 64\], got 65.*\[invalid-option\]/,
    );
    expect(() => parseValues(options, { units: 8, rte: 1 }, 'trainer')).toThrow(
      /Did you mean "rate"\?.*\[unknown-option\]/,
    );
    expect(() => parseValues({}, { units: 8 }, 'strategy')).toThrow(/It takes no options\. \[unknown-option\]/);
    expect(() => parseValues(options, { units: 8, rate: NaN }, 'trainer')).toThrow('[invalid-option]');
  });

  it('describe themselves as JSON schema', () => {
    expect(schemaOf(options)).toMatchObject({
      required: ['units'],
      additionalProperties: false,
      properties: { units: { type: 'integer', minimum: 2, maximum: 64, description: 'width' }, on: { default: true } },
    });
  });
});
