/** Where a candidate failed. */
export type Stage = 'propose' | 'express' | 'compile' | 'train' | 'score' | 'worker';

/** Why a candidate has no score. A failure is a result: it is recorded, and the search goes on. */
export interface FailureReason {
  readonly stage: Stage;
  /** Stable code, such as `mutation-threw` or `non-finite-loss`. */
  readonly code: string;
  readonly message: string;
}

/** Thrown where a candidate cannot go on; the search records `reason`. */
export class CandidateFailure extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason, cause?: unknown) {
    super(`${reason.message} [${reason.code}]`, cause === undefined ? undefined : { cause });
    this.name = 'CandidateFailure';
    this.reason = reason;
  }
}
