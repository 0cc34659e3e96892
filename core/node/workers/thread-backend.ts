import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { CurvePoint } from '../../training/trainer.js';
import {
  endings,
  startDeadline,
  type Attempt,
  type AttemptOptions,
  type WorkerBackend,
  type WorkerLimits,
  type WorkerStart,
} from './attempt.js';
import { createOutputBuffer, readOutput, type OutputBuffer } from './output-tail.js';
import type { ThreadAnswer, ThreadNews, ThreadTask } from './thread-shell.js';

/** Milliseconds that threads may take to end. */
const closeDeadline = 10_000;

export interface BackendOptions {
  readonly count: number;
  readonly start: WorkerStart;
  readonly limits: WorkerLimits;
  /** File URL of what a worker runs. */
  readonly shell: string;
  /** Takes what workers print. */
  readonly print: (text: string) => void;
}

/** Worker threads, kept by piscina: quick to start, and compiled modules are shared between them. */
export function createThreadBackend({ count, start, limits, shell, print }: BackendOptions): WorkerBackend {
  const pool = new Piscina<ThreadTask, ThreadAnswer>({
    filename: shell,
    minThreads: count,
    maxThreads: count,
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  });
  // A thread may die while it has no task; it is replaced, and nothing is lost.
  pool.on('error', () => undefined);
  return {
    async attempt(candidate, options) {
      options.signal?.throwIfAborted();
      const watch = watchAttempt(options, limits, print);
      try {
        const task: ThreadTask = { candidate, port: watch.port, output: watch.output };
        return await pool.run(task, { signal: watch.signal, transferList: [watch.port] });
      } catch (error) {
        if (options.signal?.aborted === true) throw options.signal.reason;
        return watch.crashed(error);
      } finally {
        watch.end();
      }
    },
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, closeDeadline);
      });
      // What does not end by then is left behind: threads are gone when the process is, and hold no part of a result.
      await Promise.race([pool.destroy(), deadline]);
      clearTimeout(timer);
    },
  };
}

interface Watch {
  readonly port: MessagePort;
  readonly output: OutputBuffer;
  /** Aborts when the caller does, or when time is up. */
  readonly signal: AbortSignal;
  crashed(error: unknown): Attempt;
  end(): void;
}

function watchAttempt(
  { signal, onProgress }: AttemptOptions,
  limits: WorkerLimits,
  print: (text: string) => void,
): Watch {
  const { port1, port2 } = new MessageChannel();
  const output = createOutputBuffer();
  const late = new AbortController();
  const stop = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  const began = process.hrtime.bigint();
  let started = false;
  let timer = setTimeout(() => late.abort(), startDeadline);
  const hear = (news: ThreadNews): void => {
    if (news.type === 'started') {
      started = true;
      clearTimeout(timer);
      timer = setTimeout(() => late.abort(), limits.timeout * 1000);
    } else if (news.type === 'progress') {
      onProgress(news.point as CurvePoint); // what the trainer of a thread reports
    } else print(news.text);
  };
  port1.on('message', hear);
  // Waiting for news alone must not keep the process alive.
  port1.unref();

  const causeOf = (error: unknown): Pick<Extract<Attempt, { type: 'crashed' }>['crash'], 'code' | 'message'> => {
    if (late.signal.aborted) {
      return { code: 'worker-timed-out', message: started ? endings.timedOut(limits) : endings.lateStart };
    }
    // Errors of threads need not be instances of this realm's Error.
    const { code, message: text } = error as { readonly code?: unknown; readonly message?: unknown };
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return { code: 'worker-out-of-memory', message: endings.outOfMemory(limits) };
    }
    const exit = /^worker exited with code: (\d+)$/.exec(String(text))?.[1];
    return {
      code: 'worker-crashed',
      message: exit === undefined ? endings.threw(String(text ?? error)) : endings.exited(Number(exit)),
    };
  };
  return {
    port: port2,
    output,
    signal: stop,
    crashed(error) {
      // The end of a thread may be heard before the last that it said.
      for (let last = receiveMessageOnPort(port1); last !== undefined; last = receiveMessageOnPort(port1)) {
        hear(last.message as ThreadNews); // the shell sends nothing else
      }
      return {
        type: 'crashed',
        started,
        crash: { ...causeOf(error), output: readOutput(output) },
        seconds: Number(process.hrtime.bigint() - began) / 1e9,
      };
    },
    end() {
      clearTimeout(timer);
      port1.close();
    },
  };
}
