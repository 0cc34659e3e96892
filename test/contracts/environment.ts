import { environmentProbes, runProbe, type CheckOptions } from '../../core/environment/check-environment.js';
import type { EnvironmentKind } from '../../core/environment/environment.js';
import type { Check } from './contract.js';

/** What every environment promises. Warnings and remarks of the probes do not fail a check. */
export function environmentContract(kind: EnvironmentKind, options: CheckOptions = {}): readonly Check[] {
  return environmentProbes.map((probe) => ({
    name: `${kind.id}: ${probe.statement}`,
    run() {
      const errors = runProbe(probe, kind, options).filter(({ severity }) => severity === 'error');
      if (errors.length === 0) return;
      throw new Error(
        errors.map(({ id, message, evidence }) => `${id}: ${message} ${JSON.stringify(evidence ?? '')}`).join('\n'),
      );
    },
  }));
}
