import { threadId, workerData, type MessagePort } from 'node:worker_threads';
import { messageOf } from '../../errors.js';
import type { Candidate, Evaluation } from '../../training/evaluator.js';
import { problemOf, type WorkerEvaluator, type WorkerModule, type WorkerProblem, type WorkerStart } from './attempt.js';
import { writeOutput, type OutputBuffer } from './output-tail.js';

/** One candidate on its way to a thread. */
export interface ThreadTask {
  readonly candidate: Candidate;
  /** Takes {@link ThreadNews}. */
  readonly port: MessagePort;
  readonly output: OutputBuffer;
}

export type ThreadNews =
  | { readonly type: 'started' }
  | { readonly type: 'progress'; readonly point: unknown }
  | { readonly type: 'printed'; readonly text: string };

export type ThreadAnswer =
  | { readonly type: 'answered'; readonly evaluation: Evaluation }
  | { readonly type: 'unusable'; readonly message: string }
  | { readonly type: 'stopped'; readonly problem: WorkerProblem };

/** Characters that a thread may show; a plugin that prints in a loop must not drown its search. */
const shownAtMost = 20_000;

let evaluator: Promise<WorkerEvaluator> | undefined;
let task: ThreadTask | undefined;
let shown = 0;

/** What a thread runs: answers one task after the other. */
export async function answer(next: ThreadTask): Promise<ThreadAnswer> {
  task = next;
  evaluator ??= start();
  let ready: WorkerEvaluator;
  try {
    ready = await evaluator;
  } catch (error) {
    return { type: 'unusable', message: messageOf(error) };
  }
  tell({ type: 'started' });
  const onProgress = (point: unknown): void => tell({ type: 'progress', point });
  try {
    return { type: 'answered', evaluation: await ready.evaluate(next.candidate, { onProgress }) };
  } catch (error) {
    return { type: 'stopped', problem: problemOf(error) };
  }
}

async function start(): Promise<WorkerEvaluator> {
  process.stdout.write = process.stderr.write = print;
  // piscina hands over [its own data, ours].
  const { module, data } = (Array.isArray(workerData) ? workerData[1] : workerData) as WorkerStart; // the pool's own data
  const { createWorker } = (await import(module)) as WorkerModule; // by agreement
  return createWorker(data, threadId);
}

function tell(news: ThreadNews): void {
  task?.port.postMessage(news);
}

/** Stands for `write` of stdout and stderr: results are printed by the main thread alone. */
function print(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
  const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
  if (task !== undefined) writeOutput(task.output, bytes);
  if (shown < shownAtMost) {
    shown += bytes.length;
    tell({ type: 'printed', text: new TextDecoder().decode(bytes.subarray(0, shownAtMost)) });
  }
  const done = rest.at(-1);
  // A callback of a stream takes an error or nothing.
  if (typeof done === 'function') queueMicrotask(done as () => void);
  return true;
}
