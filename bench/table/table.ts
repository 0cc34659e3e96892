import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson } from '../../core/index.js';
import { dnaOf, everyNetwork } from './grid-space.js';
import { protocol, type Entry } from './train-network.js';

/** One training with its scores. */
export interface TableTraining {
  /** Mean return of the held-out episodes. */
  readonly greedy: number;
  readonly stochastic: number;
  /** Mean return of the last 100 training episodes at 1/points, 2/points ... of the steps. */
  readonly curve: readonly number[];
  /** CPU time of training and scoring. */
  readonly milliseconds: number;
}

/** Trained networks: a search that stays on the grid is answered from here. */
export interface Table {
  readonly format: 1;
  readonly protocol: Readonly<Record<string, string | number>>;
  /** `compilerVersion` of the code that made it. */
  readonly compiler: number;
  /** DNA of each network, in the order of `everyNetwork`; those that were not trained twice are left out. */
  readonly networks: readonly string[];
  /** Trained numbers of each network, actor and critic together. */
  readonly parameters: readonly number[];
  /** [network][seed], at least two of each. */
  readonly trainings: readonly (readonly TableTraining[])[];
}

/** The table that comes with the sources. */
export const tablePath = 'bench/table/cartpole.json.gz';

/**
 * A table of the entries so far: of every network that has two of them, one to show and one to hold out.
 * @throws Error when there is none, or when they were made with different compilers
 */
export function tableOf(entries: readonly Entry[]): Table {
  const [compiler, ...others] = new Set(entries.map((entry) => entry.compiler));
  if (compiler === undefined || others.length > 0) throw new Error('a table comes from one version of the compiler');
  const rows = everyNetwork()
    .map((genome, network) => ({
      dna: dnaOf(genome),
      trainings: entries.filter((entry) => entry.network === network).sort((a, b) => a.repeat - b.repeat),
    }))
    .filter(({ trainings }) => trainings.length >= 2);
  return {
    format: 1,
    protocol,
    compiler,
    networks: rows.map(({ dna }) => dna),
    parameters: rows.map(({ trainings }) => trainings[0]!.parameters),
    trainings: rows.map(({ trainings }) =>
      trainings.map(({ greedy, stochastic, curve, seconds }) => ({
        greedy: rounded(greedy),
        stochastic: rounded(stochastic),
        curve: curve.map(rounded),
        milliseconds: Math.round(seconds * 1000),
      })),
    ),
  };
}

/** Two decimals hold a mean of 20 or 100 whole returns exactly. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** What a table has, as if it had just been trained: a table can be gone on with. */
export function entriesOf({ networks, parameters, trainings, compiler }: Table): readonly Entry[] {
  const numbers = new Map(everyNetwork().map((genome, number) => [dnaOf(genome), number]));
  return networks.flatMap((dna, row) =>
    trainings[row]!.map(({ milliseconds, ...scores }, repeat) => ({
      ...scores,
      // Its DNA was printed from the same list.
      network: numbers.get(dna)!,
      repeat,
      parameters: parameters[row]!,
      compiler,
      seconds: milliseconds / 1000,
    })),
  );
}

export function writeTable(path: string, table: Table): void {
  writeFileSync(path, gzipSync(JSON.stringify({ sha256: checksum(table), table }), { level: 9 }));
}

/** @throws Error when the file is damaged */
export function readTable(path: string = tablePath): Table {
  // Its checksum, just below, says that `writeTable` wrote it.
  const { sha256, table } = JSON.parse(gunzipSync(readFileSync(path)).toString()) as {
    readonly sha256: string;
    readonly table: Table;
  };
  if (checksum(table) !== sha256) throw new Error(`${path} is damaged: its checksum differs`);
  return table;
}

/** SHA-256 of the canonical JSON. */
function checksum(table: Table): string {
  return createHash('sha256').update(canonicalJson(table)).digest('hex');
}
