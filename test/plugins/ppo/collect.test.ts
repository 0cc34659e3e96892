import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../compiler/compile.js';
import { Graph } from '../../../compiler/graph.js';
import { makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { defineEnvironment } from '../../../core/environment/environment.js';
import { box, discrete } from '../../../core/environment/space.js';
import type { Model } from '../../../core/model/model.js';
import { createRng } from '../../../core/random.js';
import { Collector } from '../../../plugins/ppo/collect.js';
import { createRolloutBuffer } from '../../../plugins/ppo/rollout-buffer.js';
import { TrainingRecord } from '../../../plugins/ppo/training-record.js';
import { fillValues } from '../../../plugins/ppo/values.js';
import { optionsOf } from './network.js';

/** Shows the steps since reset, pays 1 each; every second episode terminates after two steps, the others are cut after three. */
const alternating = defineEnvironment({
  id: 'test/alternating',
  summary: 'episodes that end and episodes that are cut, in turn',
  options: {},
  maxEpisodeSteps: 3,
  make: () => {
    let count = 0;
    let episode = 0;
    return {
      observationSpace: box([0], [9]),
      actionSpace: discrete(2),
      reset() {
        count = 0;
        episode++;
        return { observation: Float32Array.of(0), info: {} };
      },
      step() {
        count++;
        return {
          observation: Float32Array.of(count),
          reward: 1,
          terminated: episode % 2 === 0 && count === 2,
          truncated: false,
          info: {},
        };
      },
    };
  },
});

/** V(observation) = 100 + 10 observation, and both actions equally likely. */
function countingModel(): Model {
  const graph = new Graph();
  const input = graph.input(1);
  const policy = graph.affine(
    input,
    graph.parameter([2, 2], (values) => void values.fill(0)),
  );
  const value = graph.affine(
    input,
    graph.parameter([1, 2], (values) => values.set([10, 100])),
  );
  const program = compile(graph, { outputs: { policy, value } });
  program.initialize(createRng(0));
  const counts = { policyParameters: 4, valueParameters: 2, parameters: 6, layers: 1, quantumLayers: 0, qubits: 0 };
  return { graph, program, observationSpace: box([0], [9]), actionSpace: discrete(2), counts };
}

function collect(truncation: string, rollouts: readonly number[]) {
  const model = countingModel();
  const record = new TrainingRecord(1);
  const options = optionsOf({ truncation, gamma: 0.5 });
  const environments = makeVectorEnvironment(alternating, 1);
  let before = createRolloutBuffer(1, 1, 1);
  const collector = new Collector(model, environments, before, { options, record, rng: createRng(1) });
  const seen = {
    observations: [] as number[],
    values: [] as number[],
    rewards: [] as number[],
    continues: [] as number[],
    last: 0,
  };
  for (const steps of rollouts) {
    const buffer = createRolloutBuffer(1, steps, 1);
    buffer.lastObservations.set(before.lastObservations);
    collector.collect(buffer);
    fillValues(model.program, buffer, 0.5);
    before = buffer;
    seen.observations.push(...buffer.observations);
    seen.values.push(...buffer.values);
    seen.rewards.push(...buffer.rewards);
    seen.continues.push(...buffer.continues);
    seen.last = buffer.lastValues[0]!;
    for (const logProbability of buffer.logProbabilities) expect(logProbability).toBeCloseTo(Math.log(0.5), 6);
    // An update writes over the program's input.
    model.program.inputs[0]!.data.fill(7);
  }
  return { seen, record };
}

describe('Collector', () => {
  const observations = [0, 1, 2, 0, 1, 0, 1, 2];
  const values = observations.map((observation) => 100 + 10 * observation);

  it.each([[[8]], [[2, 1, 5]]])(
    'adds the value of the last observation to a cut episode, in rollouts of %j',
    (rollouts) => {
      const { seen, record } = collect('bootstrap', rollouts);
      expect(seen.observations).toEqual(observations);
      expect(seen.values).toEqual(values);
      // Cut on observation 3, whose value is 130.
      expect(seen.rewards).toEqual([1, 1, 1 + 0.5 * 130, 1, 1, 1, 1, 1 + 0.5 * 130]);
      expect(seen.continues).toEqual([1, 1, 0, 1, 0, 1, 1, 0]);
      expect(seen.last).toBe(100);
      expect(record.episodes).toBe(3);
      expect(record.point(8, {}).meanReturn).toBeCloseTo(8 / 3, 12);
    },
  );

  it('takes a cut for an end, or for nothing', () => {
    expect(collect('terminate', [8]).seen).toMatchObject({
      rewards: Array(8).fill(1),
      continues: [1, 1, 0, 1, 0, 1, 1, 0],
    });
    expect(collect('ignore', [8]).seen).toMatchObject({
      rewards: Array(8).fill(1),
      continues: [1, 1, 1, 1, 0, 1, 1, 1],
    });
  });
});
