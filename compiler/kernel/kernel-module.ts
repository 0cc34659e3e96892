import type { KernelFunction } from './expression.js';

/** Functions that are translated together; calls between them go by name, so names are unique. */
export interface KernelModule {
  readonly functions: readonly KernelFunction[];
  /** Names of the functions that can be called from outside. */
  readonly exports: readonly string[];
}

/** Exported functions of a translated module, by name. */
export type KernelCalls = Readonly<Record<string, KernelCall>>;

export interface KernelCall {
  (...values: number[]): number | undefined;
}
