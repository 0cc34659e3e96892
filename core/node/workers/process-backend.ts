import type { Attempt, AttemptOptions, WorkerBackend } from './attempt.js';
import type { Candidate } from '../../training/evaluator.js';
import type { BackendOptions } from './thread-backend.js';
import { createWorkerProcess, type WorkerProcess } from './worker-process.js';

/** Child processes: slower to start, but native code that crashes takes nothing else along, and all memory counts. */
export function createProcessBackend(options: BackendOptions): WorkerBackend {
  const processes = Array.from({ length: options.count }, (_, i) => createWorkerProcess(options, i + 1));
  const free: WorkerProcess[] = [...processes];
  const waiting: ((process: WorkerProcess) => void)[] = [];

  function take(): Promise<WorkerProcess> {
    const process = free.shift();
    return process === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(process);
  }

  function give(process: WorkerProcess): void {
    const next = waiting.shift();
    if (next === undefined) free.push(process);
    else next(process);
  }

  return {
    async attempt(candidate: Candidate, attemptOptions: AttemptOptions): Promise<Attempt> {
      const process = await take();
      try {
        attemptOptions.signal?.throwIfAborted();
        return await process.attempt(candidate, attemptOptions);
      } finally {
        give(process);
      }
    },
    async close() {
      await Promise.all(processes.map((process) => process.close()));
    },
  };
}
