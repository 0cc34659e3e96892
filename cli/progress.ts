import cliProgress from 'cli-progress';
import type { ExperimentEvents, ExperimentStarted } from '../core/experiment/events.js';
import { objectivesOf } from '../core/experiment/objectives.js';
import { towards, type Objective } from '../core/training/objective.js';
import { isPruned } from '../core/training/failure.js';
import { formatDuration, formatScore, sparkline } from '../core/experiment/report/format.js';
import { bestText, type Terminal } from './terminal.js';

/** Shows how an experiment is getting on, on stderr: one living line on a terminal, plain lines elsewhere. */
export function showProgress(events: ExperimentEvents, terminal: Terminal, seconds: () => number): () => void {
  const state = createProgressState(seconds);
  const view = terminal.interactive ? liveView(terminal, state) : plainView(terminal, state, seconds);
  const stops = [
    events.on('started', ({ header, candidates, done, best }) => {
      state.start(objectivesOf(header)[0]!, candidates, done, best);
      view.start();
    }),
    events.on('candidate-progress', ({ index, point }) => {
      if (point.meanReturn === undefined) return;
      state.point(index, point.meanReturn);
      view.tick();
    }),
    events.on('candidate-finished', ({ index, outcome, dna }) => {
      const notable = state.finish(index, outcome.score, dna);
      view.done(notable, `candidate ${index}: ${formatScore(state.shown(outcome.score))}  ${dna ?? ''}`);
    }),
    events.on('candidate-failed', ({ index, reason }) => {
      state.fail(index);
      const early = isPruned(reason);
      view.done(!early, `candidate ${index} ${early ? '' : 'failed: '}${reason.message} [${reason.code}]`);
    }),
    events.on('finalists-started', ({ candidates, repeats }) => {
      view.stop();
      terminal.note(`Training the best ${candidates.length} networks again, ${repeats} times each, on new seeds`);
    }),
    events.on('finalist-finished', ({ candidate, repeat, outcome }) => {
      if (terminal.interactive) return;
      const result = outcome.ok ? formatScore(state.shown(outcome.score)) : `failed: ${outcome.reason.message}`;
      terminal.note(`candidate ${candidate}, final training ${repeat + 1}: ${result}`);
    }),
    events.on('listener-failed', ({ message }) => terminal.note(`a listener failed: ${message}`)),
  ];
  return () => {
    for (const stop of stops) stop();
    view.stop();
  };
}

interface ProgressState {
  readonly total: number;
  readonly done: number;
  readonly best: ExperimentStarted['best'];
  readonly curve: readonly number[];
  start(objective: Objective, total: number, done: number, best: ExperimentStarted['best']): void;
  /** A score with the sign of its metric. */
  shown(score: number): number;
  point(index: number, meanReturn: number): void;
  /** @returns whether it is the best so far */
  finish(index: number, score: number, dna: string | undefined): boolean;
  fail(index: number): void;
  /** "1.2/s, 34 s left" */
  pace(): string;
}

function createProgressState(seconds: () => number): ProgressState {
  let objective: Objective = { id: 'score', direction: 'maximise' };
  let total = 0;
  let done = 0;
  let atStart = 0;
  let began = seconds();
  let best: ExperimentStarted['best'];
  let shown = -1;
  const curves = new Map<number, number[]>();
  return {
    get total() {
      return total;
    },
    get done() {
      return done;
    },
    get best() {
      return best;
    },
    get curve() {
      return curves.get(shown) ?? [];
    },
    shown: (score) => towards(objective, score),
    start(searched, newTotal, alreadyDone, knownBest) {
      objective = searched;
      best = knownBest;
      total = newTotal;
      done = atStart = alreadyDone;
      began = seconds();
    },
    point(index, meanReturn) {
      const curve = curves.get(index) ?? [];
      curve.push(meanReturn);
      curves.set(index, curve);
      shown = index;
    },
    finish(index, score, dna) {
      done++;
      curves.delete(index);
      if (best !== undefined && score <= best.score) return false;
      best = { score, dna };
      return true;
    },
    fail(index) {
      done++;
      curves.delete(index);
    },
    pace() {
      const elapsed = seconds() - began;
      const finished = done - atStart;
      if (finished === 0 || elapsed <= 0) return 'measuring';
      const rate = finished / elapsed;
      const speed = rate >= 1 ? `${rate.toFixed(1)}/s` : `${(rate * 60).toFixed(1)}/min`;
      return `${speed}, ${formatDuration((total - done) / rate)} left`;
    },
  };
}

interface View {
  start(): void;
  tick(): void;
  /** @param notable worth a line of its own where lines are plain */
  done(notable: boolean, line: string): void;
  stop(): void;
}

function bestOf({ best, shown }: ProgressState, width: number): string {
  return bestText(best && shown(best.score), best?.dna, width);
}

function liveView(terminal: Terminal, state: ProgressState): View {
  const bar = new cliProgress.SingleBar(
    {
      stream: terminal.errors,
      format: '{bar} {value}/{total}  {pace}  {curve}  {best}',
      barsize: 16,
      hideCursor: true,
      clearOnComplete: true,
      fps: 8,
    },
    cliProgress.Presets.rect,
  );
  const payload = (): object => {
    const pace = state.pace();
    const left = terminal.width - 16 - 12 - pace.length - 24;
    return {
      pace,
      curve: sparkline(state.curve).padStart(16),
      best: bestOf(state, left),
    };
  };
  return {
    start: () => bar.start(state.total, state.done, payload()),
    tick: () => bar.update(state.done, payload()),
    done: () => bar.update(state.done, payload()),
    stop: () => bar.stop(),
  };
}

/** A line per twentieth of the work, at least every 20 seconds, and for every best so far. */
function plainView(terminal: Terminal, state: ProgressState, seconds: () => number): View {
  let said = 0;
  let saidAt = seconds();
  return {
    start: () => {
      const before = state.done === 0 ? '' : `, ${state.done} done before`;
      terminal.note(`${state.total} candidates${before}`);
    },
    tick: () => undefined,
    done(notable, line) {
      if (notable) terminal.note(line);
      const step = Math.max(1, Math.floor(state.total / 20));
      const silent = state.done - said < step && seconds() - saidAt < 20;
      if (silent && state.done < state.total) return;
      said = state.done;
      saidAt = seconds();
      terminal.note(`${state.done}/${state.total}  ${state.pace()}  ${bestOf(state, 200)}`);
    },
    stop: () => undefined,
  };
}
