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
  readonly deadWeights: 'kept' | 'dropped';
}

/** Hyperparameters beyond qubits, ansatz and repetitions. */
export type CircuitChoices = Omit<CircuitHyper, 'qubits' | 'ansatz' | 'repetitions'>;

/** Blocks that a circuit layer may use, and what random genes make of them. */
export interface CircuitBlocks {
  readonly ansatz: Readonly<Record<string, Ansatz>>;
  readonly encodings: Readonly<Record<string, Encoding>>;
  /** Ansatz that random genes use. */
  readonly drawn: readonly [string, ...string[]];
  /** Choices that random genes draw as well; all others stay at their defaults. */
  readonly searched?: readonly (keyof CircuitChoices)[];
  /** Defaults other than those of the study's layer. */
  readonly defaults?: Partial<CircuitChoices>;
}

/** The domains of a circuit layer's hyperparameters. */
export function circuitDomains({ ansatz, encodings, drawn, searched = [], defaults = {} }: CircuitBlocks) {
  const known = Object.keys(ansatz);
  const first = Object.keys(encodings)[0]!;
  const onlyOne = known.length === 1 ? { fallback: known[0]! } : {};
  const about = Object.values(ansatz).map(({ summary }, index) => `${known[index]}: ${summary}`);
  const studied: CircuitChoices = { ...studyChoices, encoding: first, ...defaults };
  const settled = <N extends keyof CircuitChoices, T extends Json>(name: N, domain: Domain<T>): Domain<T> =>
    searched.includes(name) ? domain : held(domain);
  const flag = (name: FlagName, help: string): Domain<boolean> =>
    settled(name, boolean({ fallback: studied[name], help }));
  return {
    qubits: integer(1, 10, { help: 'qubits of the circuit' }),
    ansatz: drawnFrom(drawn, choice(asChoices(known), { help: about.join('; '), ...onlyOne })),
    repetitions: integer(1, 10, { help: 'how often the ansatz is repeated' }),
    encoding: settled(
      'encoding',
      choice(asChoices(Object.keys(encodings)), {
        fallback: studied.encoding,
        help: 'how inputs get into the circuit',
      }),
    ),
    reuploading: flag('reuploading', 'puts the inputs in before every repetition'),
    inputScaling: flag('inputScaling', 'multiplies every input by a trainable weight that starts at 1'),
    squashing: settled(
      'squashing',
      choice(['none', 'arctan', 'tanh'], {
        fallback: studied.squashing,
        help: 'arctan: inputs within (-pi/2, pi/2); tanh: pi tanh(x), within (-pi, pi)',
      }),
    ),
    inputs: settled(
      'inputs',
      choice(['match', 'truncate', 'linear'], {
        fallback: studied.inputs,
        help: 'match: exactly as many rows as fit; truncate: the first rows that fit; linear: a trainable map of any number of rows',
      }),
    ),
    observable: settled(
      'observable',
      choice(['automatic', 'expectation', 'probabilities'], {
        fallback: studied.observable,
        help: 'automatic: probabilities before a layer of any width, <Z> otherwise',
      }),
    ),
    measurement: settled(
      'measurement',
      choice(['automatic', 'full', 'partial'], {
        fallback: studied.measurement,
        help: 'full: every qubit counts in what comes out; partial: half of the qubits where there is a choice',
      }),
    ),
    probabilityScaling: flag('probabilityScaling', 'multiplies k-qubit probabilities by 2^k, so that their mean is 1'),
    outputScaling: flag('outputScaling', 'multiplies every output by a trainable weight that starts at 1'),
    deadWeights: settled(
      'deadWeights',
      choice(['kept', 'dropped'], {
        fallback: studied.deadWeights,
        help: 'dropped: leaves out the weights that cannot influence what is measured',
      }),
    ),
  };
}

type FlagName = 'reuploading' | 'inputScaling' | 'probabilityScaling' | 'outputScaling';

/** The choices of the study's layer but for the encoding: the defaults. */
export const studyChoices: Omit<CircuitChoices, 'encoding'> = {
  reuploading: false,
  inputScaling: false,
  squashing: 'none',
  inputs: 'match',
  observable: 'automatic',
  measurement: 'automatic',
  probabilityScaling: false,
  outputScaling: false,
  deadWeights: 'kept',
};

/** A domain that random genes leave at its default: only who asks for another value gets it. */
function held<T extends Json>(domain: Domain<T>): Domain<T> {
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
