import { readSync, writeSync } from 'node:fs';
import { makeEnvironment } from '../core/environment/make-environment.js';
import type { Environment, EnvironmentKind } from '../core/environment/environment.js';
import type { Space } from '../core/environment/space.js';
import { HqnasError, isHqnasError, messageOf } from '../core/errors.js';

/** Kinds of messages; python/README.md describes what is in them. */
const [RESET, STEP, RENDER, ANSWER, ERROR] = [2, 3, 4, 100, 255];
/** No message to an environment is longer; a larger length is noise. */
const LONGEST = 1 << 20;

/**
 * Answers messages on standard input until the other side closes it or stops reading.
 * @returns true when it ended so; false after something that is no message, of which the other side is told
 * @throws HqnasError where the environment cannot be made
 */
export function serveEnvironment(kind: EnvironmentKind, options: Readonly<Record<string, unknown>>): boolean {
  // The time limit is left to the program: Gymnasium wraps its own around.
  const environment = makeEnvironment(kind, { options, maxEpisodeSteps: 0 });
  try {
    return exchange(kind, environment);
  } finally {
    environment.close?.();
  }
}

function exchange(kind: EnvironmentKind, environment: Environment): boolean {
  let open = send(ANSWER, Buffer.from(JSON.stringify(describe(kind, environment))));
  while (open) {
    const head = read(5);
    if (head === undefined) return true;
    const length = head.readUInt32LE(0);
    if (length > LONGEST) {
      sendError(invalidMessage(`a message of ${length} bytes`));
      return false;
    }
    const payload = read(length);
    if (payload === undefined) return true;
    try {
      open = send(ANSWER, answer(environment, head.readUInt8(4), payload));
    } catch (error) {
      open = sendError(error);
    }
  }
  return true;
}

function answer(environment: Environment, kind: number, payload: Buffer): Buffer {
  if (kind === RESET) return numbersOf(environment.reset(readSettings(payload)).observation);
  if (kind === STEP) {
    if (payload.length % 4 !== 0) throw invalidMessage(`an action of ${payload.length} bytes`);
    const numbers = Float32Array.from({ length: payload.length / 4 }, (_, i) => payload.readFloatLE(4 * i));
    const single = environment.actionSpace.kind === 'discrete' && numbers.length === 1;
    const { observation, reward, terminated, truncated } = environment.step(single ? numbers[0]! : numbers);
    const head = Buffer.alloc(10);
    head.writeDoubleLE(reward, 0);
    head.writeUInt8(Number(terminated), 8);
    head.writeUInt8(Number(truncated), 9);
    return Buffer.concat([head, numbersOf(observation)]);
  }
  if (kind === RENDER && environment.render !== undefined) {
    const { width, height, rgb } = environment.render();
    const head = Buffer.alloc(8);
    head.writeUInt32LE(width, 0);
    head.writeUInt32LE(height, 4);
    return Buffer.concat([head, rgb]);
  }
  throw invalidMessage(kind === RENDER ? 'a wish for a picture, which this environment has not' : `kind ${kind}`);
}

/** `{ "seed": 1, "options": {} }`, both optional; the environment checks what is in them. */
function readSettings(payload: Buffer): NonNullable<Parameters<Environment['reset']>[0]> {
  try {
    const settings: unknown = JSON.parse(payload.toString());
    if (typeof settings === 'object' && settings !== null) return settings;
  } catch {
    // Said below, as of anything else that is no object.
  }
  throw invalidMessage(`a reset with ${JSON.stringify(payload.toString().slice(0, 80))}`);
}

function invalidMessage(got: string): HqnasError {
  return new HqnasError({
    code: 'invalid-message',
    what: 'this is no message to an environment',
    expected: '4 bytes of length, a byte of kind (2 reset, 3 step, 4 render), and as many bytes as the length says',
    got,
    remedy: 'python/README.md of hqnas describes the messages.',
  });
}

function numbersOf(observation: number | Float32Array): Buffer {
  const numbers = typeof observation === 'number' ? Float32Array.of(observation) : observation;
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((value, i) => bytes.writeFloatLE(value, 4 * i));
  return bytes;
}

function describe(kind: EnvironmentKind, { observationSpace, actionSpace }: Environment): object {
  return {
    observation: describeSpace(observationSpace),
    action: describeSpace(actionSpace),
    limit: kind.maxEpisodeSteps ?? null,
    threshold: kind.rewardThreshold ?? null,
    framesPerSecond: kind.framesPerSecond ?? 30,
  };
}

/** Bounds as text: JSON knows no infinity. */
function describeSpace(space: Space): object {
  if (space.kind === 'discrete') return space;
  return { kind: 'box', low: Array.from(space.low, String), high: Array.from(space.high, String) };
}

function sendError(error: unknown): boolean {
  const code = isHqnasError(error) ? error.code : 'internal';
  return send(ERROR, Buffer.from(JSON.stringify({ code, message: messageOf(error) })));
}

/** False when nobody reads any more. */
function send(kind: number, payload: Buffer): boolean {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt8(kind, 4);
  const bytes = Buffer.concat([head, payload]);
  for (let at = 0; at < bytes.length;) {
    const wrote = patiently(() => writeSync(1, bytes, at));
    if (wrote === undefined) return false;
    at += wrote;
  }
  return true;
}

/** Waits for so many bytes; undefined when the other side has gone. */
function read(length: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const got = patiently(() => readSync(0, bytes, at, length - at, null));
    if (got === undefined || got === 0) return undefined;
    at += got;
  }
  return bytes;
}

const clock = new Int32Array(new SharedArrayBuffer(4));

/** Tries again while a pipe is not ready, as those of a parent in Node may be; undefined when the other side has gone. */
function patiently(transfer: () => number): number | undefined {
  for (;;) {
    try {
      return transfer();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE' || code === 'ECONNRESET') return undefined;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(clock, 0, 0, 1);
    }
  }
}
