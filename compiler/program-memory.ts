import { HqnasError } from '../core/errors.js';
import { maximumPages, pageBytes, webAssembly, type WebAssemblyMemory } from './kernel/wasm/web-assembly.js';

/**
 * A memory that holds one program at a time. Engines reserve gigabytes of address space per memory and fail after some
 * thousands, so whoever compiles many programs one after another owns one of these per thread and passes it to every
 * `compile`: the program before is released then.
 */
export class ProgramMemory {
  #memory: WebAssemblyMemory | undefined;
  #evict: (() => void) | undefined;

  /** Bytes held now. */
  get bytes(): number {
    return this.#memory?.buffer.byteLength ?? 0;
  }

  /**
   * Releases the program that lives here and gives at least `bytes` of zeros; `evict` runs when the next one comes.
   * @throws HqnasError `no-webassembly`, `out-of-memory`
   */
  claim(bytes: number, evict: () => void): WebAssemblyMemory {
    this.#evict?.();
    this.#evict = undefined;
    const memory = this.#sized(bytes);
    new Uint8Array(memory.buffer, 0, bytes).fill(0);
    this.#evict = evict;
    return memory;
  }

  /** Forgets the program that lives here. */
  vacate(): void {
    this.#evict = undefined;
  }

  #sized(bytes: number): WebAssemblyMemory {
    if (webAssembly === undefined) throw noWebAssembly();
    const pages = Math.ceil(bytes / pageBytes);
    try {
      if (this.#memory === undefined) this.#memory = new webAssembly.Memory({ initial: pages, maximum: maximumPages });
      const missing = pages - this.#memory.buffer.byteLength / pageBytes;
      if (missing > 0) this.#memory.grow(missing);
      return this.#memory;
    } catch (cause) {
      throw new HqnasError({
        code: 'out-of-memory',
        what: `no memory for a program of ${bytes} bytes`,
        remedy: 'Use a smaller capacity or network, or release programs that are no longer used.',
        cause,
      });
    }
  }
}

/** A memory for programs that are compiled one after another. The caller owns it; it is freed with the last reference. */
export function createProgramMemory(): ProgramMemory {
  return new ProgramMemory();
}

/** Memories of released programs, for programs compiled without a memory of their own. */
const idle: ProgramMemory[] = [];

export function borrowMemory(): ProgramMemory {
  return idle.pop() ?? new ProgramMemory();
}

export function returnMemory(memory: ProgramMemory): void {
  idle.push(memory);
}

export function noWebAssembly(): HqnasError {
  return new HqnasError({
    code: 'no-webassembly',
    what: 'this JavaScript engine has no WebAssembly',
    remedy: 'Compile with backend: "javascript", which is much slower.',
  });
}
