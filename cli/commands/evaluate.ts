import { formatCount, formatScore } from '../../core/experiment/report/format.js';
import { environmentOf } from '../../core/experiment/config/resolve-environment.js';
import { optionsOf } from '../../core/experiment/config/config.js';
import { parseConfigValues } from '../../core/experiment/config/parse-config.js';
import { parseValues } from '../../core/domain.js';
import { makeVectorEnvironment } from '../../core/environment/make-environment.js';
import { createRng } from '../../core/random.js';
import { loadWeights } from '../../core/training/checkpoint.js';
import { makeModel } from '../../core/training/make-model.js';
import { score } from '../../core/training/score.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { CONFIG, REGISTRIES } from '../../core/wiring/tokens.js';
import { defineCommand, wholeNumber } from '../command.js';
import { loadDraft, resolveLoaded } from '../open-experiment.js';
import { modelFolder, readModel } from '../read-model.js';
import { recordAgent } from '../record-agent.js';
import { writeFile } from '../write-text-file.js';

export const evaluate = defineCommand({
  options: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: 'safetensors file' })
      .option('episodes', { type: 'number', default: 100, describe: 'episodes to play' })
      .option('policy', {
        choices: ['greedy', 'stochastic'] as const,
        default: 'greedy' as const,
        describe: 'the likeliest action, or one drawn from the policy',
      })
      .option('seed', { type: 'number', default: 0, describe: 'of the episodes; equal seeds give equal episodes' })
      .option('record', { type: 'string', requiresArg: true, describe: 'write an episode to this GIF file' })
      .option('json', { type: 'boolean', default: false, describe: 'print the result as one line of JSON' }),
  async run({ model: file, episodes, policy, seed, record, json }, { terminal, folder }) {
    wholeNumber('episodes', episodes, 1);
    wholeNumber('seed', seed);
    const checkpoint = readModel(file, folder);
    const loaded = await loadDraft(parseConfigValues(checkpoint.config, file), modelFolder(file, folder));
    const container = createContainer(loaded.plugins, { resolveConfig: resolveLoaded(loaded) });
    const registries = container.get(REGISTRIES);
    const config = container.get(CONFIG);
    const trainer = registries.trainers.get(config.trainer.use, 'trainer.use');
    const environment = environmentOf(config, registries);
    const options = parseValues(trainer.options, optionsOf(config.trainer), 'trainer');
    const model = makeModel(
      { kinds: registries.layers, environment, trainer: { trainer, options } },
      checkpoint.genome,
    );
    loadWeights(model, checkpoint.weights);

    const { statistics } = checkpoint;
    const makeEnvironments = (count: number) => {
      const vector = makeVectorEnvironment(environment.kind, count, { options: environment.options });
      if (statistics !== null) vector.freezeStatistics?.(statistics);
      return vector;
    };
    const rng = createRng(seed).fork('evaluate');
    // Above the seeds of training and of searches.
    const draw = rng.fork('seeds');
    const seeds = Array.from({ length: episodes }, () => 2 ** 32 + draw.uint32());
    const result = score(model, makeEnvironments, { seeds, policy, rng });
    if (json) terminal.result(JSON.stringify({ dna: checkpoint.dna, steps: checkpoint.steps, ...result }));
    else {
      terminal.result(
        [
          `${checkpoint.dna}, trained for ${formatCount(checkpoint.steps)} steps on ${config.environment.use}`,
          `${policy} ${formatScore(result.mean)} ± ${formatScore(result.deviation)} over ${episodes} held-out episodes`,
        ].join('\n'),
      );
    }
    if (record !== undefined) {
      const recording = recordAgent(model, environment, statistics, seeds[0]!);
      const place = writeFile(record, recording.gif, folder);
      terminal.note(`${place}: ${formatCount(recording.steps)} steps, return ${formatScore(recording.return)}`);
    }
    return 0;
  },
});
