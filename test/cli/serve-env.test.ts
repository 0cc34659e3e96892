import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { makeEnvironment } from '../../core/environment/make-environment.js';
import { cartPole } from '../../environments/cartpole/index.js';
import { mountainCarContinuous } from '../../environments/mountain-car/index.js';
import { builtFolder } from '../built.js';

const [RESET, STEP, RENDER, ANSWER, ERROR] = [2, 3, 4, 100, 255];

interface Message {
  readonly kind: number;
  readonly payload: Buffer;
}

/** The other side of the pipes, as python/hqnas_gymnasium.py is. */
class Client {
  readonly child: ChildProcessWithoutNullStreams;
  errors = '';
  readonly ended: Promise<number | null>;
  #bytes = Buffer.alloc(0);
  #wake: () => void = () => {};

  constructor(...args: readonly string[]) {
    this.child = spawn(process.execPath, [path.join(builtFolder, 'cli/main.js'), 'serve-env', ...args]);
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
    void this.ended.then(() => this.#wake());
    this.child.stderr.on('data', (text: Buffer) => (this.errors += text.toString()));
    this.child.stdout.on('data', (bytes: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#wake();
    });
    // Writing to one that has ended is part of the tests.
    this.child.stdin.on('error', () => {});
  }

  send(kind: number, payload: Buffer | string = ''): void {
    this.child.stdin.write(frame(kind, Buffer.from(payload)));
  }

  async receive(): Promise<Message> {
    const [length, kind] = [(await this.#read(5)).readUInt32LE(0), this.#taken.readUInt8(4)];
    return { kind, payload: await this.#read(length) };
  }

  async ask(kind: number, payload: Buffer | string = ''): Promise<Message> {
    this.send(kind, payload);
    return this.receive();
  }

  #taken = Buffer.alloc(0);
  async #read(length: number): Promise<Buffer> {
    while (this.#bytes.length < length) {
      if (this.child.stdout.readableEnded) throw new Error(`it ended: ${this.errors}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return this.#taken;
  }
}

function frame(kind: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt8(kind, 4);
  return Buffer.concat([head, payload]);
}

const floats = (...values: readonly number[]): Buffer => Buffer.from(Float32Array.from(values).buffer);
const floatsOf = (bytes: Buffer): number[] => [...new Float32Array(Uint8Array.from(bytes).buffer)];
const codeOf = ({ kind, payload }: Message): unknown =>
  kind === ERROR ? (JSON.parse(payload.toString()) as { code: string }).code : `kind ${kind}`;

const clients: Client[] = [];
afterEach(async () => {
  for (const { child } of clients) child.stdin.end();
  await Promise.all(clients.map(({ ended }) => ended));
  clients.length = 0;
});
async function connect(...args: readonly string[]): Promise<{ client: Client; description: unknown }> {
  const client = new Client(...args);
  clients.push(client);
  const { kind, payload } = await client.receive();
  expect(kind).toBe(ANSWER);
  return { client, description: JSON.parse(payload.toString()) };
}

jest.setTimeout(60_000);

describe('hqnas serve-env', () => {
  it('describes the environment, and steps it as it steps here', async () => {
    const { client, description } = await connect('cartpole/v1');
    expect(description).toEqual({
      observation: expect.objectContaining({ kind: 'box', low: expect.arrayContaining(['-Infinity']) }),
      action: { kind: 'discrete', n: 2, start: 0 },
      ...{ limit: 500, threshold: 475, framesPerSecond: 50 },
    });
    const environment = makeEnvironment(cartPole);
    const first = await client.ask(RESET, '{"seed": 7, "options": {}}');
    expect(floatsOf(first.payload)).toEqual([...(environment.reset({ seed: 7 }).observation as Float32Array)]);
    for (let i = 0; i < 20; i++) {
      const { kind, payload } = await client.ask(STEP, floats(i % 2));
      const { observation, reward, terminated } = environment.step(i % 2);
      expect(kind).toBe(ANSWER);
      expect([payload.readDoubleLE(0), payload[8], payload[9]]).toEqual([reward, Number(terminated), 0]);
      expect(floatsOf(payload.subarray(10))).toEqual([...(observation as Float32Array)]);
    }
    const { payload } = await client.ask(RENDER);
    expect(payload.length).toBe(8 + 3 * payload.readUInt32LE(0) * payload.readUInt32LE(4));
  });

  it('takes options and continuous actions', async () => {
    const { client } = await connect('mountain-car/continuous-v0', '--options', '{"goal_velocity": 0.01}');
    await client.ask(RESET, '{"seed": 3}');
    const { payload } = await client.ask(STEP, floats(0.5));
    const environment = makeEnvironment(mountainCarContinuous, { options: { goal_velocity: 0.01 } });
    environment.reset({ seed: 3 });
    expect(payload.readDoubleLE(0)).toBe(environment.step(Float32Array.of(0.5)).reward);
  });

  it('answers what is no message with an error, and goes on', async () => {
    const { client } = await connect('cartpole/v1');
    const refused: readonly [number, Buffer | string, string][] = [
      [STEP, floats(0), 'reset-needed'],
      [RESET, '{"seed": -1}', 'invalid-seed'],
      [RESET, '{"seed": ', 'invalid-message'],
      [RESET, 'null', 'invalid-message'],
      [77, '', 'invalid-message'],
    ];
    for (const [kind, payload, code] of refused) expect(codeOf(await client.ask(kind, payload))).toBe(code);
    await client.ask(RESET, '{"seed": 1}');
    const actions: readonly [Buffer, string][] = [
      [floats(2), 'invalid-action'],
      [floats(), 'invalid-action'],
      [floats(0, 1), 'invalid-action'],
      [Buffer.from([1, 2, 3]), 'invalid-message'],
    ];
    for (const [action, code] of actions) expect(codeOf(await client.ask(STEP, action))).toBe(code);
    expect((await client.ask(STEP, floats(1))).kind).toBe(ANSWER);
    client.child.stdin.end();
    expect(await client.ended).toBe(0);
  });

  it('ends after noise: a length that no message has', async () => {
    const { client } = await connect('cartpole/v1');
    client.child.stdin.write('GET / HTTP/1.1\r\n\r\n');
    expect(codeOf(await client.receive())).toBe('invalid-message');
    expect(await client.ended).toBe(1);
  });

  it.each([
    ['between messages', Buffer.alloc(0)],
    ['within a head', Buffer.from([4, 0, 0])],
    ['within a message', frame(STEP, floats(1)).subarray(0, 7)],
  ])('ends when the pipe is closed %s', async (_where, bytes) => {
    const { client } = await connect('cartpole/v1');
    client.child.stdin.end(bytes);
    expect([await client.ended, client.errors]).toEqual([0, '']);
  });

  it('ends when nobody reads any more', async () => {
    const { client } = await connect('cartpole/v1');
    client.child.stdout.destroy();
    client.send(RESET, '{"seed": 1}');
    expect([await client.ended, client.errors]).toEqual([0, '']);
  });

  it.each([
    [['cartpole/v2'], /\[unknown-id\]/, /cartpole\/v1/],
    [['cartpole/v1', '--options', '{'], /\[invalid-argument\]/, /JSON/],
    [['cartpole/v1', '--options', '[1]'], /\[invalid-argument\]/, /JSON/],
    [['cartpole/v1', '--options', '{"gravity": 1}'], /\[unknown-option\]/, /gravity/],
  ])('says on standard error what is wrong with %j, and sends nothing', async (args, code, more) => {
    const client = new Client(...args);
    let sent = 0;
    client.child.stdout.on('data', (bytes: Buffer) => (sent += bytes.length));
    expect(await client.ended).toBe(2);
    expect(client.errors).toMatch(code);
    expect(client.errors).toMatch(more);
    expect(sent).toBe(0);
  });
});
