import { HqnasError, suggest } from '../errors.js';

export interface DnaProblem {
  /** Offset in the text. */
  readonly at: number;
  readonly length: number;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  /** Words that could have stood there. */
  readonly known?: Iterable<string>;
}

/** An `invalid-dna` error that points at the token: position, what was expected, and a caret line under the DNA. */
export function dnaError(text: string, { at, length, what, expected, got, known = [] }: DnaProblem): HqnasError {
  const shown = text.replace(/\s/g, ' ');
  // Long texts are cut to a window around the token.
  const start = Math.max(0, at - 60);
  const window = shown.slice(start, at + 60);
  const picture = `  ${window}\n  ${' '.repeat(at - start)}${'^'.repeat(Math.max(1, Math.min(length, 60)))}`;
  const closest = suggestToken(text.slice(at, at + length), [...known]);
  return new HqnasError({
    code: 'invalid-dna',
    what,
    where: `DNA, position ${at + 1}`,
    expected,
    got,
    remedy: `${closest === undefined ? '' : `Did you mean "${closest}"?`}\n${picture}\n`,
  });
}

/** One-letter words are only ever confused by case: any other letter is a guess. */
function suggestToken(token: string, known: readonly string[]): string | undefined {
  const sameLetters = known.find((word) => word.toLowerCase() === token.toLowerCase());
  if (sameLetters !== undefined) return sameLetters === token ? undefined : sameLetters;
  return token.length < 3
    ? undefined
    : suggest(
        token,
        known.filter((word) => word.length > 2),
      );
}
