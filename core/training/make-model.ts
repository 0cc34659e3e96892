import type { ModuleCache } from '../../compiler/module-cache.js';
import type { ProgramMemory } from '../../compiler/program-memory.js';
import type { EnvironmentKind } from '../environment/environment.js';
import { makeVectorEnvironment } from '../environment/make-environment.js';
import { rowsOf } from '../environment/space.js';
import { express } from '../genome/express.js';
import type { Genome } from '../genome/genome.js';
import type { JsonObject } from '../json.js';
import type { LayerKind } from '../layer/layer-kind.js';
import { buildModel, policyRowsOf } from '../model/build-model.js';
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
}

/**
 * Builds and compiles the networks that a trainer asks for; weights are not drawn yet.
 * @param expressedNow called between expression and compilation
 * @throws CandidateFailure `inexpressible`
 */
export function makeModel(parts: ModelParts, genome: Genome, expressedNow: () => void = () => undefined): Model {
  const { trainer, options } = parts.trainer;
  const probe = makeVectorEnvironment(parts.environment.kind, 1, { options: parts.environment.options });
  const { observationSpace, actionSpace } = probe;
  probe.close?.();
  const { network, hiddenGain, policyGain, valueGain, heads, logDeviation = 0 } = trainer.request(options, actionSpace);
  const task = { observationRows: rowsOf(observationSpace), policyRows: policyRowsOf(actionSpace) };
  const expressed = express(genome, {
    kinds: parts.kinds,
    task,
    gains: { hidden: hiddenGain, policy: policyGain, value: valueGain },
  });
  if (!expressed.ok) throw new CandidateFailure({ stage: 'express', code: 'inexpressible', message: expressed.reason });
  expressedNow();
  return buildModel(expressed.network, {
    network,
    heads,
    observationSpace,
    actionSpace,
    logDeviation,
    relaxed: parts.relaxed ?? false,
    ...(parts.memory === undefined ? {} : { memory: parts.memory }),
    ...(parts.modules === undefined ? {} : { modules: parts.modules }),
  });
}
