import { createProgramMemory } from '../../compiler/program-memory.js';
import { environmentFamily } from '../environment/environment-family.js';
import { makeVectorEnvironment } from '../environment/make-environment.js';
import { rowsOf } from '../environment/space.js';
import { isHqnasError, messageOf } from '../errors.js';
import type { Genome } from '../genome/genome.js';
import type { NetworkMeasures } from '../genome/network-measures.js';
import { canonicalJson } from '../json.js';
import { buildModel, lowerNetwork, policyRowsOf } from '../model/build-model.js';
import type { Model } from '../model/model.js';
import type { Rng } from '../random.js';
import type { Registry } from '../registry.js';
import { CandidateFailure, isCandidateFailure } from './failure.js';
import { expressFor, type ModelParts } from './make-model.js';
import { configureMeasure, type ConfiguredMeasure, type Measure, type Untrained } from './measure.js';
import type { Metric } from './metric.js';
import { sampleStates, type StateSample } from './state-sample.js';

/** Everything that turns a genome into numbers without training it. */
export interface MeasuringParts extends Omit<ModelParts, 'memory' | 'relaxed'> {
  readonly measures: Registry<Measure>;
  readonly metrics: Registry<Metric>;
  /** What the config asks for; other measures are taken with the defaults of their options. */
  readonly asked: readonly ConfiguredMeasure[];
  /** Stream of the experiment; only `rng.fork('measure')` is used. */
  readonly rng: Rng;
}

export interface Measuring extends NetworkMeasures {
  /** What the config asks for, by id; what does not apply is left out. */
  asked(genome: Genome): Readonly<Record<string, number>>;
}

/** Observations that measures share. */
const sampleSize = 64;
/** Numbers that are remembered. */
const capacity = 50_000;

/** Measures untrained networks in the calling thread. Programs live in memory of their own and never use relaxed SIMD. */
export function createMeasuring(parts: MeasuringParts): Measuring {
  const { measures, metrics } = parts;
  const asked = new Map(parts.asked.map((configured) => [configured.measure.id as string, configured]));
  const known = new Map<string, number | undefined>();
  const untrainedOf = createUntrained(parts);

  const of = (id: string, genome: Genome): number | undefined => {
    const compute = computing(id);
    const key = `${id} ${canonicalJson(genome.layers)}`;
    if (known.has(key)) return known.get(key);
    const value = guarded(id, () => compute(genome));
    if (known.size >= capacity) known.clear();
    known.set(key, value);
    return value;
  };

  function computing(id: string): (genome: Genome) => number | undefined {
    if (isTrainingFree(metrics, id)) {
      const metric = metrics.get(id);
      return (genome) => metric.of({ ...untrainedOf(genome, id), scores: [], trained: untouched });
    }
    const { measure, options } = asked.get(id) ?? configureMeasure(measures.get(id));
    return (genome) => measure.of(untrainedOf(genome, id), options);
  }

  return {
    has: (id) => measures.has(id) || isTrainingFree(metrics, id),
    directionOf: (id) => (isTrainingFree(metrics, id) ? metrics.get(id) : measures.get(id)).direction,
    of,
    asked(genome) {
      const values: Record<string, number> = {};
      for (const id of asked.keys()) {
        const value = of(id, genome);
        if (value !== undefined) values[id] = value;
      }
      return values;
    },
  };
}

const untouched = { steps: 0, episodes: 0, curve: [] };

function isTrainingFree(metrics: Registry<Metric>, id: string): boolean {
  return metrics.has(id) && metrics.get(id).trainingFree === true;
}

/** Looks at one network after the other; what was built of the latest is kept for the next measure of it. */
function createUntrained(parts: MeasuringParts): (genome: Genome, id: string) => Untrained {
  const { environment } = parts;
  const { trainer, options } = parts.trainer;
  const rng = parts.rng.fork('measure');
  const memories = [createProgramMemory(), createProgramMemory()] as const;
  const make = (count: number) => makeVectorEnvironment(environment.kind, count, { options: environment.options });
  let states: StateSample | undefined;
  let latest: { readonly key: string; readonly network: Omit<Untrained, 'rng'> } | undefined;

  function build(genome: Genome): Omit<Untrained, 'rng'> {
    const { network, form } = expressFor(parts, genome);
    const { graph, counts } = lowerNetwork(network, form);
    const models: [Model | undefined, Model | undefined] = [undefined, undefined];
    const drawn = (inputGradients: boolean, stream: Rng): Model => {
      const place = inputGradients ? 1 : 0;
      const modules = parts.modules === undefined ? {} : { modules: parts.modules };
      const model = (models[place] ??= buildModel(network, {
        ...form,
        inputGradients,
        memory: memories[place],
        ...modules,
      }));
      model.program.initialize(stream);
      return model;
    };
    return {
      genome,
      kinds: parts.kinds,
      task: { observationRows: rowsOf(form.observationSpace), policyRows: policyRowsOf(form.actionSpace) },
      graph,
      counts,
      states: () => (states ??= sampleStates(make, sampleSize, rng.fork('states'))),
      draw: (stream) => drawn(false, stream),
      drawWithInputGradients: (stream) => drawn(true, stream),
      environments: () => environmentFamily(make),
      trainBriefly(model, environments, stream) {
        trainer.train(options, model, environments.forTraining, { rng: stream, share: Number.MIN_VALUE });
      },
    };
  }

  return (genome, id) => {
    const key = canonicalJson(genome.layers);
    if (latest?.key !== key) latest = { key, network: build(genome) };
    return { ...latest.network, rng: rng.fork(id) };
  };
}

function guarded(id: string, compute: () => number | undefined): number | undefined {
  try {
    const value = compute();
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  } catch (error) {
    if (isCandidateFailure(error) || (isHqnasError(error) && error.code === 'unknown-id')) throw error;
    const message = `measure "${id}" threw: ${messageOf(error)}`;
    throw new CandidateFailure({ stage: 'measure', code: 'measure-threw', message }, error);
  }
}
