import { HqnasError } from '../errors.js';

type Versions = Readonly<Record<string, string>>;

/**
 * Another version of a plugin could propose or score differently: a mixed history would be worth little. Plugins that have
 * come since do not count: the experiment did without them.
 */
export function changedVersions(before: Versions, now: Versions): HqnasError | undefined {
  const changed = Object.keys(before).filter((name) => before[name] !== now[name]);
  if (changed.length === 0) return undefined;
  const describe = (versions: Versions): string =>
    changed.map((name) => `${name} ${versions[name] ?? 'absent'}`).join(', ');
  return new HqnasError({
    code: 'plugins-changed',
    what: 'the experiment was started with other versions',
    expected: describe(before),
    got: describe(now),
    remedy: 'Install those versions again, start a new experiment, or go on all the same with --force.',
  });
}

/** A budget is a total that may only grow. */
export function notExtended(before: number, asked: number): HqnasError {
  return new HqnasError({
    code: 'budget-not-extended',
    what: 'an experiment can only be given more candidates than it has',
    where: '--candidates',
    expected: `more than ${before}`,
    got: String(asked),
  });
}
