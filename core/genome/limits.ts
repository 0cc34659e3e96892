import type { Domain, IntegerDomain } from '../domain.js';
import { HqnasError, didYouMean } from '../errors.js';
import { refuse, type Gene, type LayerKind, type Refusal } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Rng } from '../random.js';
import { printGene } from './dna.js';
import type { Genome, Limits, Range } from './genome.js';
import { headIdentity } from './identity.js';

/**
 * Checks that limits can be kept at all.
 * @param where path of the limits in the config, for messages
 * @throws HqnasError `impossible-limit`
 */
export function checkLimits(limits: Limits, kinds: Registry<LayerKind>, where = 'limits'): void {
  const names = new Set([...kinds].flatMap(({ hyper }) => Object.keys(hyper)));
  for (const [name, range] of Object.entries(limits)) {
    const fail = (what: string, expected: string, remedy?: string): never => {
      throw new HqnasError({
        code: 'impossible-limit',
        what,
        where: `${where}.${name}`,
        expected,
        got: JSON.stringify(range),
        remedy,
      });
    };
    const [minimum, maximum] = range;
    if (!Number.isSafeInteger(minimum) || !Number.isSafeInteger(maximum) || minimum > maximum) {
      fail('this is not a range', 'two whole numbers [minimum, maximum] with minimum <= maximum');
    }
    if (name === 'layers') {
      if (minimum < 1) fail('a network has at least one layer', 'a minimum of 1 or more');
      continue;
    }
    if (!names.has(name))
      fail(`no layer has a hyperparameter "${name}"`, `"layers" or a hyperparameter`, didYouMean(name, names));
    const domains = [...kinds].flatMap(({ hyper }) => (hyper[name] === undefined ? [] : [hyper[name]]));
    if (!domains.some((domain) => isInteger(domain) && domain.minimum <= maximum && domain.maximum >= minimum)) {
      fail(`no value of "${name}" lies within the limit`, domains.map(({ expected }) => expected).join(' or '));
    }
  }
}

/**
 * Why a genome is outside the limits; undefined when it is inside. Hyperparameters of the last layer that do not count
 * there (its `identity` drops them, as the width of a dense head) may have any value.
 */
export function outsideLimits({ layers }: Genome, kinds: Registry<LayerKind>, limits: Limits): Refusal | undefined {
  const [fewest, most] = limits.layers;
  if (layers.length < fewest || layers.length > most) {
    return refuse(`${layers.length} layers, the limits are ${fewest} to ${most}`);
  }
  for (const [index, gene] of layers.entries()) {
    const last = index === layers.length - 1;
    const counted = last ? headIdentity(kinds.get(gene.kind).plan(gene)) : undefined;
    for (const [name, value] of Object.entries(gene)) {
      const range = name === 'kind' || name === 'layers' ? undefined : limits[name];
      if (range === undefined || typeof value !== 'number' || (value >= range[0] && value <= range[1])) continue;
      if (counted !== undefined && !Object.hasOwn(counted.policy, name) && !Object.hasOwn(counted.value, name))
        continue;
      return refuse(
        `layer ${index + 1} (${printGene(gene, kinds, last)}): ${name} ${value}, the limits are ${range[0]} to ${range[1]}`,
      );
    }
  }
  return undefined;
}

/** Values that a whole-number hyperparameter of a kind may take: its domain narrowed by the limits. Undefined when there are none. */
export function rangeOf(kind: LayerKind, name: string, limits: Limits): Range | undefined {
  const domain = kind.hyper[name];
  if (domain === undefined || !isInteger(domain)) return undefined;
  const limit = limits[name];
  const minimum = Math.max(domain.minimum, limit?.[0] ?? domain.minimum);
  const maximum = Math.min(domain.maximum, limit?.[1] ?? domain.maximum);
  return minimum <= maximum ? [minimum, maximum] : undefined;
}

/** A gene with every hyperparameter uniform over what domain and limits allow; undefined when the limits leave nothing. */
export function sampleWithin(kind: LayerKind, limits: Limits, rng: Rng): Gene | undefined {
  const gene: Record<string, string | number | boolean> = { ...kind.sample(rng) };
  for (const [name, domain] of Object.entries(kind.hyper)) {
    if (!isInteger(domain) || limits[name] === undefined) continue;
    const range = rangeOf(kind, name, limits);
    if (range === undefined) return undefined;
    gene[name] = rng.between(...range);
  }
  // Built from a gene of this kind; only whole numbers were replaced.
  return gene as Gene;
}

/** The gene with every limited hyperparameter moved to the nearest allowed value; undefined when the limits leave nothing. */
export function clampToLimits(gene: Gene, kinds: Registry<LayerKind>, limits: Limits): Gene | undefined {
  const kind = kinds.get(gene.kind);
  const clamped: Record<string, string | number | boolean> = { ...gene };
  for (const [name, value] of Object.entries(gene)) {
    if (typeof value !== 'number' || limits[name] === undefined) continue;
    const range = rangeOf(kind, name, limits);
    if (range === undefined) return undefined;
    clamped[name] = Math.min(range[1], Math.max(range[0], value));
  }
  // A copy of a gene in which only numbers were replaced by numbers.
  return clamped as Gene;
}

function isInteger(domain: Domain): domain is Domain & IntegerDomain {
  return 'minimum' in domain && 'maximum' in domain;
}
