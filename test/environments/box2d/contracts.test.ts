import { describe, it } from '@jest/globals';
import { bipedalWalker, bipedalWalkerHardcore } from '../../../environments/bipedal-walker/index.js';
import { lunarLander, lunarLanderContinuous } from '../../../environments/lunar-lander/index.js';
import { environmentContract } from '../../contracts/environment.js';

/** Worlds of rigid bodies are slow: shorter episodes than elsewhere. */
const steps = 25;

for (const kind of [lunarLander, lunarLanderContinuous, bipedalWalker, bipedalWalkerHardcore]) {
  describe(kind.id, () => {
    for (const { name, run } of environmentContract(kind, { steps, maxEpisodeSteps: 100 })) it(name, run);
  });
}

describe('lunar-lander/v3 with wind', () => {
  const options = { enable_wind: true, gravity: -8 };
  for (const { name, run } of environmentContract(lunarLander, { steps, options, maxEpisodeSteps: 100 })) it(name, run);
});
