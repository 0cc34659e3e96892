import type { Genome } from '../../core/index.js';

/** Layers from the input whose hyperparameters are features by themselves. */
const positions = 16;

/** Features of a genome by name; what is not named is 0. */
export type Features = ReadonlyMap<string, number>;

/**
 * Describes any genome by numbers, whatever its layers: how many layers, how many of each kind and of each pair of
 * neighbours, sum and maximum of each numeric hyperparameter, counts of the others, and the first layers one by one.
 */
export function encode({ layers }: Genome): Features {
  const features = new Map<string, number>([['layers', layers.length]]);
  const add = (name: string, value: number): void => {
    features.set(name, (features.get(name) ?? 0) + value);
  };
  for (const [index, { kind, ...hyper }] of layers.entries()) {
    add(kind, 1);
    const next = layers[index + 1];
    add(`${kind} > ${next?.kind ?? 'end'}`, 1);
    if (index < positions) features.set(`${index} ${kind}`, 1);
    for (const [name, value] of Object.entries(hyper)) {
      if (typeof value === 'string') {
        add(`${kind} ${name} = ${value}`, 1);
        continue;
      }
      const number = Number(value);
      add(`${kind} sum of ${name}`, number);
      const largest = `${kind} largest ${name}`;
      features.set(largest, Math.max(number, features.get(largest) ?? number));
      if (index < positions) features.set(`${index} ${name}`, number);
    }
  }
  return features;
}

/** A matrix of features, [genome][feature], over the names that occur; a feature that is the same everywhere is left out. */
export interface FeatureTable {
  readonly names: readonly string[];
  readonly rows: readonly Float64Array[];
}

export function tabulate(genomes: readonly Features[]): FeatureTable {
  const all = [...new Set(genomes.flatMap((features) => [...features.keys()]))].sort();
  const names = all.filter((name) => {
    const first = genomes[0]?.get(name) ?? 0;
    return genomes.some((features) => (features.get(name) ?? 0) !== first);
  });
  return { names, rows: genomes.map((features) => rowOf(features, names)) };
}

export function rowOf(features: Features, names: readonly string[]): Float64Array {
  return Float64Array.from(names, (name) => features.get(name) ?? 0);
}
