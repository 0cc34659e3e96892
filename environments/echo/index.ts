import {
  box,
  defineDynamics,
  definePlugin,
  discrete,
  integer,
  parseResetOptions,
  rectangle,
} from '../../core/index.js';

/** The smallest task with something to learn: say the symbol that is shown. State: the number of the symbol. */
export const echo = defineDynamics({
  id: 'echo/v1',
  summary: 'say the symbol that is shown',
  maxEpisodeSteps: 10,
  rewardThreshold: 9.5,
  afterTermination: 'continues',
  resetOptions: {},
  framesPerSecond: 2,
  options: {
    symbols: integer(2, 64, { fallback: 2, help: 'how many symbols there are' }),
  },
  dynamics: ({ symbols }) => ({
    observationSpace: box(Array<number>(symbols).fill(0), Array<number>(symbols).fill(1)),
    actionSpace: discrete(symbols),
    stateRows: 1,
    readReset: (given) => parseResetOptions({}, given),
    start(state, _, lane, generator) {
      state[lane] = generator.integers(0, symbols);
    },
    advance(state, _, first, last, { actions, rewards, terminated }, generators) {
      for (let lane = first; lane < last; lane++) {
        rewards[lane] = actions.data[lane] === state[lane] ? 1 : 0;
        terminated[lane] = 0;
        state[lane] = generators[lane]!.integers(0, symbols);
      }
    },
    observe(state, _, first, last, { data, stride }) {
      for (let lane = first; lane < last; lane++) {
        for (let row = 0; row < symbols; row++) data[row * stride + lane] = row === state[lane] ? 1 : 0;
      }
    },
    draw: ([shown]) => ({
      width: 32 * symbols,
      height: 32,
      background: [235, 235, 235],
      shapes: [rectangle(32 * shown!, 0, 32, 32, [60, 110, 180])],
    }),
  }),
});

export default definePlugin({ name: 'echo', environments: [echo] });
