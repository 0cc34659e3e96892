import { spawn } from 'node:child_process';
import { workerData, type MessagePort } from 'node:worker_threads';

/** What the thread beside a child process is started with. */
export interface ChannelStart {
  readonly command: readonly string[];
  /** Counted up and notified after every news. */
  readonly signal: Int32Array;
  readonly port: MessagePort;
}

/** What it tells: a message of the process, or why there will be none. */
export type ChannelNews =
  | { readonly kind: number; readonly payload: Uint8Array }
  | { readonly code: 'bridge-crashed' | 'bridge-malformed'; readonly what: string };

/** Messages above this size are taken for garbage. */
const LARGEST = 1 << 30;
const HEADER = 5;

const { command, signal, port } = workerData as ChannelStart; // by agreement with openSynchronousChannel
const child = spawn(command[0]!, command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
let ended = false;
let heard: Buffer = Buffer.alloc(0);
let complaints = '';

function tell(news: ChannelNews): void {
  if (ended) return;
  ended = !('kind' in news);
  port.postMessage(news);
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
}

/** Length of the payload (32 bits, little-endian), kind (8 bits), payload. */
function take(): void {
  while (heard.length >= HEADER) {
    const length = heard.readUInt32LE(0);
    if (length > LARGEST) {
      tell({
        code: 'bridge-malformed',
        what: `the process sent what is no message: ${heard.toString('latin1', 0, 60)}`,
      });
      child.kill('SIGKILL');
      return;
    }
    if (heard.length < HEADER + length) return;
    tell({ kind: heard.readUInt8(4), payload: Uint8Array.from(heard.subarray(HEADER, HEADER + length)) });
    heard = heard.subarray(HEADER + length);
  }
}

child.stdout.on('data', (bytes: Buffer) => {
  heard = heard.length === 0 ? bytes : Buffer.concat([heard, bytes]);
  take();
});
child.stderr.on('data', (bytes: Buffer) => {
  complaints = (complaints + bytes.toString()).slice(-2000);
});
child.stdin.on('error', () => undefined); // 'close' tells more
child.on('error', (error) => tell({ code: 'bridge-crashed', what: `the process did not start: ${error.message}` }));
child.on('close', (status, cause) => {
  const last = complaints.trim().split('\n').slice(-3).join(' / ');
  const reason = cause ?? `status ${status ?? '?'}`;
  tell({ code: 'bridge-crashed', what: `the process ended with ${reason}${last === '' ? '' : `: ${last}`}` });
  port.close();
});

port.on('message', (message: { readonly kind: number; readonly payload: Uint8Array } | 'close') => {
  if (message === 'close') {
    ended = true;
    child.kill('SIGKILL');
    return;
  }
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(message.payload.length, 0);
  header.writeUInt8(message.kind, 4);
  child.stdin.write(header);
  child.stdin.write(message.payload);
});
