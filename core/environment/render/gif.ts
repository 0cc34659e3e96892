import type { Frame } from '../environment.js';
import { BitWriter } from './bit-writer.js';
import { choosePalette } from './palette.js';
import { joined } from './png.js';

/**
 * Frames of one size as an animated GIF that repeats for ever (CompuServe, GIF89a), with one palette for all.
 * @param framesPerSecond at most 50: players do not show more
 */
export function encodeGif(frames: readonly Frame[], framesPerSecond: number): Uint8Array {
  const first = frames[0];
  if (first === undefined) throw new RangeError('an animation needs at least one frame');
  const { width, height } = first;
  const palette = choosePalette(frames);
  const delay = Math.max(2, Math.round(100 / framesPerSecond));
  const size = [width & 0xff, width >> 8, height & 0xff, height >> 8];
  const pieces: Uint8Array[] = [
    text('GIF89a'),
    Uint8Array.of(...size, 0xf7, 0, 0), // a palette of 256 colours for all frames
    palette.colours,
    Uint8Array.of(0x21, 0xff, 11),
    text('NETSCAPE2.0'),
    Uint8Array.of(3, 1, 0, 0, 0), // for ever
  ];
  for (const { rgb } of frames) {
    const indexes = new Uint8Array(width * height);
    for (let i = 0; i < indexes.length; i++) {
      indexes[i] = palette.indexOf(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!);
    }
    pieces.push(
      Uint8Array.of(0x21, 0xf9, 4, 4, delay & 0xff, delay >> 8, 0, 0),
      Uint8Array.of(0x2c, 0, 0, 0, 0, ...size, 0, 8),
      blocks(compressed(indexes)),
    );
  }
  pieces.push(Uint8Array.of(0x3b));
  return joined(pieces);
}

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4096;

/** Welch, "A technique for high-performance data compression" (1984), with codes of 9 to 12 bits. */
function compressed(indexes: Uint8Array): Uint8Array {
  const out = new BitWriter();
  // Code of a known run followed by one more index: children[run << 8 | index]; 0 = unknown.
  const children = new Uint16Array(MOST_CODES << 8);
  let next = END + 1;
  let width = 9;
  out.bits(CLEAR, width);
  let run = indexes[0]!;
  for (let i = 1; i < indexes.length; i++) {
    const index = indexes[i]!;
    const known = children[(run << 8) | index]!;
    if (known !== 0) {
      run = known;
      continue;
    }
    out.bits(run, width);
    children[(run << 8) | index] = next;
    if (next === 1 << width && width < 12) width++;
    next++;
    if (next === MOST_CODES) {
      out.bits(CLEAR, width);
      children.fill(0);
      next = END + 1;
      width = 9;
    }
    run = index;
  }
  out.bits(run, width);
  if (next === 1 << width && width < 12) width++;
  out.bits(END, width);
  out.align();
  return out.bytes();
}

/** Data in blocks of at most 255 bytes, each with its length, and an empty one at the end. */
function blocks(data: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    pieces.push(Uint8Array.of(block.length), block);
  }
  return joined([...pieces, Uint8Array.of(0)]);
}

function text(value: string): Uint8Array {
  return Uint8Array.from({ length: value.length }, (_, i) => value.charCodeAt(i));
}
