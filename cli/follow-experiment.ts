import { setTimeout as wait } from 'node:timers/promises';
import { formatScore } from '../core/experiment/format.js';
import type { Entry, ExperimentHeader, Ledger } from '../core/experiment/ledger.js';
import { objectivesOf } from '../core/experiment/objectives.js';
import { towards, type Objective } from '../core/training/objective.js';
import type { Terminal } from './terminal.js';

/** Milliseconds between two looks at the ledger. */
const pause = 500;

/**
 * Prints the entries of an experiment, those that are there and those that come, until it is finished. It reads each entry
 * once and never locks the ledger: whoever searches does not notice.
 */
export async function followExperiment(
  ledger: Ledger,
  header: ExperimentHeader,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const objective = objectivesOf(header)[0]!;
  for (let seen = 0; ;) {
    let finished = false;
    for await (const entry of ledger.read(header.id, seen)) {
      seen++;
      // More may come after an end: an experiment can be extended.
      finished = entry.type === 'finished';
      terminal.result(json ? JSON.stringify(entry) : lineOf(entry, objective));
    }
    if (finished) return;
    await wait(pause);
  }
}

function lineOf(entry: Entry, objective: Objective): string {
  switch (entry.type) {
    case 'started':
      return `started ${entry.run.time}`;
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
