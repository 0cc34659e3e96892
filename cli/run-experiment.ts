import path from 'node:path';
import type { JsonObject } from '../core/json.js';
import { summaryText } from '../core/experiment/report/report-text.js';
import { recordProgress } from '../core/experiment/training-progress.js';
import { forgetPaused } from '../core/node/artifact-care.js';
import { artifactsFolder } from '../core/node/file-artifacts.js';
import { SqliteLedger } from '../core/node/sqlite-ledger.js';
import { systemClock } from '../core/node/system-clock.js';
import { EVALUATOR, EXPERIMENT } from '../core/wiring/tokens.js';
import { ledgerArgument, type CommandContext } from './command.js';
import { listenForInterrupts } from './interrupts.js';
import { openExperiment, type LoadedConfig, type Overrides } from './open-experiment.js';
import { prepareConfig } from './prepare-config.js';
import { playBest } from './play-best.js';
import { showProgress } from './progress.js';
import { summaryJson } from './summary.js';
import { reportPath, writeReport } from './write-report.js';

export interface RunOptions {
  readonly ledger: string;
  readonly json: boolean;
  readonly overrides: Overrides;
  readonly resume?: string;
  /** Whether the report shows the best network playing; `undefined`: if its training was short. */
  readonly play?: boolean | undefined;
}

/** Runs an experiment to its end or its interruption, and shows what came out. Shared by `run` and `resume`. */
export async function runExperiment(
  loaded: LoadedConfig,
  options: RunOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, folder } = context;
  const file = path.resolve(folder, options.ledger);
  const where = ledgerArgument(options.ledger);
  const howToResume = (id: string): string => `hqnas resume ${id}${where}`;
  const ledger = SqliteLedger.open(file);
  try {
    const { overrides, resume } = options;
    const { container, events } = openExperiment(await prepareConfig(loaded, ledger), {
      ledger,
      artifacts: artifactsFolder(file),
      overrides,
      ...(resume === undefined ? {} : { resume }),
    });
    const experiment = container.get(EXPERIMENT);
    const evaluator = container.get(EVALUATOR);
    const stopProgress = showProgress(events, terminal, () => systemClock.seconds());
    const stopRecording = recordProgress(events, ledger, experiment.id, systemClock);
    const interrupts = listenForInterrupts(terminal, () => {
      stopProgress();
      terminal.note(`Stopped. Go on with: ${howToResume(experiment.id)}`);
    });
    try {
      const state = await experiment.run(interrupts.signal);
      if (state.status === 'finished') await forgetPaused(ledger, state.header.id, artifactsFolder(file));
      stopProgress();
      const report = reportPath(file, state.header.id);
      writeReport(state, report);
      const shown = path.relative(folder, report);
      const interrupted = state.status === 'interrupted';
      if (options.json) {
        const places: JsonObject = { report, ledger: file };
        terminal.result(JSON.stringify(summaryJson(state, places)));
      } else terminal.result(`${summaryText(state)}\n\nReport: ${shown.startsWith('..') ? report : shown}`);
      if (state.problem !== undefined) {
        terminal.note(`${terminal.alarm('error')}: ${state.problem.message}`);
        terminal.note(`What was found is recorded. Go on with: ${howToResume(state.header.id)}`);
        return 1;
      }
      if (interrupted) {
        terminal.note(`Interrupted. Go on with: ${howToResume(state.header.id)}`);
        return 130;
      }
      // Nothing is left to save, and a training in this thread would hear no signal: Ctrl-C just ends the process.
      interrupts.release();
      const command = `hqnas report ${state.header.id} --play${where}`;
      const played = await playBest(state, { ledger, terminal, folder, play: options.play, command });
      if (played !== undefined) writeReport(state, report, played);
      return 0;
    } finally {
      stopProgress();
      stopRecording();
      interrupts.release();
      await evaluator.close();
    }
  } finally {
    await ledger.close();
  }
}
