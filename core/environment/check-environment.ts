import { messageOf } from '../errors.js';
import { baseline } from './check/baseline.js';
import { episodes } from './check/episodes.js';
import { fuzz } from './check/fuzz.js';
import type { Finding, Probe, Subject } from './check/probe.js';
import { resets } from './check/resets.js';
import { steps } from './check/steps.js';
import { structure } from './check/structure.js';
import { vectors } from './check/vectors.js';
import type { EnvironmentKind } from './environment.js';
import type { MakeOptions } from './make-environment.js';

export type { Finding, Probe, Subject } from './check/probe.js';

/** Every property that an environment is held to. */
export const environmentProbes: readonly Probe[] = [
  ...structure,
  ...resets,
  ...steps,
  ...episodes,
  ...vectors,
  ...fuzz,
  ...baseline,
];

/** How an environment is examined. */
export interface CheckOptions extends MakeOptions {
  /** Seed of the trajectories that are compared; default 123. */
  readonly seed?: number;
  /** Their length; default 200. */
  readonly steps?: number;
}

/** Examines an environment and lists what is wrong with it; an environment without errors is safe to train on. */
export function checkEnvironment(kind: EnvironmentKind, options: CheckOptions = {}): readonly Finding[] {
  return environmentProbes.flatMap((probe) => runProbe(probe, kind, options));
}

/** What a check says of one environment, as JSON. */
export interface EnvironmentReport {
  readonly environment: string;
  /** No probe found an error. */
  readonly sound: boolean;
  /** Every probe, also those that found nothing. */
  readonly probes: readonly {
    readonly id: string;
    readonly statement: string;
    readonly findings: readonly Finding[];
  }[];
}

/** The same as a report for machines. */
export function reportEnvironment(kind: EnvironmentKind, options: CheckOptions = {}): EnvironmentReport {
  const probes = environmentProbes.map((probe) => ({
    id: probe.id,
    statement: probe.statement,
    findings: runProbe(probe, kind, options),
  }));
  const sound = probes.every(({ findings }) => findings.every(({ severity }) => severity !== 'error'));
  return { environment: kind.id, sound, probes };
}

/** Runs one probe; an exception inside it is a finding. */
export function runProbe(probe: Probe, kind: EnvironmentKind, options: CheckOptions = {}): readonly Finding[] {
  const { seed = 123, steps: length = 200, ...settings } = options;
  const subject: Subject = { kind, settings, seed, steps: length };
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], message: string, evidence?: Finding['evidence']): void => {
    findings.push({ id: probe.id, severity, message, ...(evidence === undefined ? {} : { evidence }) });
  };
  try {
    probe.run(subject, add);
  } catch (error) {
    add('error', `"${probe.statement}" could not be checked: ${messageOf(error)}`);
  }
  return findings;
}
