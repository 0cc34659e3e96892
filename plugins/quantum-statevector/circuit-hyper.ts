import { boolean, choice, integer, type Domain, type Json } from '../../core/index.js';
import type { Ansatz, Encoding } from './block.js';

/** Hyperparameters of a circuit layer. */
export interface CircuitHyper {
  readonly qubits: number;
  readonly ansatz: string;
  readonly repetitions: number;
  readonly encoding: string;
  readonly reuploading: boolean;
  readonly inputScaling: boolean;
  readonly squashing: 'none' | 'arctan' | 'tanh';
  readonly inputs: 'match' | 'truncate' | 'linear';
  readonly observable: 'automatic' | 'expectation' | 'probabilities';
  readonly measurement: 'automatic' | 'full' | 'partial';
  readonly probabilityScaling: boolean;
  readonly outputScaling: boolean;
}

/** Blocks that a circuit layer may use. */
export interface CircuitBlocks {
  readonly ansatz: Readonly<Record<string, Ansatz>>;
  readonly encodings: Readonly<Record<string, Encoding>>;
  /** Ansatz that random genes use. */
  readonly drawn: readonly [string, ...string[]];
}

/** The domains of a circuit layer's hyperparameters. */
export function circuitDomains({ ansatz, encodings, drawn }: CircuitBlocks) {
  const known = Object.keys(ansatz);
  const first = Object.keys(encodings)[0]!;
  const onlyOne = known.length === 1 ? { fallback: known[0]! } : {};
  const about = Object.values(ansatz).map(({ summary }, index) => `${known[index]}: ${summary}`);
  return {
    qubits: integer(1, 10, { help: 'qubits of the circuit' }),
    ansatz: drawnFrom(drawn, choice(asChoices(known), { help: about.join('; '), ...onlyOne })),
    repetitions: integer(1, 10, { help: 'how often the ansatz is repeated' }),
    ...switches(
      choice(asChoices(Object.keys(encodings)), { fallback: first, help: 'how inputs get into the circuit' }),
    ),
  };
}

/** What researchers switch one at a time; the defaults are the study's layer. */
function switches(encoding: Domain<string>) {
  return {
    encoding: held(encoding),
    reuploading: held(boolean({ fallback: false, help: 'puts the inputs in before every repetition' })),
    inputScaling: held(
      boolean({ fallback: false, help: 'multiplies every input by a trainable weight that starts at 1' }),
    ),
    squashing: held(
      choice(['none', 'arctan', 'tanh'], {
        fallback: 'none',
        help: 'arctan: inputs within (-pi/2, pi/2); tanh: pi tanh(x), within (-pi, pi)',
      }),
    ),
    inputs: held(
      choice(['match', 'truncate', 'linear'], {
        fallback: 'match',
        help: 'match: exactly as many rows as fit; truncate: the first rows that fit; linear: a trainable map of any number of rows',
      }),
    ),
    observable: held(
      choice(['automatic', 'expectation', 'probabilities'], {
        fallback: 'automatic',
        help: 'automatic: probabilities before a layer of any width, <Z> otherwise',
      }),
    ),
    measurement: held(
      choice(['automatic', 'full', 'partial'], {
        fallback: 'automatic',
        help: 'full: every qubit counts in what comes out; partial: half of the qubits where there is a choice',
      }),
    ),
    probabilityScaling: held(
      boolean({ fallback: false, help: 'multiplies k-qubit probabilities by 2^k, so that their mean is 1' }),
    ),
    outputScaling: held(
      boolean({ fallback: false, help: 'multiplies every output by a trainable weight that starts at 1' }),
    ),
  };
}

/** A domain that random genes leave at its default: only who asks for another value gets it. */
export function held<T extends Json>(domain: Domain<T>): Domain<T> {
  const { fallback } = domain;
  if (fallback === undefined) throw new TypeError('a held hyperparameter needs a default');
  return { ...domain, sample: () => fallback, perturb: (value) => value };
}

/** A domain whose random values are some of its values. */
function drawnFrom(drawn: readonly [string, ...string[]], domain: Domain<string>): Domain<string> {
  const { sample, perturb } = choice(drawn);
  return { ...domain, sample, perturb };
}

function asChoices(names: readonly string[]): readonly [string, ...string[]] {
  const [first, ...others] = names;
  if (first === undefined) throw new TypeError('a circuit layer needs at least one ansatz and one encoding');
  return [first, ...others];
}
