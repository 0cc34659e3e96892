import { randomInt } from 'node:crypto';
import type { Clock, IdSource } from '../experiment/clock.js';

/** The machine's clock: one of the two places that read it. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  seconds: () => Number(process.hrtime.bigint()) / 1e9,
};

const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ids such as `quickstart-20261122-183012-k3f7`. */
export const systemIds: IdSource = {
  next(name) {
    const time = systemClock.now();
    const stamp = `${time.slice(0, 10).replaceAll('-', '')}-${time.slice(11, 19).replaceAll(':', '')}`;
    const suffix = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
    const slug = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40);
    return `${slug === '' ? 'experiment' : slug}-${stamp}-${suffix}`;
  },
};
