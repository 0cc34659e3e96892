let expected = false;

/** Whether programs compiled from now on in this thread are written for an engine with vectors of 256 bits. */
export function wideVectorsExpected(): boolean {
  return expected;
}

/**
 * Says that the engine makes one operation on 256 bits out of two equal ones on neighbouring vectors. Register tiles then
 * hold twice as many vectors, which would be too many otherwise; no bit changes.
 */
export function expectWideVectors(wide = true): void {
  expected = wide;
}
