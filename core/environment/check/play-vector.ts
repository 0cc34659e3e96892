import { createRows, type Rows } from '../../rows.js';
import { rowsOf } from '../space.js';
import { createStepBuffers, type StepBuffers, type VectorEnvironment } from '../vector-environment.js';
import { numbers, randomActions, type Trace } from './probe.js';

/** Buffers with room for `stride` environments. */
export function createBuffers(vector: VectorEnvironment, stride: number): StepBuffers {
  return createStepBuffers(rowsOf(vector.observationSpace), stride);
}

export interface VectorPlay {
  readonly seed: number;
  readonly steps: number;
  /** False goes on from wherever the vector is. Default: true. */
  readonly reset?: boolean;
}

/**
 * As `play`, for all environments of a vector: lane i has seed + i; with one lane the trace equals that of `play`. Lanes
 * that do not reset themselves are reset at their ends.
 */
export function playVector(vector: VectorEnvironment, { seed, steps, reset = true }: VectorPlay): Trace {
  const { count, actionSpace } = vector;
  const sameStep = (vector.autoreset ?? 'same-step') === 'same-step';
  const buffers = createBuffers(vector, count);
  const actions = createRows(rowsOf(actionSpace), count);
  const nextAction = randomActions(actionSpace, seed + 1);
  const trace: number[] = [];
  if (reset) {
    vector.reset(
      buffers.observations,
      Array.from({ length: count }, (_, lane) => seed + lane),
    );
    for (let lane = 0; lane < count; lane++) trace.push(...column(buffers.observations, lane));
  }
  for (let i = 0; i < steps; i++) {
    for (let lane = 0; lane < count; lane++) {
      let row = 0;
      for (const value of numbers(nextAction())) actions.data[row++ * count + lane] = value;
    }
    vector.step(actions, buffers);
    const mask = new Uint8Array(count);
    for (let lane = 0; lane < count; lane++) {
      const done = buffers.terminated[lane] === 1 || buffers.truncated[lane] === 1;
      mask[lane] = done ? 1 : 0;
      trace.push(...column(done && sameStep ? buffers.finalObservations : buffers.observations, lane));
      trace.push(buffers.rewards[lane]!, buffers.terminated[lane]!, buffers.truncated[lane]!);
      if (done && sameStep) trace.push(...column(buffers.observations, lane));
    }
    if (vector.autoreset !== 'disabled' || !mask.includes(1)) continue;
    vector.reset(buffers.observations, undefined, mask);
    for (let lane = 0; lane < count; lane++) if (mask[lane] === 1) trace.push(...column(buffers.observations, lane));
  }
  return trace;
}

function column({ data, stride, rows }: Rows, lane: number): number[] {
  return Array.from({ length: rows }, (_, row) => data[row * stride + lane]!);
}
