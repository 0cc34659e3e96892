import { hypervolume } from '../search/hypervolume.js';
import { NetworkRecords, networkKey, type RankRule } from '../search/network-records.js';
import { paretoFront } from '../search/pareto.js';
import { objectiveValues, towards, type Objective } from '../training/objective.js';
import { trainingsOf } from '../training/repeats.js';
import type { LeaderboardRow, NetworkKind, ParetoSummary, Success } from './experiment-state.js';

interface Network {
  readonly identity: string;
  readonly inherited: boolean;
  readonly dna: string;
  readonly kind: NetworkKind;
  readonly parameters: number;
  readonly qubits: number;
  fidelity: number;
  episodeDeviation: number;
  candidate: number;
  proposals: number;
}

/**
 * Gathers what was proposed by network; keeps a few numbers of each. Trainings that began with inherited weights had more
 * behind them than those from scratch: they are a row of their own.
 */
export class Leaderboard {
  readonly #objectives: readonly Objective[];
  readonly #rule: RankRule;
  readonly #records = new NetworkRecords();
  readonly #networks = new Map<string, Network>();

  constructor(objectives: readonly Objective[], rule: RankRule) {
    this.#objectives = objectives;
    this.#rule = rule;
  }

  has(identity: string): boolean {
    return [false, true].some((inherited) => this.#networks.has(rowKey(identity, inherited)));
  }

  /** @param at which candidate, and with which share of the budget */
  add(
    identity: string,
    dna: string,
    outcome: Success,
    at: { readonly index: number; readonly fidelity: number },
  ): void {
    const { counts } = outcome;
    const deviation = decidingScore(outcome, this.#objectives[0]!)?.deviation ?? 0;
    const inherited = outcome.inherited !== undefined;
    const place = rowKey(identity, inherited);
    const network = this.#networks.get(place) ?? {
      identity,
      inherited,
      dna,
      kind: kindOf(outcome),
      parameters: counts.parameters,
      qubits: counts.qubits,
      fidelity: at.fidelity,
      episodeDeviation: deviation,
      candidate: at.index,
      proposals: 0,
    };
    network.proposals++;
    if (at.fidelity > network.fidelity) {
      network.fidelity = at.fidelity;
      network.episodeDeviation = deviation;
      network.candidate = at.index;
    }
    this.#networks.set(place, network);
    const key = networkKey(place, at.fidelity);
    if (outcome.reusedFrom !== undefined && this.#records.has(key)) return;
    for (const training of trainingsOf(outcome)) this.#records.add(key, objectiveValues(this.#objectives, training));
  }

  /** The largest share of the budget first, then what the experiment ranks by, then fewer parameters. */
  rows(): LeaderboardRow[] {
    const rows = [...this.#networks].map(([place, { fidelity, ...network }]) => {
      const key = networkKey(place, fidelity);
      const { evaluations, means, deviation } = this.#records.summary(key);
      const height = this.#records.rank(key, this.#rule);
      return { ...network, fidelity, evaluations, means, trainingDeviation: deviation, height };
    });
    rows.sort(
      (a, b) =>
        b.fidelity - a.fidelity || b.height - a.height || a.parameters - b.parameters || a.candidate - b.candidate,
    );
    return rows.map(({ means, height, ...row }, i) => {
      const objectives = this.#objectives.map((objective, j) => towards(objective, means[j]!));
      const rankedBy = towards(this.#objectives[0]!, height);
      return { rank: i + 1, ...row, score: objectives[0]!, rankedBy, objectives };
    });
  }
}

function rowKey(identity: string, inherited: boolean): string {
  return inherited ? `${identity} inherited` : identity;
}

/** The best rows, each of another network. */
export function differentNetworks(rows: readonly LeaderboardRow[], count: number): readonly LeaderboardRow[] {
  const best = new Map<string, LeaderboardRow>();
  for (const row of rows) if (!best.has(row.identity)) best.set(row.identity, row);
  return [...best.values()].slice(0, count);
}

/** The front of the networks that had the largest share of the budget; undefined for one objective or no network. */
export function paretoOf(rows: readonly LeaderboardRow[], objectives: readonly Objective[]): ParetoSummary | undefined {
  const compared = rows.filter(({ fidelity }) => fidelity === rows[0]!.fidelity);
  if (objectives.length < 2 || compared.length === 0) return undefined;
  const points = compared.map((row) => objectives.map((objective, i) => towards(objective, row.objectives[i]!)));
  const ranges = objectives.map((_, i) => {
    const low = points.reduce((least, point) => Math.min(least, point[i]!), Infinity);
    const high = points.reduce((most, point) => Math.max(most, point[i]!), -Infinity);
    return { low, span: high - low };
  });
  const front = paretoFront(points);
  const scaled = front.map((index) =>
    // Where all are equal, all are best.
    points[index]!.map((value, i) => (ranges[i]!.span === 0 ? 1 : (value - ranges[i]!.low) / ranges[i]!.span)),
  );
  const reference = objectives.map(() => 0);
  return { front: front.map((index) => compared[index]!), hypervolume: hypervolume(scaled, reference) };
}

export function kindOf({ counts }: Success): NetworkKind {
  return counts.quantumLayers > 0 ? 'hybrid' : 'classical';
}

/** The score that decided, among those that were made: the one that the objective is named after. */
function decidingScore({ scores }: Success, { id }: Objective): Success['scores'][number] | undefined {
  const named = id.startsWith('score/conditioned-')
    ? scores.find(({ under }) => under !== undefined)
    : scores.find(({ policy, under }) => under === undefined && id.startsWith(`score/${policy}-`));
  return named ?? scores[0];
}
