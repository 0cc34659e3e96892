import type { Scene } from './scene.js';
import { css, svgOf, type SvgShape } from './svg.js';

/** Tenths of a pixel: what moves needs no more. */
const PER_PIXEL = 10;

/**
 * Scenes of one size as an SVG document that shows them one after the other and starts again for ever (animation elements
 * of SVG 1.1, chapter 19). It needs no script and stays sharp at any size; what never changes is written once.
 * @param hold seconds that the last scene stays
 * @throws RangeError without a scene
 */
export function scenesToSvg(scenes: readonly Scene[], framesPerSecond: number, hold = 1): string {
  const first = scenes[0];
  if (first === undefined) throw new RangeError('an animation needs at least one scene');
  const { width, height, background } = first;
  const held = Math.round(hold * framesPerSecond);
  const seconds = (scenes.length + held) / framesPerSecond;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${css(background)}"/>`,
    ...tracksOf(scenes).map((track) => element(track, held, seconds)),
    '</svg>',
  ].join('\n');
}

/** One thing through all scenes. */
interface Track {
  readonly key: string;
  readonly look: SvgShape;
  /** Undefined where it is not drawn. */
  readonly facts: (SvgShape['facts'] | undefined)[];
}

/** Shapes that look alike are one thing in the order in which they are drawn: the first with the first, and so on. */
function tracksOf(scenes: readonly Scene[]): readonly Track[] {
  const tracks: Track[] = [];
  scenes.forEach(({ shapes }, time) => {
    const counts = new Map<string, number>();
    // A thing that was not there before is drawn right above the one that it follows now.
    let place = 0;
    for (const shape of shapes) {
      const look = svgOf(shape, PER_PIXEL);
      const name = `${look.tag} ${look.paint}`;
      const number = counts.get(name) ?? 0;
      counts.set(name, number + 1);
      const key = `${name} ${number}`;
      let at = tracks.findIndex((track) => track.key === key);
      if (at < 0) {
        at = place;
        tracks.splice(at, 0, { key, look, facts: scenes.map(() => undefined) });
      }
      tracks[at]!.facts[time] = look.facts;
      place = at + 1;
    }
  });
  return tracks;
}

function element({ look: { tag, paint, facts: some }, facts }: Track, held: number, seconds: number): string {
  const frames = [...facts, ...Array.from({ length: held }, () => facts.at(-1))];
  const attributes: string[] = [];
  const changes: string[] = [];
  for (const name of Object.keys(some)) {
    // Where it is not drawn, a point stands for all corners, and nothing for a radius.
    const values = frames.map((frame) => frame?.[name] ?? (name === 'points' ? '0,0' : '0'));
    attributes.push(`${name}="${values[0]!}"`);
    if (values.every((value) => value === values[0])) continue;
    const timing = `calcMode="discrete" dur="${seconds.toFixed(3)}s" repeatCount="indefinite"`;
    changes.push(`<animate attributeName="${name}" ${timing} values="${values.join(';')}"/>`);
  }
  const start = `<${tag} ${attributes.join(' ')} ${paint}`;
  return changes.length === 0 ? `${start}/>` : `${start}>${changes.join('')}</${tag}>`;
}
