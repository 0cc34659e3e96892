import { didYouMean, exponential, HqnasError } from '../../../core/index.js';
import { complexMatrix, type ComplexMatrix } from '../gates/complex-matrix.js';

/** A channel on one wire, by PennyLane's name. Channels are JSON. */
export type Channel = {
  readonly channel: ChannelName;
  readonly parameters: readonly number[];
};

/** What a channel does: rho becomes the sum of K rho K^dagger over its Kraus matrices K. */
export interface ChannelDefinition {
  /** Names of the parameters, in order. */
  readonly parameters: readonly string[];
  kraus(parameters: readonly number[]): readonly ComplexMatrix[];
  /** Probabilities of X, Y and Z where the channel is a mixture of Pauli gates. */
  paulis?(parameters: readonly number[]): readonly [x: number, y: number, z: number];
  /** What is wrong with parameters that are finite numbers; undefined when nothing is. */
  check(parameters: readonly number[]): string | undefined;
}

const probabilities = (values: readonly number[]): string | undefined =>
  values.every((value) => value >= 0 && value <= 1) ? undefined : 'probabilities lie between 0 and 1';

const root = Math.sqrt;
const scaled = (factor: number, re: readonly number[], im: readonly number[] = []): ComplexMatrix =>
  complexMatrix(
    2,
    re.map((value) => factor * value),
    im.map((value) => factor * value),
  );

/** A mixture of Pauli gates, with the Kraus matrices that follow from it. */
function pauliMixture(
  parameters: readonly string[],
  paulis: (parameters: readonly number[]) => readonly [number, number, number],
): ChannelDefinition {
  return {
    parameters,
    paulis,
    check: probabilities,
    kraus(values) {
      const [x, y, z] = paulis(values);
      return [
        scaled(root(1 - x - y - z), [1, 0, 0, 1]),
        scaled(root(x), [0, 1, 1, 0]),
        scaled(root(y), [], [0, -1, 1, 0]),
        scaled(root(z), [1, 0, 0, -1]),
      ].filter(({ re, im }) => [...re, ...im].some((value) => value !== 0));
    },
  };
}

/** sqrt(share) times amplitude damping: falls from `from` to the other state with probability `rate`. */
function damping(share: number, rate: number, from: 0 | 1): readonly ComplexMatrix[] {
  const keep = root(1 - rate);
  return from === 1
    ? [scaled(root(share), [1, 0, 0, keep]), scaled(root(share * rate), [0, 1, 0, 0])]
    : [scaled(root(share), [keep, 0, 0, 1]), scaled(root(share * rate), [0, 0, 1, 0])];
}

const definitions = {
  /** I with 1 - p, X, Y and Z with p/3 each: fully mixing at p = 3/4. */
  DepolarizingChannel: pauliMixture(['p'], ([p = 0]) => [p / 3, p / 3, p / 3]),
  BitFlip: pauliMixture(['p'], ([p = 0]) => [p, 0, 0]),
  PhaseFlip: pauliMixture(['p'], ([p = 0]) => [0, 0, p]),
  /** Coherences times sqrt(1 - gamma): the same as a phase flip with p = (1 - sqrt(1 - gamma)) / 2. */
  PhaseDamping: pauliMixture(['gamma'], ([gamma = 0]) => [0, 0, (1 - root(1 - gamma)) / 2]),
  AmplitudeDamping: {
    parameters: ['gamma'],
    check: probabilities,
    kraus: ([gamma = 0]) => damping(1, gamma, 1),
  },
  /** p is the probability of excitation. */
  GeneralizedAmplitudeDamping: {
    parameters: ['gamma', 'p'],
    check: probabilities,
    kraus: ([gamma = 0, p = 0]) => [...damping(1 - p, gamma, 1), ...damping(p, gamma, 0)],
  },
  /** Thrown to |0> with p0, to |1> with p1. */
  ResetError: {
    parameters: ['p0', 'p1'],
    check: ([p0 = 0, p1 = 0]) => probabilities([p0, p1, p0 + p1]),
    kraus: ([p0 = 0, p1 = 0]) => [
      scaled(root(1 - p0 - p1), [1, 0, 0, 1]),
      scaled(root(p0), [1, 0, 0, 0]),
      scaled(root(p0), [0, 1, 0, 0]),
      scaled(root(p1), [0, 0, 1, 0]),
      scaled(root(p1), [0, 0, 0, 1]),
    ],
  },
  /** Relaxation towards the excited share pe for a time tg: T1 for populations, T2 for coherences. */
  ThermalRelaxationError: {
    parameters: ['pe', 't1', 't2', 'tg'],
    check([pe = 0, t1 = 0, t2 = 0, tg = 0]) {
      if (!(pe >= 0 && pe <= 1)) return 'the excited share lies between 0 and 1';
      if (!(t1 > 0 && t2 > 0 && tg >= 0)) return 'times are positive';
      return t2 <= 2 * t1 ? undefined : 'T2 is at most 2 T1';
    },
    kraus: ([pe = 0, t1 = 1, t2 = 1, tg = 0]) => thermalKraus(pe, t1, t2, tg),
  },
} as const satisfies Readonly<Record<string, ChannelDefinition>>;

export type ChannelName = keyof typeof definitions;

/** Every channel by its name. */
export const channels: Readonly<Record<ChannelName, ChannelDefinition>> = definitions;

/**
 * Kraus matrices from the eigenvectors of the Choi matrix: with q = 1 - e^{-tg/T1}, populations move by (1 - pe) q from 1 to 0 and
 * pe q from 0 to 1, and |0><1| shrinks by s = e^{-tg/T2}. The Choi matrix is diagonal but for s between |00> and |11>.
 */
function thermalKraus(pe: number, t1: number, t2: number, tg: number): readonly ComplexMatrix[] {
  const q = 1 - exponential(-tg / t1);
  const s = exponential(-tg / t2);
  const [down, up] = [(1 - pe) * q, pe * q];
  const [stay0, stay1] = [1 - up, 1 - down];
  // Eigenvalues and eigenvectors of [[stay0, s], [s, stay1]], without differences of nearly equal numbers.
  const difference = (stay0 - stay1) / 2;
  const reach = root(difference * difference + s * s);
  const larger = (stay0 + stay1) / 2 + reach;
  const smaller = Math.max(0, (stay0 * stay1 - s * s) / larger);
  const [a, b] = reach === 0 ? [1, 0] : difference >= 0 ? [difference + reach, s] : [s, reach - difference];
  const length = root(a * a + b * b);
  const along = [scaled(root(larger) / length, [a, 0, 0, b]), scaled(root(smaller) / length, [-b, 0, 0, a])];
  return [...along, scaled(root(down), [0, 1, 0, 0]), scaled(root(up), [0, 0, 1, 0])];
}

/**
 * Checks a channel that may be anything.
 * @throws HqnasError `invalid-noise`, naming the place
 */
export function checkChannel(
  { channel, parameters }: { readonly channel: string; readonly parameters: readonly number[] },
  where: string,
): void {
  if (!Object.hasOwn(channels, channel)) {
    fail(where, `there is no channel "${channel}"`, undefined, undefined, didYouMean(channel, Object.keys(channels)));
  }
  // Checked in the line above.
  const { parameters: names, check } = channels[channel as ChannelName];
  const got = `[${parameters.join(', ')}]`;
  if (parameters.length !== names.length || !parameters.every(Number.isFinite)) {
    fail(where, `${channel} takes ${names.length} number${names.length === 1 ? '' : 's'}`, names.join(', '), got);
  }
  const problem = check(parameters);
  if (problem !== undefined) fail(where, `${channel}: ${problem}`, names.join(', '), got);
}

function fail(where: string, what: string, expected?: string, got?: string, remedy?: string): never {
  throw new HqnasError({ code: 'invalid-noise', where, what, expected, got, remedy });
}
