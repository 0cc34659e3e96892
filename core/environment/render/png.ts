import type { Frame } from '../environment.js';
import { crc32 } from './checksums.js';
import { zlibCompress } from './deflate.js';

/** A frame as a PNG file of 8-bit RGB (W3C PNG, third edition). */
export function encodePng({ width, height, rgb }: Frame): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2, 0, 0, 0], 8);
  const chunks = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', zlibCompress(filtered(width, height, rgb))),
    chunk('IEND', new Uint8Array(0)),
  ];
  return joined(chunks);
}

/** Every row as its difference from the one above: plain areas become zeros. */
function filtered(width: number, height: number, rgb: Uint8Array): Uint8Array {
  const row = 3 * width;
  const out = new Uint8Array(height * (row + 1));
  for (let y = 0; y < height; y++) {
    const at = y * (row + 1);
    out[at] = 2; // filter "up"
    for (let x = 0; x < row; x++) out[at + 1 + x] = rgb[y * row + x]! - (y === 0 ? 0 : rgb[(y - 1) * row + x]!);
  }
  return out;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = name.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

/** Pieces one after the other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
