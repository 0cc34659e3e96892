import { scenesToSvg } from '../core/environment/render/animated-svg.js';
import {
  recordEpisode,
  recordScenes,
  recordingToGif,
  type RecordOptions,
  type Recording,
} from '../core/environment/render/record-episode.js';
import { shrink } from '../core/environment/render/shrink.js';
import type { PlayedEpisode } from '../core/experiment/report/report-playing.js';
import type { JsonObject } from '../core/json.js';
import type { Model } from '../core/model/model.js';
import type { ModelParts } from '../core/training/make-model.js';
import { picturesOf, playAgent } from './record-agent.js';

const MOST_PER_SECOND = 25;
const MOST_SCENES = 240;
/** Characters of an animation; where there are more, every other scene goes. */
const MOST_CHARACTERS = 300_000;
/** Pictures in pixels take more room. */
const MOST_FRAMES = 60;
const FRAME_WIDTH = 320;

/**
 * An episode of a trained network as an animation small enough for a page: drawn as SVG, or as a GIF where the environment
 * has pixels only. Undefined where it has no pictures.
 */
export function pictureEpisode(
  model: Model,
  environment: ModelParts['environment'],
  statistics: JsonObject | null | undefined,
  seed: number,
): Pick<PlayedEpisode, 'return' | 'steps' | 'picture'> | undefined {
  const play = <P>(record: Recorder<P>, every: number): Recording<P> =>
    playAgent(model, environment, statistics, (made, act, speed) => record(made, act, { seed, every, ...speed }));
  const pictures = picturesOf(environment);
  if (pictures === undefined) return undefined;
  if (pictures === 'render') {
    // The first time only for its length.
    const { steps } = play(recordEpisode, Infinity);
    const recording = play(recordEpisode, Math.ceil(steps / MOST_FRAMES));
    const frames = recording.frames.map((frame) => shrink(frame, FRAME_WIDTH));
    const base64 = Buffer.from(recordingToGif({ ...recording, frames })).toString('base64');
    return { return: recording.return, steps, picture: { kind: 'gif', base64 } };
  }
  const { steps, return: sum, framesPerSecond: pace } = play(recordScenes, 1);
  let every = Math.max(Math.ceil(pace / MOST_PER_SECOND), Math.ceil(steps / MOST_SCENES));
  for (; ; every *= 2) {
    const { frames, framesPerSecond } = play(recordScenes, every);
    const svg = scenesToSvg(frames, framesPerSecond);
    if (svg.length <= MOST_CHARACTERS || frames.length < 3)
      return { return: sum, steps, picture: { kind: 'svg', svg } };
  }
}

type Recorder<P> = (
  environment: Parameters<typeof recordEpisode>[0],
  act: Parameters<typeof recordEpisode>[1],
  options: RecordOptions,
) => Recording<P>;
