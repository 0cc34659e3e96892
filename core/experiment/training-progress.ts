import type { CurvePoint } from '../training/trainer.js';
import type { Clock } from './clock.js';
import type { ExperimentEvents } from './events.js';

/** A point of the learning curve of a candidate that has no entry yet. */
export interface ProgressPoint extends CurvePoint {
  readonly candidate: number;
  /** Which of several trainings of the candidate. */
  readonly repeat: number;
}

/** What a reader has not seen yet. */
export interface ProgressNews {
  readonly points: readonly ProgressPoint[];
  /** For the next look: leaves these out. */
  readonly last: number;
}

/**
 * Curves of candidates that are being trained, for whoever watches. No part of history: a candidate's entry holds its whole
 * curve, and takes the place of its points. A crash may lose the last of them.
 */
export interface ProgressLog {
  /** Points of candidates that have an entry already are left out. @throws HqnasError `unknown-experiment`, `ledger-*` */
  saveProgress(id: string, points: readonly ProgressPoint[]): Promise<void>;
  /** Points in the order of saving. @param after `last` of the look before */
  progress(id: string, after?: number): Promise<ProgressNews>;
}

/** Seconds between two savings. */
const pause = 1;

/**
 * Saves the curves of an experiment as it tells of them, once a second at most, in one batch.
 * @param id of the experiment
 * @returns a function that stops
 */
export function recordProgress(events: ExperimentEvents, log: ProgressLog, id: string, clock: Clock): () => void {
  let waiting: ProgressPoint[] = [];
  let savedAt = clock.seconds();
  const forget = ({ index }: { readonly index: number }): void => {
    waiting = waiting.filter(({ candidate }) => candidate !== index);
  };
  const stops = [
    events.on('candidate-progress', ({ index, repeat, point }) => {
      waiting.push({ ...point, candidate: index, repeat });
      const now = clock.seconds();
      if (now - savedAt < pause) return undefined;
      savedAt = now;
      const batch = waiting;
      waiting = [];
      return log.saveProgress(id, batch);
    }),
    events.on('candidate-finished', forget),
    events.on('candidate-failed', forget),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
