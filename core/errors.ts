/** What a person needs to mend a problem; every part that is known appears in the message. */
export interface ErrorFacts {
  /** Stable, lower-case with hyphens; catalogued in docs/errors.md. */
  readonly code: string;
  /** One sentence: what is wrong. */
  readonly what: string;
  /** Path in the config, token of the DNA, file, plugin or stage. */
  readonly where?: string | undefined;
  readonly expected?: string | undefined;
  readonly got?: string | undefined;
  /** What to do about it. */
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

/** A problem that a person can mend: bad config, DNA, plugin or input. Programs read `code`, people the message. */
export class HqnasError extends Error {
  readonly code: string;
  readonly facts: ErrorFacts;

  constructor(facts: ErrorFacts) {
    super(formatFacts(facts), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'HqnasError';
    this.code = facts.code;
    this.facts = facts;
  }
}

/** True for errors of this package, also when a plugin brought a second copy of it. */
export function isHqnasError(error: unknown): error is HqnasError {
  return error instanceof Error && error.name === 'HqnasError' && 'code' in error && typeof error.code === 'string';
}

/** First line of whatever was thrown; without the code of our own errors, which is recorded beside it. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const line = text.split('\n', 1)[0]!;
  return isHqnasError(error) ? line.replace(` [${error.code}]`, '') : line;
}

/** The candidate closest to `word` by edit distance, when it is close enough to be a likely typo. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.ceil(word.length * 0.4)) + 1;
  for (const candidate of candidates) {
    const tail = candidate.slice(candidate.lastIndexOf('/') + 1);
    const distance = Math.min(
      editDistance(word.toLowerCase(), candidate.toLowerCase()),
      tail === candidate ? Infinity : editDistance(word.toLowerCase(), tail.toLowerCase()) + 0.5,
    );
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** "Did you mean ...?" for an unknown word, or the list of what exists when nothing is close. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const all = [...candidates].sort();
  const closest = suggest(word, all);
  if (closest !== undefined) return `Did you mean "${closest}"?`;
  return all.length === 0 ? 'None is registered.' : `Known: ${all.join(', ')}.`;
}

function formatFacts({ code, what, where, expected, got, remedy }: ErrorFacts): string {
  const parts = [`${where === undefined ? '' : `${where}: `}${what}`];
  if (expected !== undefined) parts.push(`expected ${expected}${got === undefined ? '' : `, got ${got}`}`);
  else if (got !== undefined) parts.push(`got ${got}`);
  return `${parts.join('; ')}${remedy === undefined ? '' : `. ${remedy}`} [${code}]`;
}

/** Levenshtein distance with adjacent transpositions (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const substitution = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, rows[i - 2]![j - 2]! + 1);
      }
      rows[i]![j] = distance;
    }
  }
  return rows[a.length]![b.length]!;
}
