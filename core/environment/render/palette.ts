import type { Frame } from '../environment.js';

/** Up to 256 colours that stand for all those of some frames. */
export interface Palette {
  /** 256 colours of 3 bytes. */
  readonly colours: Uint8Array;
  /** Number of the colour that stands for one. */
  indexOf(red: number, green: number, blue: number): number;
}

/**
 * The colours that occur most often, told apart to 5 bits per channel; any other is replaced by the nearest of them.
 * Scenes have few plain colours, and edges blend only some of them.
 */
export function choosePalette(frames: readonly Frame[]): Palette {
  const counts = new Uint32Array(1 << 15);
  const sums = new Float64Array(3 << 15);
  for (const { rgb } of frames) {
    for (let i = 0; i < rgb.length; i += 3) {
      const key = keyOf(rgb[i]!, rgb[i + 1]!, rgb[i + 2]!);
      counts[key]!++;
      sums[3 * key]! += rgb[i]!;
      sums[3 * key + 1]! += rgb[i + 1]!;
      sums[3 * key + 2]! += rgb[i + 2]!;
    }
  }
  const used = [...counts.keys()].filter((key) => counts[key]! > 0);
  used.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const colours = new Uint8Array(768);
  const chosen = used.slice(0, 256);
  chosen.forEach((key, index) => {
    for (let i = 0; i < 3; i++) colours[3 * index + i] = Math.round(sums[3 * key + i]! / counts[key]!);
  });
  const indexes = new Int16Array(1 << 15).fill(-1);
  chosen.forEach((key, index) => (indexes[key] = index));
  return {
    colours,
    indexOf(red, green, blue) {
      const key = keyOf(red, green, blue);
      if (indexes[key]! < 0) indexes[key] = nearest(colours, chosen.length, red, green, blue);
      return indexes[key]!;
    },
  };
}

function keyOf(red: number, green: number, blue: number): number {
  return ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
}

function nearest(colours: Uint8Array, count: number, red: number, green: number, blue: number): number {
  let [best, bestDistance] = [0, Infinity];
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [colours[3 * i]! - red, colours[3 * i + 1]! - green, colours[3 * i + 2]! - blue];
    const distance = r * r + g * g + b * b;
    if (distance < bestDistance) [best, bestDistance] = [i, distance];
  }
  return best;
}
