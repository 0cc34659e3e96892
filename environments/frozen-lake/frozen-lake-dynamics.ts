import { discrete, parseResetOptions, type Dynamics, type LaneStep, type Pcg64, type Rows } from '../../core/index.js';
import { drawLake } from './frozen-lake-drawing.js';

export interface FrozenLakeOptions {
  readonly map_name: '4x4' | '8x8';
  readonly is_slippery: boolean;
  /** Probability of going where one wants on slippery ice. */
  readonly success_rate: number;
}

/** S start, F ice, H hole, G goal; the maps of Gymnasium. */
const MAPS = {
  '4x4': ['SFFF', 'FHFH', 'FFFH', 'HFFG'],
  '8x8': ['SFFFFFFF', 'FFFFFFFF', 'FFFHFFFF', 'FFFFFHFF', 'FFFHFFFF', 'FHHFFFHF', 'FHFFHFHF', 'FFFHFFFG'],
} as const;

/** Column and row steps of the actions left, down, right, up. */
const MOVES = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
] as const;

/** Rows of the state: the cell, and the probability of the last move. */
const CELL = 0;
const PROBABILITY = 1;

/**
 * The state is the number of the cell, row by row. Every reset and step draws one number, also where there is nothing to
 * choose, and choices are taken by the cumulated probabilities: so the random stream stays that of Gymnasium.
 */
export function frozenLakeDynamics(options: FrozenLakeOptions): Dynamics {
  const map = MAPS[options.map_name];
  const size = map.length;
  const letters = map.join('');
  const { is_slippery: slippery, success_rate: success } = options;
  const failure = (1 - success) / 2;
  const bothFirst = failure + success;

  const neighbour = (cell: number, action: number): number => {
    const [columns, rows] = MOVES[action]!;
    const column = Math.min(size - 1, Math.max(0, (cell % size) + columns));
    const row = Math.min(size - 1, Math.max(0, Math.floor(cell / size) + rows));
    return row * size + column;
  };
  /** Cell after an action, [cell][action]. */
  const next = Int32Array.from({ length: size * size * 4 }, (_, i) => neighbour(i >> 2, i & 3));
  const isEnd = Uint8Array.from(letters, (letter) => (letter === 'H' || letter === 'G' ? 1 : 0));

  return {
    observationSpace: discrete(size * size),
    actionSpace: discrete(4),
    stateRows: 2,
    readReset: (given) => parseResetOptions({}, given),
    start(state, lanes, lane, generator) {
      generator.random();
      state[CELL * lanes + lane] = letters.indexOf('S');
      state[PROBABILITY * lanes + lane] = 1;
    },
    advance(state, lanes, first, last, { actions, rewards, terminated }: LaneStep, generators: readonly Pcg64[]) {
      for (let lane = first; lane < last; lane++) {
        const cell = state[lane]!;
        const chance = generators[lane]!.random();
        rewards[lane] = 0;
        state[PROBABILITY * lanes + lane] = 1;
        if (isEnd[cell] === 1) {
          terminated[lane] = 1;
          continue;
        }
        let action = actions.data[lane]!;
        if (slippery) {
          // A quarter turn to one side, straight on, a quarter turn to the other.
          const turn = chance < failure ? 3 : chance < bothFirst ? 0 : 1;
          action = (action + turn) & 3;
          state[PROBABILITY * lanes + lane] = turn === 0 ? success : failure;
        }
        const reached = next[cell * 4 + action]!;
        state[lane] = reached;
        terminated[lane] = isEnd[reached]!;
        if (letters[reached] === 'G') rewards[lane] = 1;
      }
    },
    observe(state, _, first, last, { data }: Rows) {
      for (let lane = first; lane < last; lane++) data[lane] = state[lane]!;
    },
    info: (state) => ({ prob: state[PROBABILITY]! }),
    draw: (state) => drawLake(map, state[CELL]!),
  };
}
