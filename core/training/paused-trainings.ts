import type { Genome } from '../genome/genome.js';
import { canonicalJson } from '../json.js';
import type { Candidate } from './evaluator.js';
import type { TrainingState } from './training-state.js';

interface Paused {
  readonly genome: string;
  readonly fidelity: number;
  readonly state: TrainingState;
  readonly bytes: number;
}

/**
 * States of trainings that stopped before their budget was spent, until a candidate goes on with one. They save time and
 * nothing else: where a state is gone, or with another worker, the training starts anew and comes to the same. The oldest
 * ones make room for the latest.
 */
export class PausedTrainings {
  readonly #paused = new Map<string, Paused>();
  readonly #capacity: number;
  #bytes = 0;

  /** @param capacity bytes of all states together */
  constructor(capacity = 256 * 2 ** 20) {
    this.#capacity = capacity;
  }

  keep(candidate: Candidate, state: TrainingState): void {
    const { genome, fidelity = 1 } = candidate;
    const bytes = Object.values(state.arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);
    this.#drop(keyOf(candidate));
    for (const oldest of this.#paused.keys()) {
      if (this.#bytes + bytes <= this.#capacity) break;
      this.#drop(oldest);
    }
    if (bytes > this.#capacity) return;
    this.#paused.set(keyOf(candidate), { genome: textOf(genome), fidelity, state, bytes });
    this.#bytes += bytes;
  }

  /** What this candidate can go on from. */
  find(candidate: Candidate): TrainingState | undefined {
    const paused = this.#paused.get(keyOf(candidate));
    if (paused === undefined || paused.genome !== textOf(candidate.genome)) return undefined;
    return paused.fidelity < (candidate.fidelity ?? 1) ? paused.state : undefined;
  }

  #drop(key: string): void {
    this.#bytes -= this.#paused.get(key)?.bytes ?? 0;
    this.#paused.delete(key);
  }
}

/** Trainings of equal seeds. */
function keyOf({ index, seedsOf = index, repeat = 0 }: Candidate): string {
  return `${seedsOf} ${repeat}`;
}

function textOf({ layers }: Genome): string {
  return canonicalJson(layers);
}
