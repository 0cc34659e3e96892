import { didYouMean, HqnasError, isHqnasError } from '../../../core/index.js';

/** A value within a JSON file, with its path for messages: `ops[2][1]`. */
export class JsonValue {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path = '') {
    this.value = value;
    this.path = path;
  }

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  get isText(): boolean {
    return typeof this.value === 'string';
  }

  get isNumber(): boolean {
    return typeof this.value === 'number';
  }

  /** A member of an object; missing members have undefined values. */
  member(name: string): JsonValue {
    return new JsonValue(this.#record()[name], this.path === '' ? name : `${this.path}.${name}`);
  }

  members(): readonly (readonly [name: string, value: JsonValue])[] {
    return Object.keys(this.#record()).map((name) => [name, this.member(name)]);
  }

  items(): readonly JsonValue[] {
    if (!Array.isArray(this.value)) throw this.wrong('a list');
    return this.value.map((item, index) => new JsonValue(item, `${this.path}[${index}]`));
  }

  /** An item of a list; missing items have undefined values. */
  at(index: number): JsonValue {
    return this.items()[index] ?? new JsonValue(undefined, `${this.path}[${index}]`);
  }

  /** Another value in the same place. */
  as(value: unknown): JsonValue {
    return new JsonValue(value, this.path);
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.wrong('text');
    return this.value;
  }

  oneOf<const T extends string>(words: readonly T[]): T {
    const found = words.find((word) => word === this.value);
    if (found !== undefined) return found;
    const remedy = typeof this.value === 'string' ? didYouMean(this.value, words) : `Known: ${words.join(', ')}.`;
    throw this.wrong('a known word', undefined, remedy);
  }

  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) throw this.wrong('a finite number');
    return this.value;
  }

  wholeNumber(minimum: number, maximum: number): number {
    const { value } = this;
    if (Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum) return value as number;
    throw this.wrong(
      maximum === Infinity ? `a whole number from ${minimum}` : `a whole number from ${minimum} to ${maximum}`,
    );
  }

  /** Refuses members that are not listed. */
  only(names: readonly string[]): void {
    for (const [name, { path }] of this.members()) {
      if (names.includes(name)) continue;
      throw invalidFile(path, `there is no key "${name}" here`, undefined, undefined, didYouMean(name, names));
    }
  }

  /** The error for a value of the wrong form. */
  wrong(
    expected: string,
    what = this.isMissing ? 'a value is missing' : 'the value has the wrong form',
    remedy?: string,
  ): HqnasError {
    // 1e400 reads as Infinity, of which JSON makes null.
    const got = this.isMissing ? undefined : this.isNumber ? String(this.value) : JSON.stringify(this.value);
    return invalidFile(
      this.path,
      what,
      expected,
      got === undefined || got.length <= 80 ? got : `${got.slice(0, 77)}...`,
      remedy,
    );
  }

  #record(): Readonly<Record<string, unknown>> {
    const { value } = this;
    // Only objects pass.
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
    throw this.wrong('an object { "name": value }');
  }
}

/** Makes a part of a circuit; what is wrong with it gets its place in the file. */
export function madeAt<T>(place: (own: string | undefined) => string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!isHqnasError(error) || error.code !== 'invalid-circuit') throw error;
    throw new HqnasError({ ...error.facts, where: place(error.facts.where), cause: error });
  }
}

/** Deepest nesting of a circuit file. */
const deepest = 40;

/**
 * Refuses values within values without end, on which reading by recursion would break.
 * @throws HqnasError `invalid-circuit-file`
 */
export function refuseDeepNesting(content: unknown): void {
  let level: readonly unknown[] = [content];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw invalidFile('', 'values are nested too deeply', `at most ${deepest} levels`);
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value as Readonly<Record<string, unknown>>) : [],
    );
  }
}

function invalidFile(path: string, what: string, expected?: string, got?: string, remedy?: string): HqnasError {
  return new HqnasError({
    code: 'invalid-circuit-file',
    where: path === '' ? 'circuit file' : path,
    what,
    expected,
    got,
    remedy,
  });
}
