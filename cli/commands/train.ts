import { availableParallelism } from 'node:os';
import type { ExperimentConfig } from '../../core/experiment/config/config.js';
import {
  formatCount,
  formatDuration,
  formatScore,
  policyName,
  sparkline,
} from '../../core/experiment/report/format.js';
import { asObject, parseConfigValues } from '../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../core/experiment/config/resolve-config.js';
import { table } from '../../core/experiment/report/text-table.js';
import { HqnasError } from '../../core/errors.js';
import { environmentOf } from '../../core/experiment/config/resolve-environment.js';
import { parseDna, printDna } from '../../core/genome/dna.js';
import { allowFastKernels } from '../../core/node/fast-kernels.js';
import { systemClock } from '../../core/node/system-clock.js';
import type { Registries } from '../../core/plugin/registries.js';
import type { Evaluation } from '../../core/training/evaluator.js';
import { encodeCheckpoint, weightsOf } from '../../core/training/checkpoint.js';
import type { LocalEvaluatorParts } from '../../core/training/local-evaluator.js';
import type { JsonObject } from '../../core/json.js';
import type { CurvePoint } from '../../core/training/trainer.js';
import { createConfiguredEvaluator } from '../../core/wiring/configured-evaluator.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { CONFIG, REGISTRIES } from '../../core/wiring/tokens.js';
import { defineCommand, wholeNumber } from '../command.js';
import { loadConfigFile, loadDraft, type LoadedConfig } from '../open-experiment.js';
import { modelFolder, pluginsFrom, readPaused } from '../read-model.js';
import { checkPictures, recordAgent } from '../record-agent.js';
import type { Terminal } from '../terminal.js';
import { writeFile } from '../write-text-file.js';

export const train = defineCommand({
  options: (yargs) =>
    yargs
      .positional('config', { type: 'string', describe: 'YAML or JSON file; default: the preset "corrected"' })
      .option('dna', { type: 'string', requiresArg: true, describe: 'the network: "C 37 T C 1"' })
      .option('resume', { type: 'string', requiresArg: true, describe: 'go on with the training of this saved model' })
      .option('save', {
        type: 'string',
        requiresArg: true,
        describe: 'write the trained model to this safetensors file',
      })
      .option('record', { type: 'string', requiresArg: true, describe: 'write an episode of it to this GIF file' })
      .option('trainer', { type: 'string', requiresArg: true, describe: 'preset of the trainer, such as zoo' })
      .option('steps', { type: 'number', describe: 'environment steps' })
      .option('seed', { type: 'number', describe: 'instead of the seed in the config' })
      .option('profile', { type: 'boolean', default: false, describe: 'tell where the time went' })
      .option('json', { type: 'boolean', default: false, describe: 'print the result as one line of JSON' }),
  async run({ config: file, dna, resume, save, record, trainer, steps, seed, profile, json }, { terminal, folder }) {
    const before = resume === undefined ? undefined : readPaused(resume, folder);
    checkChoice({ file, dna, resume, trainer, seed });
    const loaded =
      file === undefined
        ? await loadDraft(
            parseConfigValues(before?.config ?? { preset: 'corrected' }, resume ?? 'train'),
            resume === undefined ? folder : modelFolder(resume, folder),
          )
        : await loadConfigFile(file, folder);
    const changes = { trainer, steps: wholeNumber('steps', steps, 1), seed: wholeNumber('seed', seed) };
    const container = createContainer(loaded.plugins, {
      resolveConfig: (registries) => changedConfig(loaded, registries, changes),
    });
    const registries = container.get(REGISTRIES);
    const config = container.get(CONFIG);
    const genome = before?.genome ?? parseDna(dna!, registries.layers); // one of both, checked above
    const notation = printDna(genome, registries.layers);
    if (record !== undefined) checkPictures(environmentOf(config, registries));
    const files: (readonly [file: string, bytes: Uint8Array])[] = [];
    const onTrained: LocalEvaluatorParts['onTrained'] = (model, trained, family) => {
      const statistics = family.statistics() ?? null;
      if (save !== undefined) {
        const { steps: taken, state } = trained;
        const plugins = pluginsFrom(config.plugins, loaded.folder, modelFolder(save, folder));
        const bytes = encodeCheckpoint({
          ...{
            genome,
            dna: notation,
            config: { ...config, plugins } as unknown as JsonObject,
            steps: taken,
            statistics,
          }, // a config is JSON
          ...{ weights: weightsOf(model), ...(state === undefined ? {} : { state }) },
        });
        files.push([save, bytes]);
      }
      if (record === undefined) return;
      const { gif } = recordAgent(model, environmentOf(config, registries), statistics, 2 ** 32);
      files.push([record, gif]);
    };
    allowFastKernels(config);
    const evaluator = createConfiguredEvaluator(config, registries, systemClock, {
      onTrained,
      keepState: save !== undefined,
      ...(before?.state === undefined ? {} : { resume: before.state }),
    });
    const points: CurvePoint[] = [];
    const onProgress = (point: CurvePoint): void => {
      points.push(point);
      if (!json) announce(point, points.length, terminal);
    };
    const evaluation = await evaluator.evaluate({ index: 0, genome, attempt: 0 }, { onProgress });
    await evaluator.close();
    for (const [place, bytes] of files) terminal.note(writeFile(place, bytes, folder));
    if (json) terminal.result(JSON.stringify({ dna: notation, seed: config.seed, ...evaluation }));
    else terminal.result(evaluationText(evaluation, config, profile));
    return evaluation.ok ? 0 : 1;
  },
});

/** @throws HqnasError `invalid-argument` */
function checkChoice({
  file,
  dna,
  resume,
  trainer,
  seed,
}: Readonly<Record<string, string | number | undefined>>): void {
  if (resume === undefined && dna !== undefined) return;
  const beside = { config: file, '--dna': dna, '--trainer': trainer, '--seed': seed };
  const wrong = Object.entries(beside).find(([, value]) => value !== undefined);
  if (resume !== undefined && wrong === undefined) return;
  throw new HqnasError({
    code: 'invalid-argument',
    what: resume === undefined ? 'no network is named' : `${wrong![0]} stands beside --resume`,
    expected:
      resume === undefined ? '--dna "C 37 T C 1", or --resume FILE' : 'the settings of the saved training, and --steps',
  });
}

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
      ({ mean, deviation, returns: all, ...made }) =>
        `${policyName(made).padEnd(10)} ${formatScore(mean)} ± ${formatScore(deviation)} over ${all.length} held-out episodes`,
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
