import type { Frame } from '../environment.js';

/** A picture of at most so many pixels in width, each the mean of a square of the original's; the last row and column may go. */
export function shrink(frame: Frame, width: number): Frame {
  const factor = Math.ceil(frame.width / width);
  if (factor === 1) return frame;
  const [columns, rows] = [Math.floor(frame.width / factor), Math.floor(frame.height / factor)];
  const rgb = new Uint8Array(columns * rows * 3);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let y = row * factor; y < (row + 1) * factor; y++) {
          for (let x = column * factor; x < (column + 1) * factor; x++)
            sum += frame.rgb[(y * frame.width + x) * 3 + channel]!;
        }
        rgb[(row * columns + column) * 3 + channel] = Math.round(sum / (factor * factor));
      }
    }
  }
  return { width: columns, height: rows, rgb };
}
