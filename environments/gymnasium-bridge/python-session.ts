import {
  HqnasError,
  box,
  discrete,
  messageOf,
  type Autoreset,
  type Frame,
  type Json,
  type OpenChannel,
  type Space,
  type SynchronousChannel,
} from '../../core/index.js';

const PROTOCOL = 1;
const [MAKE, RESET, STEP, RENDER] = [1, 2, 3, 4];
const ANSWER = 100;

export interface SessionSettings {
  /** Program and arguments that start the Python side. */
  readonly command: readonly string[];
  readonly id: string;
  readonly count: number;
  /** Keyword arguments of `gymnasium.make`. */
  readonly options: Json;
  readonly imports: readonly string[];
  readonly limit: number | undefined;
  readonly autoreset: Autoreset;
  readonly timeoutSeconds: number;
}

/** What the Python side says of its environments. */
interface Description {
  readonly observation: SpaceDescription;
  readonly action: SpaceDescription;
}

type SpaceDescription =
  | { readonly kind: 'discrete'; readonly n: number; readonly start: number }
  | { readonly kind: 'box'; readonly low: readonly string[]; readonly high: readonly string[] };

/** Environments of one Python process. Throws HqnasErrors whose codes start with `bridge-`. */
export class PythonSession {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly #channel: SynchronousChannel;
  readonly #settings: SessionSettings;

  constructor(open: OpenChannel, settings: SessionSettings) {
    this.#settings = settings;
    this.#channel = open(settings.command);
    const { id, count, options, imports, limit, autoreset } = settings;
    const request = { protocol: PROTOCOL, id, count, options, imports, limit: limit ?? null, autoreset };
    const answer = this.#ask(MAKE, text(request));
    try {
      const { observation, action } = JSON.parse(new TextDecoder().decode(answer)) as Description; // checked by use
      this.observationSpace = spaceOf(observation);
      this.actionSpace = spaceOf(action);
    } catch (error) {
      this.close();
      throw malformed(`the description of the environment cannot be read: ${messageOf(error)}`);
    }
  }

  /** @returns observations, [environment][row] */
  reset(seeds: readonly number[] | undefined, mask: readonly number[] | undefined, rows: number): Float32Array {
    const answer = this.#ask(RESET, text({ seeds: seeds ?? null, mask: mask ?? null }));
    return numbers(answer, this.#settings.count * rows);
  }

  /** @param actions [environment][row] */
  step(actions: Float32Array, rows: number): StepAnswer {
    const { count } = this.#settings;
    const answer = this.#ask(STEP, new Uint8Array(actions.buffer, actions.byteOffset, actions.byteLength));
    const size = count * rows * 4;
    if (answer.length !== 8 * count + 2 * size + 2 * count) {
      this.close();
      throw malformed(`a step of ${answer.length} bytes does not fit ${count} environments with ${rows} numbers each`);
    }
    const { buffer, byteOffset: at } = answer;
    return {
      rewards: new Float64Array(buffer, at, count),
      observations: new Float32Array(buffer, at + 8 * count, count * rows),
      finals: new Float32Array(buffer, at + 8 * count + size, count * rows),
      terminated: new Uint8Array(buffer, at + 8 * count + 2 * size, count),
      truncated: new Uint8Array(buffer, at + 9 * count + 2 * size, count),
    };
  }

  render(): Frame {
    const answer = this.#ask(RENDER, new Uint8Array(0));
    const view = new DataView(answer.buffer, answer.byteOffset);
    const [width, height] = [view.getUint32(0, true), view.getUint32(4, true)];
    return { width, height, rgb: answer.subarray(8) };
  }

  close(): void {
    this.#channel.close();
  }

  #ask(kind: number, payload: Uint8Array): Uint8Array {
    const answer = this.#channel.request({ kind, payload }, this.#settings.timeoutSeconds);
    if (answer.kind === ANSWER) return answer.payload;
    let facts: { readonly code?: unknown; readonly message?: unknown } = {};
    try {
      facts = JSON.parse(new TextDecoder().decode(answer.payload)) as typeof facts; // an object by the protocol
    } catch {
      // The code below says enough.
    }
    if (kind === MAKE) this.close();
    const refusal = refusals.find(({ code }) => code === facts.code);
    if (refusal === undefined) throw malformed(`an answer of the unknown kind ${answer.kind}`);
    const where = `gymnasium environment ${this.#settings.id}`;
    throw new HqnasError({ ...refusal, what: String(facts.message), where });
  }
}

/** What the Python side may answer instead, and what to do about it. */
const refusals = [
  { code: 'bridge-failed', remedy: 'The message is that of the environment.' },
  { code: 'bridge-missing', remedy: 'Install it for the Python of the config: pip install gymnasium numpy.' },
  { code: 'bridge-spaces', remedy: 'Wrap the environment in Python.' },
] as const;

/** One step of all environments; [environment][row] where there are rows. */
export interface StepAnswer {
  readonly rewards: Float64Array;
  readonly observations: Float32Array;
  readonly finals: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
}

function spaceOf(description: SpaceDescription): Space {
  if (description.kind === 'discrete') return discrete(description.n, description.start);
  const parsed = (values: readonly string[]): Float32Array =>
    Float32Array.from(values, (value) => (value === 'inf' ? Infinity : value === '-inf' ? -Infinity : Number(value)));
  return box(parsed(description.low), parsed(description.high));
}

function numbers(bytes: Uint8Array, count: number): Float32Array {
  if (bytes.length === 4 * count) return new Float32Array(bytes.buffer, bytes.byteOffset, count);
  throw malformed(`${bytes.length} bytes of observations, ${4 * count} were expected`);
}

function text(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function malformed(what: string): HqnasError {
  return new HqnasError({
    code: 'bridge-malformed',
    what,
    remedy: 'Does something in the environment write to file descriptors by itself?',
  });
}
