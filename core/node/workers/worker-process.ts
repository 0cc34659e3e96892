import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Candidate, WorkerCrash } from '../../training/evaluator.js';
import type { CurvePoint } from '../../training/trainer.js';
import { endings, startDeadline, type Attempt, type AttemptOptions } from './attempt.js';
import { createOutputBuffer, readOutput, writeOutput, type OutputBuffer } from './output-tail.js';
import type { ProcessNews, ProcessOrder } from './process-shell.js';
import type { BackendOptions } from './thread-backend.js';

/** One child process after the other: where one ends, the next attempt starts another. */
export interface WorkerProcess {
  attempt(candidate: Candidate, options: AttemptOptions): Promise<Attempt>;
  close(): Promise<void>;
}

/** Characters of one process that are shown. */
const shownAtMost = 20_000;

/** Milliseconds to wait for the last output of a process that has ended: a child of its own may keep the pipe open. */
const lastWords = 500;

interface Running {
  readonly child: ChildProcess;
  readonly output: OutputBuffer;
  /** Whom the news of the process concern at the moment. */
  listener: ((news: ProcessNews | End) => void) | undefined;
  state: 'starting' | 'ready' | 'unusable' | 'ended';
  problem: string;
}

interface End {
  readonly type: 'ended';
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export function createWorkerProcess(options: BackendOptions, number: number): WorkerProcess {
  const { limits } = options;
  let closing = false;
  let running: Running | undefined = launch(options, number);

  return {
    attempt: (candidate, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        if (running === undefined || running.state === 'ended') running = launch(options, number);
        const current = running;
        const began = process.hrtime.bigint();
        let thrown: string | undefined;
        let late = false;
        let started = false;
        const expire = (): void => {
          late = true;
          current.child.kill('SIGKILL');
        };
        let timer = setTimeout(expire, startDeadline);
        const begin = (): void => {
          started = true;
          clearTimeout(timer);
          timer = setTimeout(expire, limits.timeout * 1000);
        };
        const abort = (): void => {
          current.child.kill('SIGKILL');
          if (running === current) running = undefined;
          finish();
          reject(signal?.reason as Error); // whatever the caller aborted with
        };
        const finish = (): void => {
          clearTimeout(timer);
          current.listener = undefined;
          signal?.removeEventListener('abort', abort);
        };
        const settle = (attempt: Attempt): void => {
          finish();
          resolve(attempt);
        };
        current.listener = (news) => {
          if (news.type === 'ready') order(current.child, { type: 'evaluate', candidate });
          else if (news.type === 'started') begin();
          else if (news.type === 'progress')
            onProgress(news.point as CurvePoint); // what its trainer reports
          else if (news.type === 'answered') settle({ type: 'answered', evaluation: news.evaluation });
          else if (news.type === 'unusable') settle({ type: 'unusable', message: news.message });
          else if (news.type === 'stopped') settle({ type: 'stopped', problem: news.problem });
          else if (news.type === 'threw') thrown = news.message;
          else {
            const output = readOutput(current.output);
            const seconds = Number(process.hrtime.bigint() - began) / 1e9;
            const cause = late ? lateness(started) : causeOf(news, thrown, output);
            settle({ type: 'crashed', started, crash: { ...cause, output }, seconds });
          }
        };
        if (current.state === 'ready') order(current.child, { type: 'evaluate', candidate });
        else if (current.state === 'unusable') settle({ type: 'unusable', message: current.problem });
        signal?.addEventListener('abort', abort, { once: true });
      }),
    async close() {
      closing = true;
      const child = running?.child;
      if (child === undefined || running?.state === 'ended') return;
      await new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      });
    },
  };

  function lateness(started: boolean): Omit<WorkerCrash, 'output'> {
    return { code: 'worker-timed-out', message: started ? endings.timedOut(limits) : endings.lateStart };
  }

  function causeOf({ code, signal }: End, thrown: string | undefined, output: string): Omit<WorkerCrash, 'output'> {
    // The watchdog's signal, or V8's last words when its heap is full.
    if (signal === 'SIGUSR2' || /JavaScript heap out of memory/.test(output)) {
      return { code: 'worker-out-of-memory', message: endings.outOfMemory(limits) };
    }
    if (thrown !== undefined) return { code: 'worker-crashed', message: endings.threw(thrown) };
    const message = signal === null ? endings.exited(code ?? 0) : endings.killed(signal);
    return { code: 'worker-crashed', message: closing ? 'the search is over' : message };
  }
}

function launch({ start, limits, shell, print }: BackendOptions, number: number): Running {
  const child = fork(fileURLToPath(shell), {
    execArgv: [...process.execArgv, `--max-old-space-size=${limits.memory}`],
    // Results are printed by the search alone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  });
  const running: Running = { child, output: createOutputBuffer(), listener: undefined, state: 'starting', problem: '' };
  let shown = 0;
  const hear = (bytes: Buffer): void => {
    writeOutput(running.output, bytes);
    if (shown >= shownAtMost) return;
    shown += bytes.length;
    print(bytes.subarray(0, shownAtMost).toString());
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.on('message', (news: ProcessNews) => {
    if (news.type === 'ready') running.state = 'ready';
    if (news.type === 'unusable') {
      running.state = 'unusable';
      running.problem = news.message;
    }
    running.listener?.(news);
  });
  // `fork` may fail later than its call; the process then never was.
  child.on('error', () => end({ type: 'ended', code: 1, signal: null }));
  child.on('exit', (code, signal) => {
    const timer = setTimeout(() => end({ type: 'ended', code, signal }), lastWords);
    child.once('close', () => {
      clearTimeout(timer);
      end({ type: 'ended', code, signal });
    });
  });
  order(child, { type: 'start', start, number, memory: limits.memory });
  return running;

  function end(news: End): void {
    if (running.state === 'ended') return;
    running.state = 'ended';
    running.listener?.(news);
  }
}

function order(child: ChildProcess, message: ProcessOrder): void {
  // A process that is gone tells so by its exit.
  child.send(message, () => undefined);
}
