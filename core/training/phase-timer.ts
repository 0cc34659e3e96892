/** Adds up where the time of one evaluation goes. */
export interface PhaseTimer {
  /** Books the time since the last call under a name. */
  phase(name: string): void;
  /** Totals in seconds; the time since the last phase counts as "other". */
  stop(): { readonly seconds: number; readonly phases: Readonly<Record<string, number>> };
}

export function createPhaseTimer(seconds: () => number): PhaseTimer {
  const began = seconds();
  const phases: Record<string, number> = {};
  let last = began;
  const phase = (name: string): void => {
    const now = seconds();
    phases[name] = (phases[name] ?? 0) + now - last;
    last = now;
  };
  return {
    phase,
    stop() {
      phase('other');
      return { seconds: last - began, phases };
    },
  };
}
