import { HqnasError, didYouMean } from '../../errors.js';
import type { Registry } from '../../registry.js';
import type { Metric } from '../../training/metric.js';
import { towards } from '../../training/objective.js';
import { mean, median, quantile } from '../../statistics.js';
import type { RunRecord, TrainedNetwork } from './run-record.js';

/** One number about a run. */
export interface RunMeasure {
  /** As it is asked for: `median-hybrid`, `below:50`, `quantum/two-qubit-gates`. */
  readonly name: string;
  readonly summary: string;
  /** `objective`: the direction of what the search improves. */
  readonly direction: Metric['direction'] | 'objective';
  /** Undefined for a run that it means nothing to. */
  of(run: RunRecord): number | undefined;
}

interface Form {
  readonly summary: string;
  readonly direction: RunMeasure['direction'];
  /** What stands behind the colon, if anything does. */
  readonly argument?: 'number' | 'metric';
  of(trained: readonly TrainedNetwork[], run: RunRecord, argument: string): number | undefined;
}

/** Measures of trained networks; each is also there for classical and for hybrid networks alone. */
const ofNetworks = new Map<string, Form>(
  Object.entries({
    best: {
      summary: 'best score observed; the highest of many, so too high',
      direction: 'objective',
      of: (trained, { objective }) =>
        some(trained, () => towards(objective, Math.max(...trained.map(({ score }) => towards(objective, score))))),
    },
    median: {
      summary: 'median score of the trained networks',
      direction: 'objective',
      of: (trained) => some(trained, () => median(trained.map(({ score }) => score))),
    },
    mean: {
      summary: 'mean score of the trained networks',
      direction: 'objective',
      of: (trained) => some(trained, () => mean(trained.map(({ score }) => score))),
    },
    spread: {
      summary: 'interquartile range of the scores of the trained networks',
      direction: 'minimise',
      of: (trained) =>
        some(trained, () => {
          const scores = trained.map(({ score }) => score);
          return quantile(scores, 0.75) - quantile(scores, 0.25);
        }),
    },
    share: {
      summary: 'share among the trained networks',
      direction: 'maximise',
      of: (trained, run) => some(run.trained, () => trained.length / run.trained.length),
    },
    below: {
      summary: 'share of trained networks with a score below',
      direction: 'minimise',
      argument: 'number',
      of: (trained, _run, bound) => some(trained, () => shareOf(trained, ({ score }) => score < Number(bound))),
    },
    with: {
      summary: 'share of trained networks with more than 0 of',
      direction: 'minimise',
      argument: 'metric',
      of: (trained, _run, id) => some(trained, () => shareOf(trained, ({ metrics }) => (metrics[id] ?? 0) > 0)),
    },
  } satisfies Readonly<Record<string, Form>>),
);

const ofRuns = new Map<string, Form>(
  Object.entries({
    score: {
      summary: 'score of the network, where there is but one',
      direction: 'objective',
      of: (_trained, { trained }) => (trained.length === 1 ? trained[0]!.score : undefined),
    },
    winner: {
      summary: 'mean over the new trainings of the first of the finalists',
      direction: 'objective',
      of: (_trained, { finalists }) => finalists[0]?.score,
    },
    finalists: {
      summary: 'mean over the new trainings of all finalists',
      direction: 'objective',
      of(_trained, { finalists }) {
        const scores = finalists.flatMap(({ score }) => score ?? []);
        return some(scores, () => mean(scores));
      },
    },
    failed: {
      summary: 'share of candidates that failed',
      direction: 'minimise',
      of: (_trained, { failed, candidates }) => (candidates === 0 ? undefined : failed / candidates),
    },
    refused: {
      summary: 'networks thrown away by limits and constraints, per candidate',
      direction: 'minimise',
      of: (_trained, { refused, candidates }) => (candidates === 0 ? undefined : refused / candidates),
    },
  } satisfies Readonly<Record<string, Form>>),
);

/**
 * The measure of a name: `best`, `median`, `mean`, `spread`, `share`, `below:50`, `with:quantum/dead-parameters`, all of
 * them also with `-hybrid` or `-classical` (`below-hybrid:50`); `score`, `winner`, `finalists`, `failed`, `refused`; or the id of a
 * metric, whose value for the best network it is.
 * @throws HqnasError `unknown-run-measure`; `unknown-id` for a metric behind a colon
 */
export function measureNamed(given: string, metrics: Registry<Metric>): RunMeasure {
  const [, stem = '', kind, argument] = /^([a-z]+)(?:-(classical|hybrid))?(?::(.+))?$/.exec(given) ?? [];
  const form = ofNetworks.get(stem) ?? (kind === undefined ? ofRuns.get(stem) : undefined);
  if (form === undefined && given.includes('/')) return ofBest(metrics.get(given, '--metric'));
  const fits =
    form !== undefined &&
    (form.argument === undefined) === (argument === undefined) &&
    (form.argument !== 'number' || Number.isFinite(Number(argument)));
  if (!fits) throw unknown(given);
  if (form.argument === 'metric') metrics.get(argument!, '--metric');
  const which = kind === undefined ? '' : ` (${kind} ones)`;
  return {
    name: given,
    summary: `${form.summary}${argument === undefined ? '' : ` ${argument}`}${which}`,
    direction: form.direction,
    of: (run) =>
      form.of(kind === undefined ? run.trained : run.trained.filter((one) => one.kind === kind), run, argument ?? ''),
  };
}

/** A metric of the network with the best score. */
function ofBest({ id, summary, direction }: Metric): RunMeasure {
  return {
    name: id,
    summary: `${summary}; of the best network`,
    direction,
    of: ({ trained, objective }) =>
      trained.reduce<TrainedNetwork | undefined>(
        (best, one) =>
          best === undefined || towards(objective, one.score) > towards(objective, best.score) ? one : best,
        undefined,
      )?.metrics[id],
  };
}

function some(values: readonly unknown[], of: () => number): number | undefined {
  return values.length === 0 ? undefined : of();
}

function shareOf(trained: readonly TrainedNetwork[], matches: (network: TrainedNetwork) => boolean): number {
  return trained.filter(matches).length / trained.length;
}

function unknown(given: string): HqnasError {
  const plain = (form: Form | undefined): string =>
    form?.argument === undefined ? '' : form.argument === 'number' ? ':50' : ':METRIC';
  const names = [
    ...[...ofNetworks].flatMap(([name, form]) =>
      ['', '-hybrid', '-classical'].map((kind) => `${name}${kind}${plain(form)}`),
    ),
    ...ofRuns.keys(),
  ];
  return new HqnasError({
    code: 'unknown-run-measure',
    what: `there is no measure "${given}" to compare runs by`,
    where: '--metric',
    remedy: `${didYouMean(given, names)} Ids of metrics are measures as well.`,
  });
}
