import { setTimeout as wait } from 'node:timers/promises';
import { formatCount, formatScore, formatTime } from '../core/experiment/report/format.js';
import type { Entry, ExperimentHeader, Ledger } from '../core/experiment/ledger.js';
import type { ProgressLog, ProgressPoint } from '../core/experiment/training-progress.js';
import { objectivesOf } from '../core/experiment/objectives.js';
import { towards, type Objective } from '../core/training/objective.js';
import type { Terminal } from './terminal.js';

/** Milliseconds between two looks at the ledger. */
const pause = 500;

/** Milliseconds between two lines about the same running candidate, where lines stay. */
const patience = 10_000;

/**
 * Prints the entries of an experiment, those that are there and those that come, until it is finished; between them how
 * candidates that run are getting on. It reads everything once and never locks the ledger: whoever searches does not notice.
 */
export async function followExperiment(
  ledger: Ledger & ProgressLog,
  header: ExperimentHeader,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const objective = objectivesOf(header)[0]!;
  const running = json ? progressLines(terminal) : runningView(terminal);
  for (let seen = 0, last = 0; ;) {
    let [finished, stopped] = [false, false];
    for await (const entry of ledger.read(header.id, seen)) {
      seen++;
      // More may come after an end: an experiment can be extended.
      finished = entry.type === 'finished';
      stopped = entry.type === 'interrupted';
      if (entry.type === 'candidate') running.forget(entry.index);
      running.clear();
      terminal.result(json ? JSON.stringify(entry) : lineOf(entry, objective));
    }
    if (finished) return;
    if (stopped) terminal.note('Waiting for it to be resumed; Ctrl-C ends this.');
    const news = await ledger.progress(header.id, last);
    last = news.last;
    running.show(news.points);
    await wait(pause);
  }
}

interface RunningView {
  show(points: readonly ProgressPoint[]): void;
  /** A candidate that has its result. */
  forget(candidate: number): void;
  /** Makes room for a line. */
  clear(): void;
}

function progressLines({ result }: Terminal): RunningView {
  return {
    show(points) {
      for (const point of points) result(JSON.stringify({ type: 'progress', ...point }));
    },
    forget: () => undefined,
    clear: () => undefined,
  };
}

/** One living line on a terminal; elsewhere a line for each candidate now and then. */
function runningView({ interactive, errors, width, note }: Terminal): RunningView {
  const newest = new Map<number, ProgressPoint>();
  let silentUntil = performance.now() + patience;
  return {
    show(points) {
      for (const point of points) newest.set(point.candidate, point);
      if (interactive) {
        const text = [...newest.values()].map(progressText).join(' | ');
        errors.write(`\r\u001b[K${text.slice(0, Math.max(0, width - 1))}`);
      } else if (performance.now() >= silentUntil) {
        silentUntil = performance.now() + patience;
        for (const point of newest.values()) note(`running: ${progressText(point)}`);
      }
    },
    forget: (candidate) => void newest.delete(candidate),
    clear() {
      if (interactive) errors.write('\r\u001b[K');
    },
  };
}

function progressText({ candidate, steps, meanReturn }: ProgressPoint): string {
  const mean = meanReturn === undefined ? '' : `, mean return ${formatScore(meanReturn)}`;
  return `candidate ${candidate} at ${formatCount(steps)} steps${mean}`;
}

function lineOf(entry: Entry, objective: Objective): string {
  switch (entry.type) {
    case 'started':
      return `started ${formatTime(entry.run.time)}`;
    case 'candidate':
      return `candidate ${entry.index}: ${outcomeText(entry, objective)}  ${entry.dna ?? ''}`.trimEnd();
    case 'finalist':
      return `final training ${entry.repeat + 1} of candidate ${entry.candidate}: ${outcomeText(entry, objective)}`;
    case 'extended':
      return `extended to ${entry.candidates} candidates`;
    case 'forced':
      return 'goes on with other versions';
    case 'searched':
    case 'finished':
      return `${entry.type}: ${entry.reason}`;
    case 'interrupted':
      return `interrupted${entry.problem === undefined ? '' : `: ${entry.problem.message}`}`;
  }
}

function outcomeText({ outcome }: Extract<Entry, { type: 'candidate' | 'finalist' }>, objective: Objective): string {
  if (!outcome.ok) return `failed: ${outcome.reason.message} [${outcome.reason.code}]`;
  const taken = outcome.reusedFrom === undefined ? '' : ` (of candidate ${outcome.reusedFrom})`;
  return formatScore(towards(objective, outcome.score)) + taken;
}
