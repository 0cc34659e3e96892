import {
  HqnasError,
  defineEnvironment,
  definePlugin,
  messageOf,
  real,
  text,
  type Autoreset,
  type Json,
  type OpenChannel,
  type Plugin,
} from '../../core/index.js';
import { BridgedEnvironment, BridgedVector } from './bridge-environments.js';
import { PythonSession, type SessionSettings } from './python-session.js';

const options = {
  id: text({ help: "id of Gymnasium's registry, such as Ant-v5" }),
  options: text({ fallback: '{}', help: 'keyword arguments of gymnasium.make as JSON' }),
  imports: text({ fallback: '', help: 'Python modules to import first, with commas; they register environments' }),
  python: text({ fallback: 'python3', help: 'the Python that has gymnasium: name or path' }),
  timeout: real(0.1, 86_400, { fallback: 60, help: 'seconds to wait for an answer' }),
};

interface BridgeOptions {
  readonly id: string;
  readonly options: string;
  readonly imports: string;
  readonly python: string;
  readonly timeout: number;
}

/**
 * Any environment of a Python installation.
 * @param open starts child processes
 * @param script path of python/gymnasium_bridge.py
 */
export function gymnasiumBridge(open: OpenChannel, script: string): Plugin {
  const start = (given: BridgeOptions, more: Pick<SessionSettings, 'count' | 'limit' | 'autoreset'>): PythonSession =>
    new PythonSession(open, {
      command: [given.python, script],
      id: given.id,
      options: parseOptions(given.options),
      imports: given.imports.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])),
      timeoutSeconds: given.timeout,
      ...more,
    });
  const bridge = defineEnvironment({
    id: 'gymnasium-bridge/any',
    summary: 'any environment of a Python installation with Gymnasium',
    options,
    make: (given) => new BridgedEnvironment(start(given, { count: 1, limit: undefined, autoreset: 'disabled' })),
    makeVector: (count, given, limit, autoreset: Autoreset) =>
      new BridgedVector(start(given, { count, limit, autoreset }), count, autoreset),
  });
  return definePlugin({ name: 'gymnasium-bridge', environments: [bridge] });
}

function parseOptions(value: string): Json {
  try {
    const parsed = JSON.parse(value) as Json; // what JSON.parse gives
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
    throw new TypeError('this is no object');
  } catch (error) {
    throw new HqnasError({
      code: 'invalid-option',
      what: `"options" has a wrong value: ${messageOf(error)}`,
      where: 'environment.options',
      expected: 'a text of JSON such as \'{"continuous": true}\'',
      got: value,
    });
  }
}
