import { Worker } from 'node:worker_threads';
import { messageOf } from '../../errors.js';
import type { Candidate, Evaluation } from '../../training/evaluator.js';
import { problemOf, type WorkerEvaluator, type WorkerModule, type WorkerProblem, type WorkerStart } from './attempt.js';

/** What a child process is told. */
export type ProcessOrder =
  | { readonly type: 'start'; readonly start: WorkerStart; readonly number: number; readonly memory: number }
  | { readonly type: 'evaluate'; readonly candidate: Candidate };

/** What a child process tells. */
export type ProcessNews =
  | { readonly type: 'ready' }
  | { readonly type: 'unusable'; readonly message: string }
  | { readonly type: 'started' }
  | { readonly type: 'progress'; readonly point: unknown }
  | { readonly type: 'answered'; readonly evaluation: Evaluation }
  | { readonly type: 'stopped'; readonly problem: WorkerProblem }
  /** The last word: an exception that nobody caught. */
  | { readonly type: 'threw'; readonly message: string };

let evaluator: WorkerEvaluator | undefined;

/** What a child process runs: answers one order after the other until its parent is gone. */
function listen(): void {
  // Ctrl-C reaches the whole group of processes; what becomes of a candidate is for the parent to say.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  process.on('disconnect', () => process.exit());
  process.on('uncaughtException', (error) => {
    tell({ type: 'threw', message: messageOf(error) }, () => process.exit(1));
  });
  process.on('message', (order: ProcessOrder) => void obey(order));
}

async function obey(order: ProcessOrder): Promise<void> {
  if (order.type === 'start') await start(order);
  else if (evaluator !== undefined) {
    tell({ type: 'started' });
    const onProgress = (point: unknown): void => tell({ type: 'progress', point });
    try {
      tell({ type: 'answered', evaluation: await evaluator.evaluate(order.candidate, { onProgress }) });
    } catch (error) {
      tell({ type: 'stopped', problem: problemOf(error) });
    }
  }
}

async function start({
  start: { module, data },
  number,
  memory,
}: Extract<ProcessOrder, { type: 'start' }>): Promise<void> {
  try {
    // A candidate in an endless loop leaves no turn to this thread: another one watches over it.
    const watchdog = new Worker(new URL('./process-watchdog.js', import.meta.url), {
      workerData: { parent: process.ppid, memory },
      execArgv: [],
    });
    watchdog.unref();
    const { createWorker } = (await import(module)) as WorkerModule; // by agreement
    evaluator = await createWorker(data, number);
    tell({ type: 'ready' });
  } catch (error) {
    tell({ type: 'unusable', message: messageOf(error) });
  }
}

function tell(news: ProcessNews, then?: () => void): void {
  if (process.connected) process.send?.(news, undefined, undefined, () => then?.());
  else then?.();
}

listen();
