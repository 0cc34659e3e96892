import { CandidateFailure, type Stage } from './failure.js';

/**
 * Where the first NaN or infinity of a value lies, such as "curve[3].figures.loss is NaN"; undefined where there is none.
 * JSON has no such numbers: they could be neither stored nor sent.
 */
export function nonFiniteIn(value: unknown, path = ''): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
  const isList = Array.isArray(value);
  for (const [name, member] of Object.entries(value)) {
    const found = nonFiniteIn(member, isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @throws CandidateFailure where figures hold a NaN or an infinity, whoever brought it */
export function refuseNonFinite(stage: Stage, code: string, figures: object): void {
  const message = nonFiniteIn(figures);
  if (message !== undefined) throw new CandidateFailure({ stage, code, message });
}
