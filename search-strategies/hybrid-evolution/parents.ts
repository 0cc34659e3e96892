import type { Rng } from '../../core/index.js';
import type { Archive, Network } from './archive.js';
import type { Options } from './options.js';

/**
 * Networks that may be parents, best first. With `aging` these are the latest ones: their scores decide tournaments, as in
 * Real et al. 2019, and age decides who takes part.
 */
export function rank(archive: Archive, { selection, caution, populationSize }: Options): readonly Network[] {
  const { networks } = archive;
  const eligible = selection === 'aging' ? networks.slice(-populationSize) : networks;
  const values =
    selection === 'belief'
      ? archive.estimates.map(({ mean, deviation }) => mean - caution * deviation)
      : eligible.map(({ score }) => score);
  return eligible
    .map((network, place) => ({ network, value: values[place]!, place }))
    .sort((a, b) => b.value - a.value || b.place - a.place)
    .map(({ network }) => network);
}

/** The best of `sampleSize` members, drawn with replacement from the best `populationSize` of all or of one niche. */
export function tournament(
  ranked: readonly Network[],
  { balance, populationSize, sampleSize }: Options,
  rng: Rng,
): Network {
  const niches = rng.float() < balance ? [...new Set(ranked.map(({ niche }) => niche))] : [];
  const niche = niches.length < 2 ? undefined : rng.pick(niches);
  const eligible = niche === undefined ? ranked : ranked.filter((network) => network.niche === niche);
  let place = Infinity;
  for (let i = 0; i < sampleSize; i++) place = Math.min(place, rng.int(Math.min(populationSize, eligible.length)));
  return eligible[place]!;
}
