import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from '@jest/globals';
import { scenesToSvg } from '../../../../core/environment/render/animated-svg.js';
import { circle, line, rectangle, type Scene, type Shape } from '../../../../core/environment/render/scene.js';
import { shrink } from '../../../../core/environment/render/shrink.js';

const scene = (shapes: readonly Shape[]): Scene => ({ width: 20, height: 10, background: [255, 255, 255], shapes });
const ground = line(
  [
    [0, 9],
    [20, 9],
  ],
  [0, 0, 0],
);
const ball = (x: number, radius = 1): Shape => circle([x, 4], radius, [200, 0, 0]);
const box = rectangle(1, 1, 2, 2, [0, 0, 200]);

function animationsIn(svg: string) {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml');
  return [...root.getElementsByTagName('animate')].map((node) => ({
    of: (node.parentNode as unknown as { tagName: string }).tagName, // an element, as in every document
    name: node.getAttribute('attributeName'),
    values: node.getAttribute('values')!.split(';'),
    seconds: Number.parseFloat(node.getAttribute('dur')!),
  }));
}

describe('scenesToSvg', () => {
  it('moves what moves, writes once what stays, and holds the end', () => {
    const svg = scenesToSvg([scene([ground, ball(2)]), scene([ground, ball(3.26)]), scene([ground, ball(5)])], 4, 0.5);
    expect(svg.match(/<polyline/g)).toHaveLength(1);
    expect(animationsIn(svg)).toEqual([
      { of: 'circle', name: 'cx', values: ['2', '3.3', '5', '5', '5'], seconds: 5 / 4 },
    ]);
    expect(svg).toContain('<circle cx="2" cy="4" r="1" fill="rgb(200 0 0)">');
  });

  it('shows things only while they are there, in the order of the scene', () => {
    const svg = scenesToSvg([scene([ground]), scene([box, ground, ball(2)]), scene([ground, ball(2)])], 10, 0);
    const tags = [...svg.matchAll(/<(polygon|polyline|circle)/g)].map(([, tag]) => tag);
    expect(tags).toEqual(['polygon', 'polyline', 'circle']);
    const values = Object.fromEntries(animationsIn(svg).map((one) => [`${one.of} ${one.name}`, one.values]));
    expect(values['circle r']).toEqual(['0', '1', '1']);
    expect(values['polygon points']).toEqual(['0,0', '1,1 3,1 3,3 1,3', '0,0']);
  });

  it('keeps apart things that look alike', () => {
    const svg = scenesToSvg([scene([ball(1), ball(8)]), scene([ball(1), ball(9)])], 10, 0);
    expect(animationsIn(svg)).toEqual([{ of: 'circle', name: 'cx', values: ['8', '9'], seconds: 0.2 }]);
  });

  it('needs a scene', () => {
    expect(() => scenesToSvg([], 10)).toThrow(RangeError);
  });
});

describe('shrink', () => {
  it('takes means of squares, and leaves small pictures alone', () => {
    const frame = { width: 5, height: 2, rgb: new Uint8Array(30).map((_, i) => (i % 15 < 6 ? 100 : 40)) };
    frame.rgb.fill(200, 15, 21);
    const small = shrink(frame, 3);
    expect(small).toEqual({ width: 2, height: 1, rgb: Uint8Array.of(150, 150, 150, 40, 40, 40) });
    expect(shrink(frame, 5)).toBe(frame);
  });
});
