import { HqnasError } from '../errors.js';
import { sha256Bytes } from '../json.js';

/**
 * Bytes by their SHA-256: trained weights, states of paused trainings, and whatever else is too large for a ledger. What is
 * read is what was written, or nothing. Nothing in it is history: an experiment reads the same without it.
 */
export interface ArtifactStore {
  /**
   * Keeps bytes; those that are there already cost nothing. When it returns, they survive a crash.
   * @returns their name: SHA-256, lower-case hexadecimal
   * @throws HqnasError `artifact-not-written`
   */
  write(bytes: Uint8Array): string;
  /** A copy; undefined where nothing of this name is there, or where it is damaged. */
  read(name: string): Uint8Array | undefined;
  /** Forgets what is there under a name, if anything is. */
  remove(name: string): void;
}

/**
 * A store for the life of the process. The oldest artifacts make room for the latest.
 * @param capacity bytes of all artifacts together
 */
export function createMemoryArtifacts(capacity = 256 * 2 ** 20): ArtifactStore {
  const kept = new Map<string, Uint8Array>();
  let total = 0;
  const remove = (name: string): void => {
    total -= kept.get(name)?.length ?? 0;
    kept.delete(name);
  };
  return {
    write(bytes) {
      const name = sha256Bytes(bytes);
      remove(name);
      for (const oldest of kept.keys()) {
        if (total + bytes.length <= capacity) break;
        remove(oldest);
      }
      if (bytes.length > capacity) return name;
      kept.set(name, bytes.slice());
      total += bytes.length;
      return name;
    },
    read: (name) => kept.get(name)?.slice(),
    remove,
  };
}

/**
 * The trained weights behind an outcome, as one flat vector in the order of the graph's parameters. They are there where
 * `LocalEvaluatorParts.keepWeights` was set when it was trained.
 * @param parametersHash of the outcome: weights are named by it
 * @throws HqnasError `artifact-missing`
 */
export function readWeights(store: ArtifactStore, parametersHash: string): Float32Array {
  const bytes = store.read(parametersHash);
  if (bytes !== undefined) return new Float32Array(bytes.slice().buffer);
  throw new HqnasError({
    code: 'artifact-missing',
    what: 'the weights of a trained network are gone or damaged',
    where: `artifact ${parametersHash}`,
    remedy: 'Put the file back into the folder of artifacts beside the ledger, or start the experiment anew.',
  });
}

/** Errors that tell of a machine and not of a candidate: they end the search and are no part of its history. */
export function isArtifactError(error: unknown): error is HqnasError {
  return error instanceof Error && 'code' in error && /^artifact-/.test(String(error.code));
}
