import type { Graph } from '../../compiler/graph.js';
import { HqnasError } from '../errors.js';
import type { Genome } from '../genome/genome.js';
import type { JsonObject } from '../json.js';
import type { Model } from '../model/model.js';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../model/safetensors.js';
import type { TrainingState } from './training-state.js';

/** A trained network and how it came about: all that evaluation and further training need. */
export interface Checkpoint {
  readonly genome: Genome;
  /** The genome in notation, for people. */
  readonly dna: string;
  /** Config of the training: environment with its wrappers, trainer with its options, seed. */
  readonly config: JsonObject;
  readonly steps: number;
  /** What the wrappers of the environment learned; null where there is nothing. */
  readonly statistics: JsonObject | null;
  /** One tensor per parameter, in the order of the graph. */
  readonly weights: Readonly<Record<string, StoredTensor>>;
  readonly state?: TrainingState;
}

const format = 'hqnas model 1';
const statePrefix = 'training ';

/** The weights of a model by names that are unique. */
export function weightsOf({ graph, program }: Model): Record<string, StoredTensor> {
  return Object.fromEntries(
    namesOf(graph).map((name, i) => {
      const { offset, size, shape } = graph.parameters[i]!;
      return [name, { shape, values: program.parameters.slice(offset, offset + size) }];
    }),
  );
}

/** @throws HqnasError `wrong-model` when they belong to another network */
export function loadWeights({ graph, program }: Model, weights: Checkpoint['weights']): void {
  namesOf(graph).forEach((name, i) => {
    const { offset, size } = graph.parameters[i]!;
    const values = weights[name]?.values;
    if (values?.length !== size) {
      throw new HqnasError({
        code: 'wrong-model',
        what: `the file has no weights that fit "${name}"`,
        expected: `${size} numbers`,
        got: values === undefined ? 'none' : `${values.length}`,
        remedy: 'Load it with the plugins, and the versions of them, that it was trained with.',
      });
    }
    program.parameters.set(values, offset);
  });
  program.parametersChanged();
}

/** A checkpoint as a safetensors file: weights and training state as tensors, everything else as JSON in its metadata. */
export function encodeCheckpoint({ weights, state, ...facts }: Checkpoint): Uint8Array {
  const arrays = Object.entries(state?.arrays ?? {}).map(([name, values]): [string, StoredTensor] => [
    `${statePrefix}${name}`,
    { shape: [values.length], values },
  ]);
  const training = state === undefined ? {} : { training: { facts: state.facts, exact: state.exact } };
  return encodeSafetensors({
    tensors: { ...weights, ...Object.fromEntries(arrays) },
    metadata: { format, hqnas: JSON.stringify({ ...facts, ...training }) },
  });
}

/** @throws HqnasError `invalid-model-file` */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata['format'] !== format) {
    throw new HqnasError({
      code: 'invalid-model-file',
      what: 'this file holds tensors, but no model of hqnas',
      expected: format,
      got: metadata['format'] ?? 'no format',
    });
  }
  // Written by `encodeCheckpoint` in the format that was just checked.
  const { training, ...facts } = JSON.parse(metadata['hqnas'] ?? '{}') as Omit<Checkpoint, 'weights' | 'state'> & {
    training?: Omit<TrainingState, 'arrays'>;
  };
  const split = (inState: boolean): [string, StoredTensor][] =>
    Object.entries(tensors).filter(([name]) => name.startsWith(statePrefix) === inState);
  const arrays = Object.fromEntries(split(true).map(([name, { values }]) => [name.slice(statePrefix.length), values]));
  return {
    ...facts,
    weights: Object.fromEntries(split(false)),
    ...(training === undefined ? {} : { state: { ...training, arrays } }),
  };
}

/** Names of the parameters; equal ones are numbered. */
function namesOf({ parameters }: Graph): string[] {
  const seen = new Map<string, number>();
  return parameters.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}
