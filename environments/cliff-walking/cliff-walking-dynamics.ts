import { discrete, parseResetOptions, type Dynamics, type LaneStep, type Pcg64, type Rows } from '../../core/index.js';
import { drawCliff } from './cliff-walking-drawing.js';

export interface CliffWalkingOptions {
  readonly is_slippery: boolean;
}

const COLUMNS = 12;
const ROWS = 4;
/** The walker starts in the lower left corner and wants to the lower right one; the cliff lies between. */
const START = (ROWS - 1) * COLUMNS;
const GOAL = ROWS * COLUMNS - 1;

/** Column and row steps of the actions up, right, down, left. */
const MOVES = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
] as const;

/** Row of the state that holds the probability of the last move. */
const PROBABILITY = 1;
const THIRD = 1 / 3;

/**
 * Source: Sutton and Barto, "Reinforcement Learning" (2018), example 6.6. The state is the number of the cell, row by row.
 * Every reset and step draws one number, also where there is nothing to choose, as in Gymnasium.
 */
export function cliffWalkingDynamics({ is_slippery: slippery }: CliffWalkingOptions): Dynamics {
  const neighbour = (cell: number, action: number): number => {
    const [columns, rows] = MOVES[action]!;
    const column = Math.min(COLUMNS - 1, Math.max(0, (cell % COLUMNS) + columns));
    const row = Math.min(ROWS - 1, Math.max(0, Math.floor(cell / COLUMNS) + rows));
    return row * COLUMNS + column;
  };
  /** Cell after an action, [cell][action]. */
  const next = Int32Array.from({ length: ROWS * COLUMNS * 4 }, (_, i) => neighbour(i >> 2, i & 3));
  return {
    observationSpace: discrete(ROWS * COLUMNS),
    actionSpace: discrete(4),
    stateRows: 2,
    readReset: (given) => parseResetOptions({}, given),
    start(state, lanes, lane, generator) {
      generator.random();
      state[lane] = START;
      state[PROBABILITY * lanes + lane] = 1;
    },
    advance(state, lanes, first, last, { actions, rewards, terminated }: LaneStep, generators: readonly Pcg64[]) {
      for (let lane = first; lane < last; lane++) {
        const chance = generators[lane]!.random();
        let action = actions.data[lane]!;
        // A quarter turn to one side, straight on, a quarter turn to the other.
        if (slippery) action = (action + (chance < THIRD ? 3 : chance < THIRD + THIRD ? 0 : 1)) & 3;
        const reached = next[state[lane]! * 4 + action]!;
        const fell = reached > START && reached < GOAL;
        state[lane] = fell ? START : reached;
        state[PROBABILITY * lanes + lane] = slippery ? THIRD : 1;
        terminated[lane] = reached === GOAL ? 1 : 0;
        rewards[lane] = fell ? -100 : -1;
      }
    },
    observe(state, _, first, last, { data }: Rows) {
      for (let lane = first; lane < last; lane++) data[lane] = state[lane]!;
    },
    info: (state) => ({ prob: state[PROBABILITY]! }),
    draw: (state) => drawCliff(state[0]!, { columns: COLUMNS, rows: ROWS, start: START, goal: GOAL }),
  };
}
