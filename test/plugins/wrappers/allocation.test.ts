import v8 from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { rowsOf } from '../../../core/environment/space.js';
import { createStepBuffers } from '../../../core/environment/vector-environment.js';
import { wrapKind, type WrapperUse } from '../../../core/environment/wrap-kind.js';
import { defineWrapper } from '../../../core/environment/wrapper-kind.js';
import { createRows } from '../../../core/rows.js';
import { mountainCarContinuous } from '../../../environments/mountain-car/index.js';

const lanes = 8;
const options: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { 'wrappers/time-limit': { steps: 50 } };
/**
 * Bytes. Engines hand numbers between functions that they did not merge as objects of 16 bytes; a typed array takes more
 * than a dozen of these.
 */
const mostPerLane = 200;
/** Normal numbers that a step of a lane draws, each by way of half a dozen others. */
const draws: Readonly<Record<string, number>> = { 'wrappers/add-noise': 2 };

/** Bytes that a step of one lane adds to the heap: the second least of many rounds, when all code is optimised. */
function growth(use: WrapperUse): number {
  const vector = makeVectorEnvironment(wrapKind(mountainCarContinuous, [use]), lanes);
  const buffers = createStepBuffers(rowsOf(vector.observationSpace), lanes);
  const actions = createRows(rowsOf(vector.actionSpace), lanes);
  vector.reset(buffers.observations, new Float64Array(lanes));
  const bytes: number[] = [];
  for (let round = 0; round < 20; round++) {
    const before = v8.getHeapStatistics().used_heap_size;
    for (let step = 0; step < 200; step++) vector.step(actions, buffers);
    bytes.push((v8.getHeapStatistics().used_heap_size - before) / (200 * lanes));
  }
  // Collections of garbage in between make single entries negative.
  return bytes.filter((grown) => grown >= 0).sort((a, b) => a - b)[1]!;
}

describe('a step of a wrapped vector', () => {
  const wrappers = builtInPlugins.flatMap((plugin) => plugin.wrappers ?? []);
  it.each(wrappers.map((wrapper) => [wrapper.id, wrapper] as const))('makes no objects: %s', (id, wrapper) => {
    expect(growth({ wrapper, options: options[id] ?? {} })).toBeLessThan(mostPerLane + 100 * (draws[id] ?? 0));
  });

  it('is measured by what an array per lane adds', () => {
    let kept = new Float64Array(0);
    const littering = defineWrapper({
      id: 'demo/littering',
      summary: '',
      options: {},
      make: () => ({
        reward(_lane, reward) {
          kept = new Float64Array(4).fill(reward);
          return kept[0]!;
        },
      }),
    });
    expect(growth({ wrapper: littering })).toBeGreaterThan(mostPerLane);
  });
});
