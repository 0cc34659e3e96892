const capacity = 4096;

/** The end of what a worker printed, in memory that survives the worker. Plain bytes: it may be shared with a thread. */
export type OutputBuffer = SharedArrayBuffer;

/** Room for the last 4 KB: four bytes of total length, then a ring of text. */
export function createOutputBuffer(): OutputBuffer {
  return new SharedArrayBuffer(4 + capacity);
}

/** Adds text; the oldest is overwritten. */
export function writeOutput(buffer: OutputBuffer, bytes: Uint8Array): void {
  const length = new Uint32Array(buffer, 0, 1);
  const ring = new Uint8Array(buffer, 4);
  const last = bytes.subarray(-capacity);
  let at = (length[0]! + bytes.length - last.length) % capacity;
  for (const byte of last) {
    ring[at] = byte;
    at = (at + 1) % capacity;
  }
  // A total that would overflow stays congruent to the place in the ring.
  const total = length[0]! + bytes.length;
  length[0] = total < 2 ** 31 ? total : (total % capacity) + capacity;
}

/** The text that is there, whole lines where something was cut off. */
export function readOutput(buffer: OutputBuffer): string {
  const total = new Uint32Array(buffer, 0, 1)[0]!;
  const ring = Uint8Array.from(new Uint8Array(buffer, 4));
  if (total <= capacity) return new TextDecoder().decode(ring.subarray(0, total)).trimEnd();
  const start = total % capacity;
  const text = new TextDecoder().decode(Uint8Array.from([...ring.subarray(start), ...ring.subarray(0, start)]));
  return text.slice(text.indexOf('\n') + 1).trimEnd();
}
