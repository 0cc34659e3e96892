import { canonicalJson, type JsonObject } from '../json.js';
import { decodeSafetensors, encodeSafetensors } from '../model/safetensors.js';
import { isArtifactError, type ArtifactStore } from './artifact-store.js';
import type { Candidate } from './evaluator.js';
import type { TrainingState } from './training-state.js';

const format = 'hqnas paused training 1';

/**
 * Keeps the state of a training that stopped before its budget was spent, until a candidate goes on with it. States save
 * time and nothing else: where one is gone the training starts anew and comes to the same. So a full disk is no reason to
 * stop.
 * @returns the name of the artifact; undefined where it could not be kept
 */
export function keepPaused(store: ArtifactStore, candidate: Candidate, state: TrainingState): string | undefined {
  const { arrays, facts, exact } = state;
  const described = { training: trainingOf(candidate), fidelity: candidate.fidelity ?? 1, facts, exact };
  const tensors = Object.entries(arrays).map(([name, values]) => [name, { shape: [values.length], values }]);
  const bytes = encodeSafetensors({
    tensors: Object.fromEntries(tensors) as Parameters<typeof encodeSafetensors>[0]['tensors'], // made just above
    metadata: { format, hqnas: JSON.stringify(described) },
  });
  try {
    return store.write(bytes);
  } catch (error) {
    if (isArtifactError(error)) return undefined;
    throw error;
  }
}

/** What this candidate can go on from: the state that it names, if that is there and belongs to the same training. */
export function findPaused(store: ArtifactStore, candidate: Candidate): TrainingState | undefined {
  const bytes = candidate.paused === undefined ? undefined : store.read(candidate.paused);
  if (bytes === undefined) return undefined;
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata['format'] !== format) return undefined;
  // Written by `keepPaused` in the format that was just checked.
  const { training, fidelity, facts, exact } = JSON.parse(metadata['hqnas'] ?? '{}') as {
    training: string;
    fidelity: number;
    facts: JsonObject;
    exact: boolean;
  };
  if (training !== trainingOf(candidate) || fidelity >= (candidate.fidelity ?? 1)) return undefined;
  const arrays = Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]));
  return { arrays, facts, exact };
}

/** Equal for candidates that go the same way: same network, same seeds. */
function trainingOf({ index, seedsOf = index, repeat = 0, genome }: Candidate): string {
  return canonicalJson([seedsOf, repeat, genome.layers]);
}
