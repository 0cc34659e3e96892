/** Bits into bytes, from the lowest bit up, as deflate and GIF want them. */
export class BitWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;
  #held = 0;
  #count = 0;

  /** The lowest `count` bits of a value, at most 16. */
  bits(value: number, count: number): void {
    this.#held |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#push(this.#held & 0xff);
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  /** The same from the highest of its bits down. */
  reversed(value: number, count: number): void {
    let turned = 0;
    for (let bit = 0; bit < count; bit++) turned |= ((value >>> bit) & 1) << (count - 1 - bit);
    this.bits(turned, count);
  }

  /** Fills the last byte with zeros. */
  align(): void {
    if (this.#count > 0) this.bits(0, 8 - this.#count);
  }

  /** All whole bytes so far. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(2 * this.#length);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length++] = byte;
  }
}
