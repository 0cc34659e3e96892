import { HqnasError, defineConstraint, real, refuse, text } from '../../../core/index.js';

const bound = 1e300;

/** A training-free measure, or a metric that needs no training, keeps within bounds. */
export const measureLimit = defineConstraint({
  id: 'search/measure-limit',
  summary: 'a number that is known before training keeps within bounds',
  options: {
    measure: text({ help: 'a measure, or a metric that needs no training, such as quantum/dead-parameters' }),
    minimum: real(-bound, bound, { fallback: -bound, help: 'at least' }),
    maximum: real(-bound, bound, { fallback: bound, help: 'at most' }),
  },
  check(genome, { measures, options: { measure, minimum, maximum } }) {
    // Where nothing can be measured nothing is refused.
    if (measures === undefined) return undefined;
    if (!measures.has(measure)) throw unknownMeasure(measure, 'searchSpace.constraints');
    const value = measures.of(measure, genome);
    // To what a measure means nothing its limits mean nothing.
    if (value === undefined) return undefined;
    if (value < minimum) return refuse(`${measure} is ${value}, at least ${minimum} is asked for`);
    return value > maximum ? refuse(`${measure} is ${value}, at most ${maximum} is allowed`) : undefined;
  },
});

/** The error for an option that names none. */
export function unknownMeasure(measure: string, where: string): HqnasError {
  return new HqnasError({
    code: 'unknown-measure',
    what: `"${measure}" is no measure, nor a metric that needs no training`,
    where,
    remedy: '"hqnas plugins" lists measures.',
  });
}
