/** What options may refer to: experiments that the ledger holds. */
export interface PastExperiments {
  /**
   * The best networks of an experiment in DNA notation, best first.
   * @param id whole, or an unambiguous beginning
   * @throws HqnasError `unknown-experiment`, `ambiguous-experiment`
   */
  best(id: string, count: number): Promise<{ readonly id: string; readonly dna: readonly string[] }>;
}
