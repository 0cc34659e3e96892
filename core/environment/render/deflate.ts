import { adler32 } from './checksums.js';
import { BitWriter } from './bit-writer.js';

const LONGEST = 258;
const SHORTEST = 3;

/** First length of each length code 257 + i, with its extra bits (RFC 1951, 3.2.5). */
const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthExtras = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

/**
 * Compresses into the format of zlib (RFC 1950) with fixed codes, replacing runs of one byte: enough for filtered rows of
 * pictures with large plain areas, which are mostly zeros.
 */
export function zlibCompress(bytes: Uint8Array): Uint8Array {
  const out = new BitWriter();
  out.bits(0x78, 8);
  out.bits(0x01, 8);
  out.bits(1, 1); // the last block
  out.bits(1, 2); // with fixed codes
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i]!;
    literal(out, byte);
    i++;
    let run = 0;
    while (run < LONGEST && bytes[i + run] === byte) run++;
    if (run < SHORTEST) continue;
    repeatLast(out, run);
    i += run;
  }
  literal(out, 256);
  out.align();
  const sum = adler32(bytes);
  for (const shift of [24, 16, 8, 0]) out.bits((sum >>> shift) & 0xff, 8);
  return out.bytes();
}

/** The byte before, `length` times more. */
function repeatLast(out: BitWriter, length: number): void {
  let code = lengthBases.length - 1;
  while (lengthBases[code]! > length) code--;
  literal(out, 257 + code);
  out.bits(length - lengthBases[code]!, lengthExtras[code]!);
  out.bits(0, 5); // distance 1
}

/** A symbol in its fixed code (RFC 1951, 3.2.6); codes are written from their highest bit. */
function literal(out: BitWriter, symbol: number): void {
  if (symbol < 144) out.reversed(0x30 + symbol, 8);
  else if (symbol < 256) out.reversed(0x190 + symbol - 144, 9);
  else if (symbol < 280) out.reversed(symbol - 256, 7);
  else out.reversed(0xc0 + symbol - 280, 8);
}
