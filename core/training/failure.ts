import type { CurvePoint } from './trainer.js';

/** Where a candidate failed. */
export type Stage = 'propose' | 'express' | 'compile' | 'measure' | 'train' | 'score' | 'worker';

/** Why a candidate has no score. A failure is a result: it is recorded, and the search goes on. */
export interface FailureReason {
  readonly stage: Stage;
  /** Stable code, such as `mutation-threw` or `non-finite-loss`. */
  readonly code: string;
  readonly message: string;
  /** Id of the mutation or search space that was proposing, where there is no genome to ask. */
  readonly by?: string;
}

/** What a training had cost when it ended without a score. */
export interface Spent {
  readonly steps: number;
  readonly episodes: number;
  readonly curve: readonly CurvePoint[];
}

/** Whether a training was stopped early because its curve was too low: no mistake, but no score either. */
export function isPruned({ code }: FailureReason): boolean {
  return code === 'pruned';
}

/** Thrown where a candidate cannot go on; the search records `reason`. */
export class CandidateFailure extends Error {
  readonly reason: FailureReason;
  /** What its training had cost, where that is worth recording. */
  readonly spent: Spent | undefined;
  constructor(reason: FailureReason, cause?: unknown, spent?: Spent) {
    super(`${reason.message} [${reason.code}]`, cause === undefined ? undefined : { cause });
    this.name = 'CandidateFailure';
    this.reason = reason;
    this.spent = spent;
  }
}

/** True for failures of candidates, also when a plugin brought a second copy of this package. */
export function isCandidateFailure(error: unknown): error is CandidateFailure {
  return error instanceof Error && error.name === 'CandidateFailure' && 'reason' in error;
}
