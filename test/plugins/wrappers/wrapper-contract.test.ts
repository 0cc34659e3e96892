import { describe, expect, it } from '@jest/globals';
import { box, rowsOf } from '../../../core/environment/space.js';
import { defineWrapper, type LaneWrapper, type WrapperContext } from '../../../core/environment/wrapper-kind.js';
import type { JsonObject } from '../../../core/json.js';
import type { Rows } from '../../../core/rows.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { pendulum } from '../../../environments/pendulum/index.js';
import { wrapperContract } from '../../contracts/wrapper.js';

/** Names of the checks that a wrapper fails, without where. */
function failuresOf(make: (context: WrapperContext) => LaneWrapper): readonly string[] {
  const wrapper = defineWrapper({ id: 'demo/faulty', summary: '', options: {}, make });
  return wrapperContract(wrapper, { environments: [cartPole, pendulum] }).flatMap(({ name, run }) => {
    try {
      void run();
      return [];
    } catch {
      return [name.replace(/^.*?: /, '')];
    }
  });
}

/** Turns every number of an observation. */
function turning(turn: (value: number, lane: number) => number): Pick<LaneWrapper, 'start' | 'next'> {
  const show = (lane: number, from: Rows, into: Rows): void => {
    for (let row = 0; row < from.rows; row++)
      into.data[row * into.stride + lane] = turn(from.data[row * from.stride + lane]!, lane);
  };
  return { start: show, next: show };
}

const unbounded = ({ observationSpace }: WrapperContext) => {
  const rows = rowsOf(observationSpace);
  return box(new Float32Array(rows).fill(-Infinity), new Float32Array(rows).fill(Infinity));
};

describe('the contract of wrappers', () => {
  it('passes a wrapper that does nothing', () => {
    expect(failuresOf(() => ({}))).toEqual([]);
  });

  it('finds observations beyond the space', () => {
    expect(failuresOf(() => turning((value) => value + 100))).toContain(
      'observations of a vector are members of the space, rewards finite numbers',
    );
  });

  it('finds lanes that share what should be their own', () => {
    const shared = (context: WrapperContext): LaneWrapper => {
      let steps = 0;
      return { observationSpace: unbounded(context), ...turning((value) => value + steps++ * 1e-3) };
    };
    expect(failuresOf(shared)).toEqual(
      expect.arrayContaining([
        'a vector gives what single environments give, in every autoreset mode',
        'resetting some environments leaves the others as they are',
      ]),
    );
  });

  it('finds a memory that is not saved', () => {
    const forgetful = (context: WrapperContext): LaneWrapper => {
      const steps = new Float64Array(context.lanes);
      const turns = turning((value, lane) => value + steps[lane]!);
      return {
        observationSpace: unbounded(context),
        start(lane, from, into) {
          steps[lane] = 0;
          turns.start!(lane, from, into);
        },
        next(lane, from, into) {
          steps[lane]!++;
          turns.next!(lane, from, into);
        },
      };
    };
    expect(failuresOf(forgetful)).toContain('an environment restored from saved state continues exactly alike');
  });

  it('finds actions that the environment does not know', () => {
    const wild = ({ actionSpace }: WrapperContext): LaneWrapper => ({
      act(lane, from, into) {
        const beyond = actionSpace.kind === 'box' ? 3 : 0;
        into.data[lane] = from.data[lane]! + beyond;
      },
    });
    expect(failuresOf(wild)).toEqual([
      'actions that reach the environment are members of its space, rewards of the task are kept',
    ]);
  });

  it('finds statistics that go on after they were frozen', () => {
    let count = 0;
    const learning = (): LaneWrapper => ({
      earn() {
        count++;
      },
      statistics: () => ({ count }),
      freeze: (_: JsonObject) => undefined,
    });
    expect(failuresOf(learning)).toContain('what it learned can be kept as it is');
  });

  it('finds a refusal without its code', () => {
    const choosy = ({ actionSpace }: WrapperContext): LaneWrapper => {
      if (actionSpace.kind === 'box') return {};
      throw new Error('no');
    };
    expect(failuresOf(choosy)).toEqual(['it fits some environment, and says of any other that it does not']);
  });
});
