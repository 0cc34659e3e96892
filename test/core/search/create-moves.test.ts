import { describe, expect, it } from '@jest/globals';
import { configureConstraint, type Constraint } from '../../../core/genome/constraint.js';
import { parseDna, printDna } from '../../../core/genome/dna.js';
import type { Genome } from '../../../core/genome/genome.js';
import type { Mutation } from '../../../core/genome/mutation.js';
import { refuse, type Gene } from '../../../core/layer/layer-kind.js';
import { createRng } from '../../../core/random.js';
import { createMoves, type MovesOptions } from '../../../core/search/create-moves.js';
import { CandidateFailure } from '../../../core/training/failure.js';
import { standIns } from '../../plugins/paper/kinds.js';

const parse = (dna: string): Genome => parseDna(dna, standIns);
const print = (genome: Genome): string => printDna(genome, standIns);
const parent = 'C 4 R C 8 T C 1';

const mutation = (id: string, mutate: Mutation['mutate']): Mutation => ({ id: `test/${id}`, summary: '', mutate });
const setWidth = (units: number): Mutation =>
  mutation(`width-${units}`, ({ layers }) => ({ layers: layers.with(0, { ...layers[0]!, units }) }));
const declines = mutation('declines', () => undefined);

type Rest = Partial<Omit<MovesOptions, 'constraints'>> & { readonly constraints?: readonly Constraint[] };

function moves(mutations: readonly Mutation[], { constraints = [], ...rest }: Rest = {}) {
  return createMoves({
    space: {
      id: 'test/space',
      summary: '',
      limits: { layers: [2, 4], units: [2, 9] },
      mutations: [],
      constraints: [],
      random: ({ rng }) => parse(`C ${rng.between(1, 12)} R C 1`),
    },
    mutations: mutations.map((each) => ({ mutation: each, weight: each.weight ?? 1 })),
    constraints: constraints.map((constraint) => configureConstraint(constraint)),
    limits: { layers: [2, 4], units: [2, 9] },
    kinds: standIns,
    task: { observationRows: 4, policyRows: 2 },
    ...rest,
  });
}

function failureOf(run: () => unknown): CandidateFailure['reason'] {
  try {
    run();
  } catch (error) {
    if (error instanceof CandidateFailure) return error.reason;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('random', () => {
  it('gives only what the limits allow, and counts the rest', () => {
    const made = moves([declines]);
    for (let i = 0; i < 50; i++) expect(print(made.random(createRng(i)).genome)).toMatch(/^C [2-9] R C 1$/);
    expect(made.rejections.get('random: limits')?.count).toBeGreaterThan(5);
    expect(made.rejections.get('random: limits')?.example).toMatch(/units 1\d?, the limits are 2 to 9/);
  });

  it('is the same for the same stream', () => {
    expect(moves([declines]).random(createRng(3))).toEqual(moves([declines]).random(createRng(3)));
  });
});

describe('mutate', () => {
  it('draws another mutation where one declines', () => {
    const move = moves([declines, setWidth(5)]).mutate(parse(parent), createRng(1));
    expect([move.by, print(move.genome)]).toEqual(['test/width-5', 'C 5 R C 8 T C 1']);
  });

  it('draws by weight', () => {
    const made = moves([], {
      mutations: [
        { mutation: setWidth(5), weight: 3 },
        { mutation: setWidth(6), weight: 1 },
        { mutation: setWidth(7), weight: 0 },
      ],
    });
    const counts = new Map<string, number>();
    for (let i = 0; i < 800; i++) {
      const { by } = made.mutate(parse(parent), createRng(i));
      counts.set(by, (counts.get(by) ?? 0) + 1);
    }
    expect(counts.get('test/width-7')).toBeUndefined();
    // Four standard errors around 600 of 800.
    expect(Math.abs(counts.get('test/width-5')! - 600)).toBeLessThan(49);
  });

  it('throws away what does not fit together or breaks a rule', () => {
    const noSix: Constraint = {
      id: 'test/no-six',
      summary: '',
      check: ({ layers }) => (layers[0]!['units'] === 6 ? refuse('six') : undefined),
    };
    const made = moves([setWidth(6), setWidth(30), setWidth(5)], { constraints: [noSix] });
    for (let i = 0; i < 20; i++) expect(made.mutate(parse(parent), createRng(i)).by).toBe('test/width-5');
    expect([...made.rejections.keys()].sort()).toEqual(['test/width-30: limits', 'test/width-6: test/no-six']);
    const feeder = moves([setWidth(5), setWidth(4)]).mutate(parse('C 4 R Q 4 L 1 C 1'), createRng(2));
    expect(feeder.by).toBe('test/width-4');
  });

  it('takes a repair and examines it again', () => {
    const even: Constraint = {
      id: 'test/even',
      summary: '',
      check: ({ layers }) => (Number(layers[0]!['units']) % 2 === 0 ? undefined : refuse('odd')),
      repair: ({ layers }) => ({ layers: layers.with(0, { ...layers[0]!, units: Number(layers[0]!['units']) + 1 }) }),
    };
    expect(print(moves([setWidth(5)], { constraints: [even] }).mutate(parse(parent), createRng(1)).genome)).toBe(
      'C 6 R C 8 T C 1',
    );
    // 9 is repaired to 10, which is outside the limits.
    expect(() => moves([setWidth(9)], { constraints: [even] }).mutate(parse(parent), createRng(1))).toThrow(
      /search-starved/,
    );
  });

  it('ends when nothing valid comes, and says why', () => {
    const noThree: Constraint = {
      id: 'test/never',
      summary: '',
      check: () => refuse('nothing pleases me'),
      repair: (genome) => genome,
    };
    expect(() =>
      moves([setWidth(5), declines], { constraints: [noThree] }).mutate(parse(parent), createRng(1)),
    ).toThrow(/200 mutations.*test\/width-5: test\/never \(nothing pleases me\).*\[search-starved\]/);
    expect(() => moves([declines], { constraints: [noThree] }).random(createRng(1))).toThrow(
      /test\/space.*search-starved/,
    );
  });

  it('refuses weights that draw nothing', () => {
    expect(() => moves([], { mutations: [{ mutation: declines, weight: 0 }] })).toThrow(/at least one above 0/);
  });
});

describe('a mutation with an error', () => {
  // What plugins do wrong in JavaScript; the types would forbid it.
  const loose = (run: (layers: Gene[]) => unknown): Mutation =>
    mutation('wrong', (genome) => run(genome.layers as Gene[]) as Genome | undefined);

  it.each<[string, (layers: Gene[]) => unknown, string, RegExp]>([
    ['throws', () => (undefined as unknown as Gene[]).length, 'mutation-threw', /"test\/wrong" threw: Cannot read/],
    [
      'throws a text',
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw 'oh';
      },
      'mutation-threw',
      /threw: oh/,
    ],
    [
      'changes a gene of its parent',
      (layers) => {
        Object.assign(layers[0]!, { units: 5 });
        return { layers };
      },
      'mutation-broke-contract',
      /changes its parent/,
    ],
    [
      'adds to the layers of its parent',
      (layers) => {
        layers.push(layers[0]!);
        return { layers };
      },
      'mutation-broke-contract',
      /changes its parent/,
    ],
    ['gives a list', (layers) => layers, 'mutation-broke-contract', /no list "layers"/],
    ['gives null', () => null, 'mutation-broke-contract', /no list/],
    ['gives an empty network', () => ({ layers: [] }), 'mutation-broke-contract', /no layers/],
    [
      'gives a layer that is not registered',
      (layers) => ({ layers: [...layers, { kind: 'classical/dence' }] }),
      'mutation-broke-contract',
      /layer 4.*Did you mean "classical\/dense"/,
    ],
    [
      'gives a number that is none',
      (layers) => ({ layers: [{ ...layers[0]!, units: NaN }] }),
      'mutation-broke-contract',
      /"units" is not a finite number/,
    ],
    [
      'gives a hyperparameter that does not exist',
      (layers) => ({ layers: [{ ...layers[0]!, width: 3 }, layers[2]!] }),
      'mutation-broke-contract',
      /"test\/wrong" gave a gene that is none.*width/,
    ],
    [
      'gives a value outside its domain',
      (layers) => ({ layers: [{ ...layers[0]!, activation: 'sine' }, layers[2]!] }),
      'mutation-broke-contract',
      /activation/,
    ],
  ])('that %s is a failure of the candidate', (_what, run, code, message) => {
    const genome = parse(parent);
    const reason = failureOf(() => moves([loose(run)]).mutate(genome, createRng(1)));
    expect(reason).toMatchObject({ stage: 'propose', code });
    expect(reason.message).toMatch(message);
    expect(print(genome)).toBe(parent);
  });

  it('is told from a constraint or a search space with one', () => {
    const throwing: Constraint = {
      id: 'test/throws',
      summary: '',
      check: () => {
        throw new Error('oh');
      },
    };
    expect(
      failureOf(() => moves([setWidth(5)], { constraints: [throwing] }).mutate(parse(parent), createRng(1))),
    ).toMatchObject({
      code: 'constraint-threw',
      message: 'constraint "test/throws" threw: oh',
    });
    const space = {
      id: 'test/space' as const,
      summary: '',
      limits: { layers: [1, 2] as const },
      mutations: [],
      constraints: [],
      random: () => {
        throw new Error('oh');
      },
    };
    expect(failureOf(() => moves([setWidth(5)], { space }).random(createRng(1))).code).toBe('search-space-threw');
  });
});
