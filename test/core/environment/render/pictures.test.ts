import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeEnvironment } from '../../../../core/environment/make-environment.js';
import { zlibCompress } from '../../../../core/environment/render/deflate.js';
import { encodeGif } from '../../../../core/environment/render/gif.js';
import { encodePng } from '../../../../core/environment/render/png.js';
import { rasterise } from '../../../../core/environment/render/rasterise.js';
import { recordEpisode, recordingToGif } from '../../../../core/environment/render/record-episode.js';
import { circle, line, polygon, rectangle, type Scene } from '../../../../core/environment/render/scene.js';
import { sceneToSvg } from '../../../../core/environment/render/svg.js';
import { cartPole } from '../../../../environments/cartpole/index.js';

const scene = (shapes: Scene['shapes']): Scene => ({ width: 20, height: 10, background: [255, 255, 255], shapes });
const pixel = ({ width, rgb }: ReturnType<typeof rasterise>, x: number, y: number): number[] => [
  ...rgb.slice(3 * (y * width + x), 3 * (y * width + x) + 3),
];

describe('rasterise', () => {
  it('fills inside and nothing outside', () => {
    const frame = rasterise(scene([rectangle(2, 3, 4, 5, [10, 20, 30])]));
    expect(pixel(frame, 2, 3)).toEqual([10, 20, 30]);
    expect(pixel(frame, 5, 7)).toEqual([10, 20, 30]);
    for (const [x, y] of [
      [1, 3],
      [6, 3],
      [2, 2],
      [2, 8],
    ] as const)
      expect(pixel(frame, x, y)).toEqual([255, 255, 255]);
  });

  it('blends by the share that is covered', () => {
    const frame = rasterise(scene([rectangle(2.5, 3, 1, 0.5, [0, 0, 0])]));
    expect(pixel(frame, 2, 3)).toEqual([191, 191, 191]);
  });

  it('covers as much as the shape is large', () => {
    const disc = rasterise(scene([circle([10, 5], 4, [0, 0, 0])]));
    const dark = disc.rgb.reduce((sum, value) => sum + (255 - value) / 255, 0) / 3;
    expect(Math.abs(dark - Math.PI * 16)).toBeLessThan(1);
  });

  it('cuts off what lies beyond the picture', () => {
    const frame = rasterise(
      scene([
        line(
          [
            [-50, 5],
            [70, 5],
          ],
          [0, 0, 0],
          2,
        ),
        polygon(
          [
            [-9, -9],
            [-1, -9],
            [-9, -1],
          ],
          [9, 9, 9],
        ),
      ]),
    );
    expect(pixel(frame, 0, 5)).toEqual([0, 0, 0]);
    expect(pixel(frame, 19, 4)).toEqual([0, 0, 0]);
    expect(pixel(frame, 0, 0)).toEqual([255, 255, 255]);
  });
});

describe('zlibCompress', () => {
  it('is undone by zlib', () => {
    const runs = fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 600 })), { maxLength: 30 });
    fc.assert(
      fc.property(runs, (pieces) => {
        const bytes = Uint8Array.from(pieces.flatMap(([byte, count]) => Array<number>(count).fill(byte)));
        expect(new Uint8Array(inflateSync(zlibCompress(bytes)))).toEqual(bytes);
      }),
    );
  });
});

describe('encodePng', () => {
  it('holds the pixels', () => {
    const frame = rasterise(scene([circle([10, 5], 4, [200, 30, 60])]));
    const png = Buffer.from(encodePng(frame));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([20, 10]);
    const at = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    const pixels = new Uint8Array(20 * 10 * 3);
    for (let y = 0; y < 10; y++) {
      for (let x = 0; x < 60; x++)
        pixels[60 * y + x] = rows[61 * y + 1 + x]! + (y === 0 ? 0 : pixels[60 * (y - 1) + x]!);
    }
    expect(pixels).toEqual(frame.rgb);
  });
});

describe('encodeGif', () => {
  it('holds the pixels of every frame', () => {
    const frames = [2, 6, 11].map((x) => rasterise(scene([rectangle(x, 2, 5, 5, [8, 16, 80])])));
    const { shown, delay } = decodeGif(encodeGif(frames, 25));
    expect(shown).toEqual(frames.map(({ rgb }) => rgb));
    expect(delay).toBe(4);
  });

  it('survives pictures that fill the table of codes', () => {
    const rgb = new Uint8Array(300 * 200 * 3);
    let bits = 1;
    for (let i = 0; i < rgb.length; i += 3) {
      bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
      rgb.fill((bits >>> 28) * 16, i, i + 3);
    }
    expect(decodeGif(encodeGif([{ width: 300, height: 200, rgb }], 10)).shown[0]).toEqual(rgb);
  });
});

describe('sceneToSvg', () => {
  it('writes every shape', () => {
    const svg = sceneToSvg(
      scene([
        circle([1, 2], 3, [1, 2, 3]),
        line(
          [
            [0, 0],
            [1.234567, 1],
          ],
          [0, 0, 0],
        ),
        rectangle(0, 0, 1, 1, [9, 9, 9]),
      ]),
    );
    expect(svg.match(/<(circle|polyline|polygon|rect)/g)).toEqual(['<rect', '<circle', '<polyline', '<polygon']);
    expect(svg).toContain('1.23,1');
  });
});

describe('recordEpisode', () => {
  it('plays one episode and keeps its pictures', () => {
    const recording = recordEpisode(makeEnvironment(cartPole), () => 1, { seed: 0, framesPerSecond: 50, every: 2 });
    expect(recording.return).toBe(recording.steps);
    expect(recording.frames.length).toBe(1 + Math.ceil(recording.steps / 2));
    const { shown } = decodeGif(recordingToGif(recording));
    expect(shown.length).toBe(recording.frames.length);
  });
});

/** Frames of a GIF with one palette, by the book. */
function decodeGif(gif: Uint8Array): { shown: Uint8Array[]; delay: number } {
  const width = gif[6]! | (gif[7]! << 8);
  const height = gif[8]! | (gif[9]! << 8);
  const palette = gif.slice(13, 13 + 768);
  const shown: Uint8Array[] = [];
  let delay = 0;
  for (let at = 13 + 768; gif[at] !== 0x3b;) {
    const data: number[] = [];
    const kind = gif[at]!;
    if (kind === 0x21 && gif[at + 1] === 0xf9) delay = gif[at + 4]! | (gif[at + 5]! << 8);
    at += kind === 0x21 ? 2 : 11;
    for (; gif[at] !== 0; at += gif[at]! + 1) data.push(...gif.subarray(at + 1, at + 1 + gif[at]!));
    at++;
    if (kind === 0x21) continue;
    const indexes = unpack(data);
    const rgb = new Uint8Array(width * height * 3);
    indexes.forEach((index, i) => rgb.set(palette.subarray(3 * index, 3 * index + 3), 3 * i));
    shown.push(rgb);
  }
  return { shown, delay };
}

function unpack(data: readonly number[]): number[] {
  const out: number[] = [];
  let table: number[][] = [];
  let [width, bit, previous] = [9, 0, [] as number[]];
  for (;;) {
    let code = 0;
    for (let i = 0; i < width; i++, bit++) code |= ((data[bit >> 3]! >> (bit & 7)) & 1) << i;
    if (code === 257) return out;
    if (code === 256) {
      table = Array.from({ length: 258 }, (_, i) => [i]);
      width = 9;
      previous = [];
      continue;
    }
    const entry = table[code] ?? [...previous, previous[0]!];
    out.push(...entry);
    if (previous.length > 0) table.push([...previous, entry[0]!]);
    if (table.length === 1 << width && width < 12) width++;
    previous = entry;
  }
}
