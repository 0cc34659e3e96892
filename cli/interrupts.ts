import type { Terminal } from './terminal.js';

export interface Interrupts {
  /** Aborts at the first Ctrl-C (SIGINT) or SIGTERM. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

/**
 * First Ctrl-C: stop asking for candidates, finish those in flight. Second: stop now; the ledger holds all that was
 * finished, so the experiment can be resumed either way.
 * @param onForce says last words before the process ends
 */
export function listenForInterrupts(terminal: Terminal, onForce: () => void): Interrupts {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted) {
      onForce();
      process.exit(130);
    }
    terminal.note('\nFinishing what is in flight; press Ctrl-C again to stop now.');
    controller.abort(new Error('interrupted'));
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    },
  };
}
