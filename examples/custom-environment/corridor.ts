import { Pcg64, box, checkAction, defineEnvironment, definePlugin, discrete, integer, parseResetOptions } from 'hqnas';
import type { Environment } from 'hqnas';

/** Walk right to the end of a corridor, from anywhere in its left half: -1 for every step but the last. */
const corridor = defineEnvironment({
  id: 'demo/corridor',
  summary: 'walk right to the end of a corridor',
  options: { length: integer(2, 100, { fallback: 8, help: 'cells' }) },
  maxEpisodeSteps: 60,
  make({ length }): Environment {
    const actionSpace = discrete(2);
    const chance = new Pcg64(0);
    let cell = 0;
    const observe = (): Float32Array => Float32Array.of(cell / (length - 1));
    return {
      observationSpace: box([0], [1]),
      actionSpace,
      reset({ seed, options } = {}) {
        parseResetOptions({}, options); // it has none: whatever is given is refused
        if (seed !== undefined) chance.seed(seed);
        cell = chance.integers(0, Math.ceil(length / 2));
        return { observation: observe(), info: {} };
      },
      step(action) {
        checkAction(actionSpace, action);
        cell = Math.min(length - 1, Math.max(0, cell + (action === 1 ? 1 : -1)));
        const terminated = cell === length - 1;
        return { observation: observe(), reward: terminated ? 0 : -1, terminated, truncated: false, info: {} };
      },
    };
  },
});

export default definePlugin({ name: 'demo', environments: [corridor] });
