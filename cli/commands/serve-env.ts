import { readSync, writeSync } from 'node:fs';
import { makeEnvironment } from '../../core/environment/make-environment.js';
import type { Environment } from '../../core/environment/environment.js';
import type { Space } from '../../core/environment/space.js';
import { isHqnasError, messageOf } from '../../core/errors.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';
import { builtInPlugins } from '../built-in-plugins.js';
import { defineCommand } from '../command.js';

const [RESET, STEP, RENDER, ANSWER, ERROR] = [2, 3, 4, 100, 255];

export const serveEnv = defineCommand({
  usage: 'serve-env <environment>',
  summary: 'step an environment for another program, by messages on standard input and output',
  options: (yargs) =>
    yargs
      .positional('environment', { type: 'string', demandOption: true, describe: 'id such as cartpole/v1' })
      .option('options', { type: 'string', default: '{}', requiresArg: true, describe: 'its options as JSON' }),
  async run({ environment: id, options }) {
    const kind = createContainer(builtInPlugins).get(REGISTRIES).environments.get(id);
    // parseValues in makeEnvironment checks what is in it.
    const given = JSON.parse(options) as Record<string, unknown>;
    // The time limit is left to the program: Gymnasium wraps its own around.
    const environment = makeEnvironment(kind, { options: given, maxEpisodeSteps: 0 });
    const { observationSpace, actionSpace } = environment;
    const description = { observation: describe(observationSpace), action: describe(actionSpace) };
    const limits = { limit: kind.maxEpisodeSteps ?? null, threshold: kind.rewardThreshold ?? null };
    send(
      ANSWER,
      Buffer.from(JSON.stringify({ ...description, ...limits, framesPerSecond: kind.framesPerSecond ?? 30 })),
    );
    for (let header = read(5); header !== undefined; header = read(5)) {
      const payload = read(header.readUInt32LE(0)) ?? Buffer.alloc(0);
      try {
        send(ANSWER, answer(environment, header.readUInt8(4), payload));
      } catch (error) {
        const code = isHqnasError(error) ? error.code : 'internal';
        send(ERROR, Buffer.from(JSON.stringify({ code, message: messageOf(error) })));
      }
    }
    environment.close?.();
    return 0;
  },
});

function answer(environment: Environment, kind: number, payload: Buffer): Buffer {
  if (kind === RESET) {
    // What python/hqnas_gymnasium.py sends.
    const settings = JSON.parse(payload.toString()) as Parameters<Environment['reset']>[0];
    return observed(environment.reset(settings).observation);
  }
  if (kind === STEP) {
    const numbers = new Float32Array(payload.length / 4);
    for (let i = 0; i < numbers.length; i++) numbers[i] = payload.readFloatLE(4 * i);
    const action = environment.actionSpace.kind === 'discrete' ? numbers[0]! : numbers;
    const { observation, reward, terminated, truncated } = environment.step(action);
    const head = Buffer.alloc(10);
    head.writeDoubleLE(reward, 0);
    head.writeUInt8(Number(terminated), 8);
    head.writeUInt8(Number(truncated), 9);
    return Buffer.concat([head, observed(observation)]);
  }
  if (kind === RENDER && environment.render !== undefined) {
    const { width, height, rgb } = environment.render();
    const head = Buffer.alloc(8);
    head.writeUInt32LE(width, 0);
    head.writeUInt32LE(height, 4);
    return Buffer.concat([head, rgb]);
  }
  throw new RangeError(`there is no message of kind ${kind}, or no picture`);
}

function observed(observation: number | Float32Array): Buffer {
  const numbers = typeof observation === 'number' ? Float32Array.of(observation) : observation;
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((value, i) => bytes.writeFloatLE(value, 4 * i));
  return bytes;
}

/** Bounds as text: JSON knows no infinity. */
function describe(space: Space): object {
  if (space.kind === 'discrete') return space;
  return { kind: 'box', low: Array.from(space.low, String), high: Array.from(space.high, String) };
}

function send(kind: number, payload: Buffer): void {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt8(kind, 4);
  const bytes = Buffer.concat([head, payload]);
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
}

/** Waits for so many bytes; undefined when the other side has gone. */
function read(length: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const got = readSync(0, bytes, at, length - at, null);
    if (got === 0) return undefined;
    at += got;
  }
  return bytes;
}
