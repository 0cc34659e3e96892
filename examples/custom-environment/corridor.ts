import { HqnasError, box, defineEnvironment, definePlugin, discrete, integer, type Environment } from 'hqnas';

/** Walk right to the end of a corridor: -1 for every step but the last. */
const corridor = defineEnvironment({
  id: 'demo/corridor',
  summary: 'walk right to the end of a corridor',
  options: { length: integer(2, 100, { fallback: 8, help: 'cells' }) },
  maxEpisodeSteps: 60,
  make({ length }): Environment {
    let cell = 0;
    const observe = (): Float32Array => Float32Array.of(cell / (length - 1));
    return {
      observationSpace: box([0], [1]),
      actionSpace: discrete(2),
      reset() {
        cell = 0;
        return { observation: observe(), info: {} };
      },
      step(action) {
        if (action !== 0 && action !== 1) {
          throw new HqnasError({
            code: 'invalid-action',
            what: 'no such action',
            expected: '0 or 1',
            got: String(action),
          });
        }
        cell = Math.max(0, cell + (action === 1 ? 1 : -1));
        const terminated = cell === length - 1;
        return { observation: observe(), reward: terminated ? 0 : -1, terminated, truncated: false, info: {} };
      },
    };
  },
});

export default definePlugin({ name: 'demo', environments: [corridor] });
