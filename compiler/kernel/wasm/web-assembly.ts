/** The part of the WebAssembly JavaScript API (W3C, core 2.0) that the compiler uses; Node's types do not declare it. */
export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WebAssemblyModule;
  readonly Instance: new (
    module: WebAssemblyModule,
    imports: { readonly env: { readonly memory: WebAssemblyMemory } },
  ) => { readonly exports: Readonly<Record<string, (...values: number[]) => number | undefined>> };
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WebAssemblyMemory;
  validate(bytes: Uint8Array): boolean;
}

/** Compiled code without memory; can be posted to a worker. */
export interface WebAssemblyModule {
  readonly [Symbol.toStringTag]?: string;
}

export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The engine's WebAssembly, or undefined where there is none. */
// The global is not declared by the configured libraries.
export const webAssembly = (globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;

/** Bytes of one page of a memory. */
export const pageBytes = 65536;
/** Pages that a memory may grow to and every module accepts: 2 GiB, so that addresses are positive signed integers. */
export const maximumPages = 32768;
