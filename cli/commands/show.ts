import { HqnasError } from '../../core/errors.js';
import type { Entry } from '../../core/experiment/ledger.js';
import {
  formatCount,
  formatDuration,
  formatScore,
  policyName,
  sparkline,
} from '../../core/experiment/report/format.js';
import { reportText } from '../../core/experiment/report/report-text.js';
import { objectivesOf } from '../../core/experiment/objectives.js';
import { towards, type Objective } from '../../core/training/objective.js';
import { defineCommand, ledgerOption } from '../command.js';
import { followExperiment } from '../follow-experiment.js';
import { headerFor, stateFor, withLedger } from '../read-experiment.js';
import { summaryJson } from '../summary.js';

type CandidateEntry = Extract<Entry, { type: 'candidate' }>;

export const show = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'id, or the beginning of one' })
      .positional('candidate', { type: 'number', describe: 'number of a candidate' })
      .option('follow', { type: 'boolean', default: false, describe: 'print results as they come, until the end' })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'print one line of JSON; with --follow, one per entry',
      }),
  run: ({ id, candidate, ledger: file, follow, json }, context) =>
    withLedger(file, context, async (ledger) => {
      const { terminal } = context;
      if (follow) {
        await followExperiment(ledger, await headerFor(ledger, id), json, terminal);
        return 0;
      }
      if (candidate === undefined) {
        const state = await stateFor(ledger, id);
        terminal.result(json ? JSON.stringify(summaryJson(state)) : reportText(state));
        return 0;
      }
      const header = await headerFor(ledger, id);
      for await (const entry of ledger.read(header.id)) {
        if (entry.type !== 'candidate' || entry.index !== candidate) continue;
        terminal.result(json ? JSON.stringify(entry) : candidateText(entry, objectivesOf(header)[0]!));
        return 0;
      }
      throw new HqnasError({
        code: 'unknown-candidate',
        what: `experiment "${header.id}" has no result of candidate ${candidate}`,
        remedy: 'Numbers start at 0; hqnas show ID tells how many there are.',
      });
    }),
});

function candidateText({ index, dna, origin, outcome, run, ...more }: CandidateEntry, objective: Objective): string {
  const parents =
    origin === undefined || origin.parents.length === 0 ? '' : ` of candidate ${origin.parents.join(', ')}`;
  const lines = [
    `candidate ${index}  ${dna ?? '(no genome)'}`,
    `by ${origin?.by ?? (outcome.ok ? undefined : outcome.reason.by) ?? 'unknown'}${parents}`,
  ];
  if (!outcome.ok) {
    const { stage, code, message } = outcome.reason;
    const printed = run.crashes?.at(-1)?.output ?? '';
    lines.push(`failed in ${stage}: ${message} [${code}]`);
    if (run.crashes !== undefined) lines.push(`attempts: ${run.crashes.length}`);
    return [...lines, ...(printed === '' ? [] : ['printed last:', printed])].join('\n');
  }
  const { counts, scores, steps, episodes, curve, metrics, conditions, parametersHash, reusedFrom } = outcome;
  lines.push(
    `score ${formatScore(towards(objective, outcome.score))}${reusedFrom === undefined ? '' : `, taken over from candidate ${reusedFrom}`}`,
  );
  const { fidelity, continues, inherits } = more;
  if (fidelity !== undefined) {
    const after = continues === undefined ? '' : `, going on where candidate ${continues} stopped`;
    lines.push(`trained with ${formatScore(100 * fidelity)} % of the budget${after}`);
  }
  if (inherits !== undefined && outcome.inherited !== undefined) {
    const { parameters, steps: before } = outcome.inherited;
    lines.push(
      `began with ${parameters} of ${counts.parameters} weights of candidate ${inherits}, trained for ${before} steps`,
    );
  }
  if (outcome.repeats !== undefined) {
    const list = outcome.repeats.map(({ score }) => formatScore(towards(objective, score))).join(', ');
    lines.push(`mean of ${outcome.repeats.length} trainings: ${list}`);
  }
  for (const { mean, deviation, returns, ...made } of scores) {
    const list = returns.map((value) => formatScore(value)).join(', ');
    lines.push(
      `${policyName(made)}: ${formatScore(mean)} ± ${formatScore(deviation)} over ${returns.length} episodes: ${list}`,
    );
  }
  lines.push(
    `${formatCount(counts.parameters)} parameters (policy ${formatCount(counts.policyParameters)}, value ${formatCount(counts.valueParameters)}), ${counts.layers} layers, ${counts.quantumLayers} quantum, ${counts.qubits} qubits`,
    `${formatCount(steps)} steps, ${formatCount(episodes)} episodes${run.seconds === undefined ? '' : `, ${formatDuration(run.seconds)}`}`,
    `curve ${sparkline(
      curve.flatMap(({ meanReturn }) => meanReturn ?? []),
      60,
    )}`,
    ...Object.entries(metrics).map(([id, value]) => {
      return `${id} ${Number.isInteger(value) ? formatCount(value) : formatScore(value)}`;
    }),
    `parameters' SHA-256 ${parametersHash}`,
    `conditions ${JSON.stringify(conditions)}`,
  );
  return lines.join('\n');
}
