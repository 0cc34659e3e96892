import type { Registries } from '../plugin/registries.js';
import type { Objective } from '../training/objective.js';
import type { ExperimentConfig } from './config/config.js';
import type { ExperimentHeader } from './ledger.js';

/** What a config's search improves: metrics, and measures that it takes of every candidate. @throws HqnasError `unknown-id` */
export function objectivesIn({ evaluation }: ExperimentConfig, { metrics, measures }: Registries): Objective[] {
  return evaluation.objectives.map((given) => {
    const { id, direction } = (measures.has(given) ? measures : metrics).get(given, 'evaluation.objectives');
    return { id, direction };
  });
}

/** What an experiment's search improved, by its header; a header may name one objective alone, whose values are then to be large. */
export function objectivesOf({ objectives, config }: ExperimentHeader): readonly Objective[] {
  if (objectives !== undefined) return objectives;
  const evaluation = config['evaluation'];
  const recorded = typeof evaluation === 'object' && evaluation !== null && 'objective' in evaluation;
  const id = recorded ? evaluation['objective'] : undefined;
  return [{ id: typeof id === 'string' ? id : 'score', direction: 'maximise' }];
}

/** Names for columns: what comes after the slash, or the whole id where two would be the same. */
export function shortNames(objectives: readonly Objective[]): string[] {
  const short = ({ id }: Objective): string => id.slice(id.indexOf('/') + 1);
  return objectives.map((objective) => {
    const name = short(objective);
    return objectives.filter((other) => short(other) === name).length > 1 ? objective.id : name;
  });
}
