import { EventEmitter } from 'eventemitter3';
import { messageOf } from '../errors.js';
import type { Genome } from '../genome/genome.js';
import type { SearchEnd } from '../search/run-search.js';
import type { Origin } from '../search/strategy.js';
import type { FailureReason } from '../training/failure.js';
import type { CurvePoint } from '../training/trainer.js';
import type { ExperimentHeader, Outcome } from './ledger.js';

export interface ProposedCandidate {
  readonly index: number;
  readonly genome: Genome | undefined;
  readonly dna: string | undefined;
  readonly origin: Origin | undefined;
}

export interface ExperimentStarted {
  readonly header: ExperimentHeader;
  /** Candidates in total. */
  readonly candidates: number;
  /** Of these, candidates that the ledger holds already (a resume). */
  readonly done: number;
  /** Best of those. */
  readonly best: { readonly score: number; readonly dna: string | undefined } | undefined;
}

/** What an experiment tells whoever listens. Listeners observe; nothing they do changes the search. */
export interface ExperimentEventMap {
  started: [event: ExperimentStarted];
  'candidate-proposed': [candidate: ProposedCandidate];
  /** `repeat`: which of several trainings of the candidate. */
  'candidate-started': [event: { readonly index: number; readonly repeat: number }];
  'candidate-progress': [event: { readonly index: number; readonly repeat: number; readonly point: CurvePoint }];
  'candidate-finished': [event: ProposedCandidate & { readonly outcome: Extract<Outcome, { ok: true }> }];
  'candidate-failed': [event: ProposedCandidate & { readonly reason: FailureReason }];
  /** The search is over; its best networks, by the candidates that were first trained as these, are trained again. */
  'finalists-started': [event: { readonly candidates: readonly number[]; readonly repeats: number }];
  'finalist-finished': [event: { readonly candidate: number; readonly repeat: number; readonly outcome: Outcome }];
  finished: [event: { readonly id: string; readonly reason: SearchEnd['reason'] }];
  /** A listener threw; told once per listener. */
  'listener-failed': [event: { readonly event: string; readonly message: string }];
}

/** The emitter. A listener that throws is cut off from its mistake: the others hear the event, the search goes on. */
export class ExperimentEvents {
  readonly #emitter = new EventEmitter<ExperimentEventMap>();
  readonly #failed = new WeakSet<object>();

  /** @returns a function that stops listening */
  on<K extends keyof ExperimentEventMap>(event: K, listener: (...args: ExperimentEventMap[K]) => unknown): () => void {
    const guarded = (...args: ExperimentEventMap[K]): void => {
      try {
        const result = listener(...args);
        // An async listener must not end the process by rejecting.
        if (result instanceof Promise) result.catch((error: unknown) => this.#report(event, listener, error));
      } catch (error) {
        this.#report(event, listener, error);
      }
    };
    // eventemitter3 maps the argument list through a conditional type that generic code cannot see through.
    const target = guarded as unknown as Parameters<EventEmitter<ExperimentEventMap>['on']>[1];
    this.#emitter.on(event, target);
    return () => {
      this.#emitter.off(event, target);
    };
  }

  emit<K extends keyof ExperimentEventMap>(event: K, ...args: ExperimentEventMap[K]): void {
    (this.#emitter.emit as (event: K, ...args: ExperimentEventMap[K]) => boolean).call(this.#emitter, event, ...args);
  }

  #report(event: string, listener: object, error: unknown): void {
    if (this.#failed.has(listener) || event === 'listener-failed') return;
    this.#failed.add(listener);
    this.emit('listener-failed', { event, message: messageOf(error) });
  }
}
