import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson, printDna } from '../../core/index.js';
import { kinds } from '../trainings.js';
import { everyNetwork } from './grid-space.js';
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
  /** DNA of every network, in the order of `everyNetwork`. */
  readonly networks: readonly string[];
  /** Trained numbers of each network, actor and critic together. */
  readonly parameters: readonly number[];
  /** [network][seed]: at least two of each. */
  readonly trainings: readonly (readonly TableTraining[])[];
}

/** The table that comes with the sources. */
export const tablePath = 'bench/table/cartpole.json.gz';

/**
 * A table of the entries so far.
 * @throws Error when some network has less than two, or when they were made with different compilers
 */
export function tableOf(entries: readonly Entry[]): Table {
  const networks = everyNetwork();
  const [compiler, ...others] = new Set(entries.map((entry) => entry.compiler));
  if (compiler === undefined || others.length > 0) throw new Error('a table comes from one version of the compiler');
  const rows: Entry[][] = networks.map(() => []);
  for (const entry of entries) rows[entry.network]?.push(entry);
  if (rows.some((row) => row.length < 2)) throw new Error('every network needs two trainings: one shown, one held out');
  return {
    format: 1,
    protocol,
    compiler,
    networks: networks.map((genome) => printDna(genome, kinds)),
    parameters: rows.map(([first]) => first!.parameters),
    trainings: rows.map((row) =>
      row
        .sort((a, b) => a.repeat - b.repeat)
        .map(({ greedy, stochastic, curve, seconds }) => ({
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
