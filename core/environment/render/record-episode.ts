import type { Environment, Frame } from '../environment.js';
import type { Element, Space } from '../space.js';
import { WrappedEnvironment } from '../wrapped-environment.js';
import { encodeGif } from './gif.js';
import type { Scene } from './scene.js';

/** Which episode is recorded, and how many pictures of it. */
export interface RecordOptions {
  readonly seed?: number;
  /** Shown per second; default 30. Kinds name theirs: `framesPerSecond`. */
  readonly framesPerSecond?: number;
  /** One picture per so many steps; default 1. */
  readonly every?: number;
  /** Ends the recording before the episode does; default 1000. */
  readonly maxSteps?: number;
}

/** What was seen of an episode, in pictures of kind P. */
export interface Recording<P = Frame> {
  readonly frames: readonly P[];
  /** Sum of its rewards, as the task gives them: whatever wrappers make of rewards is for learning. */
  readonly return: number;
  readonly steps: number;
  readonly framesPerSecond: number;
}

type Act = (observation: Element<Space>) => Element<Space>;

/**
 * Plays one episode and takes pictures of it, in pixels.
 * @param act gives the action for an observation
 * @throws RangeError when the environment has no pictures
 */
export function recordEpisode(environment: Environment, act: Act, options: RecordOptions = {}): Recording {
  return record(environment, act, options, environment.render);
}

/**
 * The same with pictures as data.
 * @throws RangeError when the environment cannot be drawn
 */
export function recordScenes(environment: Environment, act: Act, options: RecordOptions = {}): Recording<Scene> {
  return record(environment, act, options, environment.draw);
}

function record<P>(
  environment: Environment,
  act: Act,
  { seed, framesPerSecond = 30, every = 1, maxSteps = 1000 }: RecordOptions,
  picture: (() => P) | undefined,
): Recording<P> {
  if (picture === undefined) throw new RangeError('this environment has no pictures');
  const look = picture.bind(environment);
  let { observation } = environment.reset(seed === undefined ? {} : { seed });
  const frames = [look()];
  let sum = 0;
  let steps = 0;
  for (let done = false; !done && steps < maxSteps;) {
    const result = environment.step(act(observation));
    observation = result.observation;
    sum += environment instanceof WrappedEnvironment ? environment.rawReward : result.reward;
    steps++;
    done = result.terminated || result.truncated;
    if (steps % every === 0 || done) frames.push(look());
  }
  return { frames, return: sum, steps, framesPerSecond: framesPerSecond / every };
}

/** A recording as an animated GIF. */
export function recordingToGif({ frames, framesPerSecond }: Recording): Uint8Array {
  return encodeGif(frames, framesPerSecond);
}
