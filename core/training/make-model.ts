import type { OpReplacement } from '../../compiler/graph.js';
import type { ModuleCache } from '../../compiler/module-cache.js';
import type { ProgramMemory } from '../../compiler/program-memory.js';
import type { EnvironmentKind } from '../environment/environment.js';
import { makeVectorEnvironment } from '../environment/make-environment.js';
import { rowsOf } from '../environment/space.js';
import { express, type ExpressedNetwork } from '../genome/express.js';
import type { Genome } from '../genome/genome.js';
import type { JsonObject } from '../json.js';
import type { LayerKind } from '../layer/layer-kind.js';
import { buildModel, policyRowsOf, type ModelOptions } from '../model/build-model.js';
import type { Model } from '../model/model.js';
import type { Registry } from '../registry.js';
import { CandidateFailure } from './failure.js';
import type { Trainer } from './trainer.js';

/** What a genome becomes a model with. */
export interface ModelParts {
  readonly kinds: Registry<LayerKind>;
  readonly environment: { readonly kind: EnvironmentKind; readonly options: JsonObject };
  /** Options as `parseValues` gave them. */
  readonly trainer: { readonly trainer: Trainer; readonly options: JsonObject };
  readonly relaxed?: boolean;
  /** Compiled modules, where threads share them; without it the thread keeps its own. */
  readonly modules?: ModuleCache;
  readonly memory?: ProgramMemory;
  /** Other ops in place of those that layers append. */
  readonly replace?: OpReplacement | undefined;
}

/**
 * Builds and compiles the networks that a trainer asks for; weights are not drawn yet.
 * @param expressedNow called between expression and compilation
 * @throws CandidateFailure `inexpressible`
 */
export function makeModel(parts: ModelParts, genome: Genome, expressedNow: () => void = () => undefined): Model {
  const { network, form } = expressFor(parts, genome);
  expressedNow();
  return buildModel(network, {
    ...form,
    relaxed: parts.relaxed ?? false,
    ...(parts.memory === undefined ? {} : { memory: parts.memory }),
    ...(parts.modules === undefined ? {} : { modules: parts.modules }),
  });
}

/**
 * The networks that a trainer asks for, and the form in which it wants them.
 * @throws CandidateFailure `inexpressible`
 */
export function expressFor(
  parts: ModelParts,
  genome: Genome,
): { readonly network: ExpressedNetwork; readonly form: ModelOptions } {
  const { trainer, options } = parts.trainer;
  const probe = makeVectorEnvironment(parts.environment.kind, 1, { options: parts.environment.options });
  const { observationSpace, actionSpace } = probe;
  probe.close?.();
  const request = trainer.request(options, actionSpace);
  const { network, hiddenGain, policyGain, valueGain, heads, logDeviation = 0, dropout = 0 } = request;
  const task = { observationRows: rowsOf(observationSpace), policyRows: policyRowsOf(actionSpace) };
  const expressed = express(genome, {
    kinds: parts.kinds,
    task,
    gains: { hidden: hiddenGain, policy: policyGain, value: valueGain },
  });
  if (!expressed.ok) throw new CandidateFailure({ stage: 'express', code: 'inexpressible', message: expressed.reason });
  const form = { network, heads, observationSpace, actionSpace, logDeviation, dropout, replace: parts.replace };
  return { network: expressed.network, form };
}
