/**
 * What was seen since the last update. Sample i = step * environments + environment; observations lie sample by sample,
 * so that gathering a minibatch reads whole observations.
 */
export interface RolloutBuffer {
  readonly environments: number;
  readonly steps: number;
  /** steps * environments */
  readonly size: number;
  readonly observationRows: number;
  /** [sample][observation row] */
  readonly observations: Float32Array;
  readonly actionRows: number;
  /** [sample][action row]: the index of a discrete action, 0 .. n - 1; a continuous one as it was drawn, beyond the bounds too. */
  readonly actions: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly values: Float32Array;
  /** Rewards; the bootstrap values of cut episodes are added together with the other values. */
  readonly rewards: Float64Array;
  /** 1 where the episode goes on after the sample, 0 where it ended. */
  readonly continues: Uint8Array;
  /** Observations after the last step, [environment][observation row], and their values. */
  readonly lastObservations: Float32Array;
  readonly lastValues: Float32Array;
  /** Samples with which an episode was cut, the first `cuts` entries, and the observations that they led to. */
  readonly cutSamples: Int32Array;
  readonly cutObservations: Float32Array;
  cuts: number;
  readonly advantages: Float64Array;
  /** Targets of the value: advantage + value. */
  readonly returns: Float64Array;
}

export function createRolloutBuffer(
  environments: number,
  steps: number,
  observationRows: number,
  actionRows = 1,
): RolloutBuffer {
  const size = environments * steps;
  return {
    environments,
    steps,
    size,
    observationRows,
    observations: new Float32Array(size * observationRows),
    actionRows,
    actions: new Float32Array(size * actionRows),
    logProbabilities: new Float32Array(size),
    values: new Float32Array(size),
    rewards: new Float64Array(size),
    continues: new Uint8Array(size),
    lastObservations: new Float32Array(environments * observationRows),
    lastValues: new Float32Array(environments),
    cutSamples: new Int32Array(size),
    cutObservations: new Float32Array(size * observationRows),
    cuts: 0,
    advantages: new Float64Array(size),
    returns: new Float64Array(size),
  };
}

/** 1 - Var(returns - values) / Var(returns); undefined where all returns are equal. */
export function explainedVariance({ returns, values, size }: RolloutBuffer): number | undefined {
  let meanReturn = 0;
  let meanError = 0;
  for (let i = 0; i < size; i++) {
    meanReturn += returns[i]! / size;
    meanError += (returns[i]! - values[i]!) / size;
  }
  let returnSquares = 0;
  let errorSquares = 0;
  for (let i = 0; i < size; i++) {
    returnSquares += (returns[i]! - meanReturn) ** 2;
    errorSquares += (returns[i]! - values[i]! - meanError) ** 2;
  }
  return returnSquares === 0 ? undefined : 1 - errorSquares / returnSquares;
}
