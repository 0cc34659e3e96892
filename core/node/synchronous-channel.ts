import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { HqnasError } from '../errors.js';
import type { ChannelMessage, SynchronousChannel } from '../environment/synchronous-channel.js';
import type { ChannelNews, ChannelStart } from './workers/channel-shell.js';

export interface SynchronousChannelOptions {
  /** File URL of what the thread beside the process runs; default: the one of this package. */
  readonly shell?: string;
}

/**
 * Starts a child process with pipes and waits for its answers. A thread of its own reads and writes the pipes, so that
 * this one can sleep until an answer is there, with a limit, and hears when the process ends.
 */
export function openSynchronousChannel(
  command: readonly string[],
  { shell = new URL('./workers/channel-shell.js', import.meta.url).href }: SynchronousChannelOptions = {},
): SynchronousChannel {
  /** Number of news sent so far. */
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1: port, port2 } = new MessageChannel();
  const start: ChannelStart = { command, signal, port: port2 };
  const worker = new Worker(new URL(shell), { workerData: start, transferList: [port2], execArgv: [] });
  worker.unref();
  port.unref();
  let seen = 0;
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    port.postMessage('close');
  };
  const next = (timeoutSeconds: number): ChannelNews | undefined => {
    if (Atomics.load(signal, 0) === seen) Atomics.wait(signal, 0, seen, timeoutSeconds * 1000);
    if (Atomics.load(signal, 0) === seen) return undefined;
    seen++;
    // The thread posts first and counts then.
    return receiveMessageOnPort(port)!.message as ChannelNews;
  };
  return {
    request(message: ChannelMessage, timeoutSeconds) {
      if (closed) throw coded('bridge-crashed', 'the process has ended', command);
      port.postMessage(message);
      const news = next(timeoutSeconds);
      if (news === undefined) {
        close();
        throw coded('bridge-timeout', `there was no answer within ${timeoutSeconds} seconds`, command);
      }
      if ('kind' in news) return news;
      close();
      throw coded(news.code, news.what, command);
    },
    close,
  };
}

function coded(code: string, what: string, command: readonly string[]): HqnasError {
  return new HqnasError({
    code,
    what,
    where: command.slice(0, 2).join(' '),
    remedy: 'Run "hqnas doctor"; the last lines of the process, where there are any, stand above.',
  });
}
