import { HqnasError, didYouMean } from './errors.js';
import { parseId, type Id } from './id.js';

/** Whatever a plugin registers: it has an id and says in one sentence what it is. */
export interface Registered {
  readonly id: Id;
  readonly summary: string;
}

/** Things of one kind by id. */
export class Registry<T extends Registered> {
  readonly noun: string;
  readonly #things = new Map<string, T>();

  /**
   * @param noun what the things are called in messages, e.g. "mutation"
   * @throws HqnasError `invalid-id`, `duplicate-id`
   */
  constructor(noun: string, things: Iterable<T>) {
    this.noun = noun;
    for (const thing of things) {
      parseId(thing.id, `${noun} "${thing.id}"`);
      if (this.#things.has(thing.id)) {
        throw new HqnasError({
          code: 'duplicate-id',
          what: `two plugins register the ${noun} "${thing.id}"`,
          remedy: 'Rename one of them, or list only one of the two plugins.',
        });
      }
      this.#things.set(thing.id, thing);
    }
  }

  has(id: string): boolean {
    return this.#things.has(id);
  }

  /**
   * @param where path in the config that names the id, for the message
   * @throws HqnasError `unknown-id`
   */
  get(id: string, where?: string): T {
    const thing = this.#things.get(id);
    if (thing !== undefined) return thing;
    throw new HqnasError({
      code: 'unknown-id',
      what: `there is no ${this.noun} "${id}"`,
      where,
      remedy: didYouMean(id, this.#things.keys()),
    });
  }

  ids(): readonly Id[] {
    return [...this.#things.values()].map(({ id }) => id).sort();
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#things.values();
  }
}
