import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { builtFolder } from '../built.js';
import { readHistory } from '../cli/read-history.js';

export type Kind = 'threads' | 'processes';

export interface RunOptions {
  readonly ledger: string;
  readonly kind: Kind;
  readonly workers: number;
  /** Milliseconds that an evaluation may take. */
  readonly longest: number;
}

export interface Attempt {
  readonly child: ChildProcess;
  /** Results that the search has acknowledged, such as "candidate 3". */
  readonly acknowledged: Set<string>;
  /** Kept with the exit code; undefined after a signal. */
  readonly ended: Promise<number | undefined>;
  readonly errors: () => string;
}

/** Starts test/crash/search.mjs in a process of its own. */
export function startSearch({ ledger, kind, workers, longest }: RunOptions): Attempt {
  const script = path.join(import.meta.dirname, 'search.mjs');
  const built = pathToFileURL(`${builtFolder}/`).href;
  const child = spawn(process.execPath, [script, built, ledger, kind, String(workers), String(longest)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const acknowledged = new Set<string>();
  let text = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (text + chunk.toString()).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) if (/^(candidate|finalist)/.test(line)) acknowledged.add(line);
  });
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | undefined>((resolve) => child.on('close', (code) => resolve(code ?? undefined)));
  return { child, acknowledged, ended, errors: () => errors };
}

export interface KilledRun {
  /** SIGKILLs that hit a search, and those that hit a worker process of one. */
  readonly searchesKilled: number;
  readonly workersKilled: number;
  /** Canonical export of what is there in the end. */
  readonly history: string;
  /** Results that were acknowledged and are not there. */
  readonly lost: readonly string[];
  readonly integrity: string;
}

/** What an undisturbed run does: it says where the instants of the kills may lie. */
export interface Course {
  readonly milliseconds: number;
  readonly results: number;
}

/**
 * Runs a search to its end that is killed some times at random instants: while it starts, or some milliseconds after a random
 * one of its results, so that the load of the machine does not decide where in the search they lie.
 */
export async function runKilled(options: RunOptions, kills: number, course: Course): Promise<KilledRun> {
  const acknowledged = new Set<string>();
  let searchesKilled = 0;
  let workersKilled = 0;
  for (let kill = 0; ; kill++) {
    const attempt = startSearch(options);
    if (kill < kills) {
      const ofWorker = options.kind === 'processes' && kill % 2 === 0;
      const left = Math.max(1, course.results - acknowledged.size);
      // Workers are there once there is a result.
      const results = Math.max(ofWorker ? 1 : 0, Math.floor(left * Math.random()));
      while (attempt.acknowledged.size < results && attempt.child.exitCode === null) await wait(2);
      const longest = results === 0 ? course.milliseconds / 3 : options.longest;
      await Promise.race([wait(longest * Math.random()), attempt.ended]);
      const worker = ofWorker ? workersOf(attempt.child.pid!)[0] : undefined;
      if (worker === undefined) searchesKilled += attempt.child.kill('SIGKILL') ? 1 : 0;
      else workersKilled += killed(worker) ? 1 : 0;
    }
    const code = await attempt.ended;
    for (const line of attempt.acknowledged) acknowledged.add(line);
    if (code === 0 && kill >= kills) break;
    if (code !== undefined && code !== 0) throw new Error(`the search ended with ${code}: ${attempt.errors()}`);
  }
  const { history, results } = await read(options.ledger);
  const database = new Database(options.ledger);
  const integrity = JSON.stringify(database.prepare('PRAGMA integrity_check').all());
  database.close();
  const lost = [...acknowledged].filter((result) => !results.has(result));
  return { searchesKilled, workersKilled, history, lost, integrity };
}

/** The canonical history of the only experiment of a ledger, without the facts of its runs, and its results by name. */
export async function read(file: string): Promise<{ history: string; results: Set<string> }> {
  const { canonical, entries } = await readHistory(file);
  const results = new Set<string>();
  for (const entry of entries) {
    if (entry.type === 'candidate') results.add(`candidate ${entry.index}`);
    if (entry.type === 'finalist') results.add(`finalist ${entry.candidate} ${entry.repeat}`);
  }
  return { history: canonical, results };
}

/** Process ids of the children of a process, where the system tells. */
function workersOf(parent: number): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
      .map(Number);
  } catch {
    return [];
  }
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
  } catch {
    return undefined; // gone meanwhile
  }
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
