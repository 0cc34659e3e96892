import { CandidateFailure, type Stage } from './failure.js';

/**
 * Where the first NaN or infinity of a value lies, such as "curve[3].figures.loss is NaN"; undefined where there is none.
 * JSON has no such numbers: they could be neither stored nor sent.
 */
export function nonFiniteIn(value: object): string | undefined {
  const found = search(value);
  return found === undefined ? undefined : found.replace(/^\./, '');
}

/** Paths are put together on the way back: nearly always there is nothing to name. */
function search(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : ` is ${value}`;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
  const members = value as Readonly<Record<string, unknown>>; // an object or an array, by the checks just above
  for (const name of Object.keys(members)) {
    const found = search(members[name]);
    if (found !== undefined) return Array.isArray(value) ? `[${name}]${found}` : `.${name}${found}`;
  }
  return undefined;
}

/** @throws CandidateFailure where figures hold a NaN or an infinity, whoever brought it */
export function refuseNonFinite(stage: Stage, code: string, figures: object): void {
  const message = nonFiniteIn(figures);
  if (message !== undefined) throw new CandidateFailure({ stage, code, message });
}
