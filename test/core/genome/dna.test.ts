import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isHqnasError } from '../../../core/errors.js';
import { parseDna, printDna } from '../../../core/genome/dna.js';
import { createRng } from '../../../core/random.js';
import { Registry } from '../../../core/registry.js';
import { kinds, scale } from './kinds.js';

const messageFor = (dna: string): string => {
  try {
    parseDna(dna, kinds);
  } catch (error) {
    if (isHqnasError(error) && error.code === 'invalid-dna') return error.message;
    throw error;
  }
  throw new Error(`${dna} was read without an error`);
};

describe('DNA', () => {
  it('is what the study writes', () => {
    const dna = 'C 37 T C 41 R Q 4 F 2 Q 2 O 1 C 1';
    const genome = parseDna(dna, kinds);
    expect(genome.layers.map((gene) => gene.kind.split('/')[1])).toEqual([
      'dense',
      'dense',
      'circuit',
      'circuit',
      'dense',
    ]);
    expect(genome.layers[2]).toEqual({
      kind: 'quantum-statevector/circuit',
      qubits: 4,
      ansatz: 'strong',
      repetitions: 2,
      scale: 'none',
    });
    expect(genome.layers[4]).toEqual({ kind: 'classical/dense', units: 1, activation: 'identity' });
    expect(printDna(genome, kinds)).toBe(dna);
  });

  it('may be spaced at will', () => {
    const tidy = 'C 3 R [demo/scale {"power":2}] C 1';
    expect(printDna(parseDna('  C\t3   R[ demo/scale\n  {"power" : 2} ]C 1 ', kinds), kinds)).toBe(tidy);
  });

  it('leaves out an activation only where it is none and the layer is the last', () => {
    expect(printDna(parseDna('C 3 I C 5 I', kinds), kinds)).toBe('C 3 I C 5');
    expect(printDna(parseDna('C 3 I C 5 T', kinds), kinds)).toBe('C 3 I C 5 T');
  });

  it('writes a gene in brackets when the notation cannot tell all of it', () => {
    const dna = '[quantum-statevector/circuit {"qubits":2,"ansatz":"basic","repetitions":1,"scale":"trainable"}]';
    expect(printDna(parseDna(`C 2 T ${dna}`, kinds), kinds)).toBe(`C 2 T ${dna}`);
  });

  it('comes back from any genome', () => {
    const all = [...kinds];
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), (seed, length) => {
        const rng = createRng(seed);
        const genome = { layers: Array.from({ length }, () => rng.pick(all).sample(rng)) };
        const dna = printDna(genome, kinds);
        expect(parseDna(dna, kinds)).toEqual(genome);
        expect(printDna(parseDna(dna, kinds), kinds)).toBe(dna);
      }),
    );
  });

  it('takes a gene without its defaults for the same one', () => {
    const short = {
      layers: [{ kind: 'quantum-statevector/circuit' as const, qubits: 2, ansatz: 'basic', repetitions: 1 }],
    };
    expect(printDna(short, kinds)).toBe('Q 2 L 1');
  });
});

describe('an error in DNA', () => {
  it.each([
    ['C 37 T X 41 T C 1', 'position 8', 'a layer: C, Q, [plugin/layer]', '"X"', 'C 37 T X 41 T C 1\n         ^'],
    ['C x T C 1', 'position 3', 'units: an integer in [1, 4096]', '"x"', '\n    ^'],
    ['C 5000 T C 1', 'position 3', 'units: an integer in [1, 4096]', '"5000"', '\n    ^^^^'],
    ['C 3 t C 1', 'position 5', 'activation: T (tanh), R (relu), I (identity)', '"t"', 'Did you mean "T"?'],
    ['c 3 T C 1', 'position 1', 'a layer', '"c"', 'Did you mean "C"?'],
    ['C 3 C 1', 'position 5', 'activation', '"C"', '\n      ^'],
    ['C 3 T Q 4 F', 'position 7', 'repetitions', 'nothing', '      ^^^^^'],
    ['C 3 T C', 'position 7', 'units', 'nothing', '        ^'],
    ['', 'position 1', 'at least one layer', '""', '^'],
    ['C 3 T [demo/scael {"power":1}] C 1', 'position 8', 'demo/scale', '"demo/scael"', 'Did you mean "demo/scale"?'],
    ['C 3 T [demo/scale {"power":7}] C 1', 'position 19', 'an integer in [1, 3]', '7', '^^^^^^^^^^^'],
    ['C 3 T [demo/scale {power:1}] C 1', 'position 19', 'factor, power, fixed, mode', '{power:1}', '^^^^^^^^^'],
    ['C 3 T [demo/scale {"power":1} C 1', 'position 7', '[plugin/layer {"name": value}]', 'demo', '^'],
    ['C 3 T ] C 1', 'position 7', 'a layer', '"]"', '^'],
  ])('points at its place: %s', (dna, ...parts) => {
    const message = messageFor(dna);
    for (const part of parts) expect(message).toContain(part);
  });

  it('names both layers that share a symbol', () => {
    const twin = { ...scale, id: 'demo/other' as const, notation: { symbol: 'C', fields: [] } };
    expect(() => parseDna('C 1', new Registry('layer', [...kinds, twin]))).toThrow(
      /classical\/dense.*demo\/other.*"C"/,
    );
  });
});
