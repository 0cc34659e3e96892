import { availableParallelism } from 'node:os';
import type { ExperimentConfig } from '../../core/experiment/config.js';
import { formatCount, formatDuration, formatScore, sparkline } from '../../core/experiment/format.js';
import { asObject, parseConfigValues } from '../../core/experiment/parse-config.js';
import { resolveConfig } from '../../core/experiment/resolve-config.js';
import { table } from '../../core/experiment/text-table.js';
import { parseDna } from '../../core/genome/dna.js';
import { systemClock } from '../../core/node/system-clock.js';
import type { Registries } from '../../core/plugin/registries.js';
import type { Evaluation } from '../../core/training/evaluator.js';
import type { CurvePoint } from '../../core/training/trainer.js';
import { createConfiguredEvaluator } from '../../core/wiring/configured-evaluator.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { CONFIG, REGISTRIES } from '../../core/wiring/tokens.js';
import { defineCommand, wholeNumber } from '../command.js';
import { loadConfigFile, loadDraft, type LoadedConfig } from '../open-experiment.js';
import type { Terminal } from '../terminal.js';

export const train = defineCommand({
  usage: 'train [config]',
  summary: 'train one network and score it; nothing is recorded',
  options: (yargs) =>
    yargs
      .positional('config', { type: 'string', describe: 'YAML or JSON file; default: the preset "corrected"' })
      .option('dna', { type: 'string', demandOption: true, requiresArg: true, describe: 'the network: "C 37 T C 1"' })
      .option('trainer', { type: 'string', requiresArg: true, describe: 'preset of the trainer, such as paper' })
      .option('steps', { type: 'number', describe: 'environment steps' })
      .option('seed', { type: 'number', describe: 'instead of the seed in the config' })
      .option('profile', { type: 'boolean', default: false, describe: 'tell where the time went' })
      .option('json', { type: 'boolean', default: false, describe: 'print the result as one line of JSON' }),
  async run({ config: file, dna, trainer, steps, seed, profile, json }, { terminal, folder }) {
    const loaded =
      file === undefined
        ? await loadDraft(parseConfigValues({ preset: 'corrected' }, 'train'), folder)
        : await loadConfigFile(file, folder);
    const changes = { trainer, steps: wholeNumber('steps', steps, 1), seed: wholeNumber('seed', seed) };
    const container = createContainer(loaded.plugins, {
      resolveConfig: (registries) => changedConfig(loaded, registries, changes),
    });
    const registries = container.get(REGISTRIES);
    const config = container.get(CONFIG);
    const genome = parseDna(dna, registries.layers);
    const evaluator = createConfiguredEvaluator(config, registries, systemClock);
    const points: CurvePoint[] = [];
    const onProgress = (point: CurvePoint): void => {
      points.push(point);
      if (!json) announce(point, points.length, terminal);
    };
    const evaluation = await evaluator.evaluate({ index: 0, genome, attempt: 0 }, { onProgress });
    await evaluator.close();
    if (json) terminal.result(JSON.stringify({ dna, seed: config.seed, ...evaluation }));
    else terminal.result(evaluationText(evaluation, config, profile));
    return evaluation.ok ? 0 : 1;
  },
});

interface Changes {
  readonly trainer: string | undefined;
  readonly steps: number | undefined;
  readonly seed: number | undefined;
}

function changedConfig({ draft, added }: LoadedConfig, registries: Registries, changes: Changes): ExperimentConfig {
  const trainer: Record<string, unknown> = {
    ...asObject(draft.values.trainer),
    ...(changes.trainer === undefined ? {} : { preset: changes.trainer }),
    ...(changes.steps === undefined ? {} : { totalSteps: changes.steps }),
  };
  // Scalars of a checked config, with scalars of checked arguments over them; resolveConfig checks their values.
  const values = { ...draft.values, trainer: trainer as Record<string, string | number | boolean> };
  const config = resolveConfig({ ...draft, values }, registries, added);
  return changes.seed === undefined ? config : { ...config, seed: changes.seed };
}

/** Every tenth point, so that a long training stays readable. */
function announce({ steps, meanReturn }: CurvePoint, count: number, terminal: Terminal): void {
  if (count % 10 !== 0) return;
  terminal.note(`${formatCount(steps).padStart(9)} steps  mean return ${formatScore(meanReturn)}`);
}

function evaluationText(evaluation: Evaluation, config: ExperimentConfig, profile: boolean): string {
  if (!evaluation.ok) {
    const { stage, code, message } = evaluation.reason;
    return `failed in ${stage}: ${message} [${code}]`;
  }
  const { counts, steps, episodes, curve, scores, run } = evaluation;
  const returns = curve.flatMap(({ meanReturn }) => meanReturn ?? []);
  const lines = [
    `${formatCount(counts.parameters)} parameters, ${counts.layers} layers, ${counts.qubits} qubits`,
    `${formatCount(steps)} steps in ${formatDuration(run.seconds)} (${formatCount(Math.round(steps / run.seconds))} steps/s), ${formatCount(episodes)} episodes`,
    `curve ${sparkline(returns, 60)} ${formatScore(returns.at(-1))}`,
    ...scores.map(
      ({ policy, mean, deviation, returns: all }) =>
        `${policy.padEnd(10)} ${formatScore(mean)} ± ${formatScore(deviation)} over ${all.length} held-out episodes`,
    ),
    `seed ${config.seed}, trainer ${config.trainer.use}, one thread of ${availableParallelism()}`,
  ];
  if (profile) lines.push('', profileText(run.phases, run.seconds));
  return lines.join('\n');
}

function profileText(phases: Readonly<Record<string, number>>, total: number): string {
  return table(
    [
      { title: 'phase', align: 'left' },
      { title: 'seconds', align: 'right' },
      { title: 'share', align: 'right' },
    ],
    Object.entries(phases)
      .sort(([, a], [, b]) => b - a)
      .map(([name, seconds]) => [name, seconds.toFixed(3), `${((100 * seconds) / total).toFixed(1)} %`]),
  );
}
