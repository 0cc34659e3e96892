import type { EnvironmentKind } from '../../core/index.js';
import { acrobot } from '../../environments/acrobot/index.js';
import { bipedalWalker } from '../../environments/bipedal-walker/index.js';
import { cartPole } from '../../environments/cartpole/index.js';
import { lunarLander, lunarLanderContinuous } from '../../environments/lunar-lander/index.js';
import { mountainCar, mountainCarContinuous } from '../../environments/mountain-car/index.js';
import { pendulum } from '../../environments/pendulum/index.js';
import { atLeast, iqmAtLeast, mostSeedsAtLeast, type Bar } from './bars.js';

/** One line of the table: an environment, settings that were published for it, and what they should reach. */
export interface LearningTask {
  readonly name: string;
  readonly environment: EnvironmentKind;
  /** Preset of ppo/clip. */
  readonly preset: string;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** The training stops at this share of its budget; default 1. */
  readonly share?: number;
  /** Trainings, unless the command says otherwise. */
  readonly seeds: number;
  readonly bars: readonly Bar[];
  /** What others report, for the table. */
  readonly peer: string;
  /** Takes hours: runs only when it is named. */
  readonly slow?: boolean;
}

const sb3 = 'SB3 2.9';

export const tasks: readonly LearningTask[] = [
  {
    name: 'acrobot',
    environment: acrobot,
    preset: 'zooAcrobot',
    seeds: 10,
    bars: [atLeast(-90)],
    peer: 'zoo -73.5 ± 18.2',
  },
  {
    name: 'mountain-car-continuous',
    environment: mountainCarContinuous,
    preset: 'zooMountainCarContinuous',
    seeds: 10,
    bars: [atLeast(85)],
    peer: 'zoo 88.3 ± 2.6, with gSDE',
  },
  {
    name: 'mountain-car',
    environment: mountainCar,
    preset: 'zooMountainCar',
    seeds: 10,
    bars: [],
    peer: 'zoo -110.4 ± 19.5',
  },
  {
    name: 'pendulum',
    environment: pendulum,
    preset: 'zooPendulum',
    seeds: 10,
    bars: [atLeast(-200)],
    peer: `zoo -172.2 ± 104.2; ${sb3} without gSDE -194, -193, -246`,
  },
  {
    name: 'cartpole',
    environment: cartPole,
    preset: 'zooCartPole',
    seeds: 10,
    bars: [iqmAtLeast(500), mostSeedsAtLeast(475, 0.8)],
    peer: `zoo 500 ± 0; ${sb3}: 7 of 8 seeds >= 475`,
  },
  {
    name: 'cartpole-early',
    environment: cartPole,
    preset: 'zooCartPole',
    share: 0.2,
    seeds: 10,
    bars: [iqmAtLeast(475)],
    peer: `${sb3}: IQM 497 over 8 seeds, 435 over 44`,
  },
  {
    name: 'cartpole-sb3',
    environment: cartPole,
    preset: 'sb3',
    options: { totalSteps: 50_000 },
    seeds: 10,
    bars: [mostSeedsAtLeast(475, 0.8)],
    peer: `${sb3}: 2 of 2 seeds >= 475`,
  },
  {
    name: 'cartpole-cleanrl',
    environment: cartPole,
    preset: 'cleanrl',
    seeds: 10,
    bars: [mostSeedsAtLeast(475, 0.9)],
    peer: 'CleanRL 490.0 ± 6.1, stochastic',
  },
  {
    name: 'lunar-lander',
    environment: lunarLander,
    preset: 'zooLunarLander',
    seeds: 5,
    bars: [atLeast(200)],
    peer: 'zoo 242.1 ± 31.8 (v2)',
  },
  {
    name: 'lunar-lander-continuous',
    environment: lunarLanderContinuous,
    preset: 'zooLunarLanderContinuous',
    seeds: 5,
    bars: [],
    peer: 'zoo 270.9 ± 32.1 (v2)',
    slow: true,
  },
  {
    name: 'bipedal-walker',
    environment: bipedalWalker,
    preset: 'zooBipedalWalker',
    seeds: 1,
    bars: [],
    peer: 'zoo 287.9 ± 2.4',
    slow: true,
  },
];
