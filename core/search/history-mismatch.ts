import { HqnasError } from '../errors.js';
import type { Genome } from '../genome/genome.js';
import { canonicalJson } from '../json.js';

/** @throws HqnasError `history-mismatch` when a ledger holds another genome than the one that is proposed */
export function checkHistory(index: number, recorded: Genome | undefined, proposed: Genome | undefined): void {
  const expected = describe(recorded);
  const got = describe(proposed);
  if (got === expected) return;
  throw new HqnasError({
    code: 'history-mismatch',
    what: `candidate ${index} of the ledger is not the one that this config and these plugins propose`,
    expected,
    got,
    remedy: 'Resume with the config, seed and plugin versions the experiment was started with, or start a new one.',
  });
}

function describe(genome: Genome | undefined): string {
  return genome === undefined ? 'no genome' : canonicalJson(genome);
}
