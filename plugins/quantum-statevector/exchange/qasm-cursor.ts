import { qasmError, type QasmToken } from './qasm-tokens.js';

/** Where a reader of OpenQASM stands. */
export class QasmCursor {
  readonly #tokens: readonly QasmToken[];
  #next = 0;

  /** @param tokens without comments; the last one is the end */
  constructor(tokens: readonly QasmToken[]) {
    this.#tokens = tokens;
  }

  peek(): QasmToken {
    return this.#tokens[this.#next]!;
  }

  /** Takes a token; the end stays. */
  take(): QasmToken {
    const token = this.peek();
    if (token.type !== 'end') this.#next++;
    return token;
  }

  /** Takes a name that nothing else has. */
  takeName(what: string, isTaken: (name: string) => boolean): string {
    const token = this.take();
    if (token.type !== 'name' || isTaken(token.text)) throw qasmError(token, `${what} needs a name of its own`);
    return token.text;
  }

  /** Takes a token if it is this one. */
  accept(text: string): boolean {
    if (this.peek().text !== text || this.peek().type === 'end') return false;
    this.#next++;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw qasmError(this.peek(), 'something is missing', JSON.stringify(text));
  }

  /** One or more, with commas between them. */
  list<T>(item: () => T): readonly T[] {
    const items = [item()];
    while (this.accept(',')) items.push(item());
    return items;
  }
}
