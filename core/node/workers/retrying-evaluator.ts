import { HqnasError } from '../../errors.js';
import type { Evaluation, Evaluator, WorkerCrash } from '../../training/evaluator.js';
import type { Attempt, WorkerBackend } from './attempt.js';

/** Workers may be lost before they are ready; so many in a row mean that none will ever be. */
const startsAtMost = 3;

/**
 * An evaluator over workers. A worker that is lost costs one attempt of its candidate; further attempts use the same
 * random streams, so that a result does not show what happened on the way. Failures that a worker reports are results and
 * are not tried again.
 * @param retries further attempts at a candidate whose worker was lost
 */
export function createRetryingEvaluator(backend: WorkerBackend, retries: number): Evaluator {
  return {
    async evaluate(candidate, { signal, onProgress } = {}) {
      const crashes: WorkerCrash[] = [];
      let steps = -1;
      for (let lostStarts = 0; ;) {
        const attempt = await backend.attempt(candidate, {
          signal,
          onProgress(point) {
            // An attempt from the start tells again what is known.
            if (point.steps <= steps) return;
            steps = point.steps;
            onProgress?.(point);
          },
        });
        if (attempt.type === 'answered') return withCrashes(attempt.evaluation, crashes);
        if (attempt.type === 'unusable') throw workersUnusable(attempt.message);
        if (attempt.type === 'stopped') throw new HqnasError(attempt.problem);
        const { crash } = attempt;
        if (!attempt.started) {
          if (++lostStarts === startsAtMost) throw workersUnusable(crash.message, crash.output);
          continue;
        }
        crashes.push(crash);
        if (crashes.length > retries) return failureOf(attempt, crashes);
      }
    },
    close: () => backend.close(),
  };
}

function withCrashes(evaluation: Evaluation, crashes: readonly WorkerCrash[]): Evaluation {
  return crashes.length === 0 ? evaluation : { ...evaluation, run: { ...evaluation.run, crashes } };
}

function failureOf(
  { crash, seconds }: Extract<Attempt, { type: 'crashed' }>,
  crashes: readonly WorkerCrash[],
): Evaluation {
  return {
    ok: false,
    reason: { stage: 'worker', code: crash.code, message: crash.message },
    run: { worker: 0, seconds, phases: {}, crashes },
  };
}

function workersUnusable(message: string, output = ''): HqnasError {
  return new HqnasError({
    code: 'workers-unusable',
    what: `a worker cannot start: ${message}${output === '' ? '' : `\n${output}`}`,
    where: 'workers',
    remedy: 'The config and its plugins load in the main thread but not in a worker; --workers 0 uses none.',
  });
}
