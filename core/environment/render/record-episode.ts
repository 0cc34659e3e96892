import type { Environment, Frame } from '../environment.js';
import type { Element, Space } from '../space.js';
import { encodeGif } from './gif.js';

export interface RecordOptions {
  readonly seed?: number;
  /** Shown per second; default 30. Kinds name theirs: `framesPerSecond`. */
  readonly framesPerSecond?: number;
  /** One frame per so many steps; default 1. */
  readonly every?: number;
  /** Ends the recording before the episode does; default 1000. */
  readonly maxSteps?: number;
}

/** What was seen of an episode. */
export interface Recording {
  readonly frames: readonly Frame[];
  /** Sum of its rewards. */
  readonly return: number;
  readonly steps: number;
  readonly framesPerSecond: number;
}

/**
 * Plays one episode and takes pictures of it.
 * @param act gives the action for an observation
 * @throws RangeError when the environment has no pictures
 */
export function recordEpisode(
  environment: Environment,
  act: (observation: Element<Space>) => Element<Space>,
  { seed, framesPerSecond = 30, every = 1, maxSteps = 1000 }: RecordOptions = {},
): Recording {
  if (environment.render === undefined) throw new RangeError('this environment has no pictures');
  let { observation } = environment.reset(seed === undefined ? {} : { seed });
  const frames = [environment.render()];
  let sum = 0;
  let steps = 0;
  for (let done = false; !done && steps < maxSteps;) {
    const result = environment.step(act(observation));
    observation = result.observation;
    sum += result.reward;
    steps++;
    done = result.terminated || result.truncated;
    if (steps % every === 0 || done) frames.push(environment.render());
  }
  return { frames, return: sum, steps, framesPerSecond: framesPerSecond / every };
}

/** A recording as an animated GIF. */
export function recordingToGif({ frames, framesPerSecond }: Recording): Uint8Array {
  return encodeGif(frames, framesPerSecond);
}
