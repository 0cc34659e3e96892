import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { messageOf } from '../errors.js';
import type { Candidate, Evaluation, Evaluator } from '../training/evaluator.js';
import type { CurvePoint } from '../training/trainer.js';

export interface WorkerPoolOptions {
  readonly threads: number;
  /** File URL of the module that a worker runs; it answers every task with an Evaluation. */
  readonly worker: string;
  /** Plain data that the workers start from. */
  readonly workerData: unknown;
}

/** One candidate on its way to a worker; progress comes back through the port. */
export interface WorkerTask {
  readonly candidate: Candidate;
  readonly progress: MessagePort | undefined;
}

/**
 * Evaluates in worker threads. A worker that dies costs the one candidate that it was at; an aborted evaluation ends its
 * worker at once, and a fresh one takes its place.
 */
export function createWorkerPool({ threads, worker, workerData }: WorkerPoolOptions): Evaluator {
  const pool = new Piscina<WorkerTask, Evaluation>({
    filename: worker,
    minThreads: threads,
    maxThreads: threads,
    workerData,
  });
  return {
    async evaluate(candidate, { signal, onProgress } = {}) {
      signal?.throwIfAborted();
      const channel = onProgress === undefined ? undefined : openChannel(onProgress);
      const task: WorkerTask = { candidate, progress: channel?.port };
      try {
        return await pool.run(task, {
          ...(signal === undefined ? {} : { signal }),
          ...(channel === undefined ? {} : { transferList: [channel.port] }),
        });
      } catch (error) {
        if (signal?.aborted === true) throw signal.reason;
        return crashed(error);
      } finally {
        channel?.close();
      }
    },
    close: () => pool.destroy(),
  };
}

function openChannel(onProgress: (point: CurvePoint) => void): { readonly port: MessagePort; close(): void } {
  const { port1, port2 } = new MessageChannel();
  port1.on('message', (point: CurvePoint) => onProgress(point));
  // Waiting for progress alone must not keep the process alive.
  port1.unref();
  return { port: port2, close: () => port1.close() };
}

function crashed(error: unknown): Evaluation {
  return {
    ok: false,
    reason: { stage: 'worker', code: 'worker-crashed', message: `the worker ended: ${messageOf(error)}` },
    run: { worker: 0, seconds: 0, phases: {} },
  };
}
