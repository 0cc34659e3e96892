import type { Program } from '../../compiler/index.js';
import { writeColumns } from './columns.js';
import type { RolloutBuffer } from './rollout-buffer.js';

/**
 * Fills in what the critic says of a rollout: values of all samples and of the observations after it. Where episodes
 * were cut, gamma V(last observation) is added to the reward. One pass over whole chunks costs less than the critic's
 * share of every step, and gives the same bits.
 */
export function fillValues(program: Program, buffer: RolloutBuffer, gamma: number): void {
  const { observations, values, size, environments, lastObservations, lastValues } = buffer;
  const { cutObservations, cutSamples, cuts, rewards } = buffer;
  const output = program.outputs['value']!.data;
  for (let first = 0; first < size; first += program.capacity) {
    const count = evaluateChunk(program, observations, first, size);
    for (let i = 0; i < count; i++) values[first + i] = output[i]!;
  }
  for (let first = 0; first < environments; first += program.capacity) {
    const count = evaluateChunk(program, lastObservations, first, environments);
    for (let i = 0; i < count; i++) lastValues[first + i] = output[i]!;
  }
  for (let first = 0; first < cuts; first += program.capacity) {
    const count = evaluateChunk(program, cutObservations, first, cuts);
    for (let i = 0; i < count; i++) rewards[cutSamples[first + i]!]! += gamma * output[i]!;
  }
}

/** Runs the critic on samples `first` .. and returns their number: at most the program's capacity. */
function evaluateChunk(program: Program, observations: Float32Array, first: number, end: number): number {
  const count = Math.min(program.capacity, end - first);
  writeColumns(observations, program.inputs[0]!, count, first);
  program.forward(count, 'value');
  return count;
}
