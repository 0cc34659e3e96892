import { product } from '../angle.js';
import { defineEncoding } from '../block.js';
import { gate } from '../circuit.js';

/**
 * RX(pi x_i) on wire i: bits 0 and 1 give their basis state, up to a global phase, as PennyLane's BasisEmbedding; numbers between them
 * give what lies between, so that there is a gradient.
 */
export const basisEncoding = defineEncoding({
  name: 'basis',
  summary: 'RX(pi x_i) on wire i: bits become a basis state',
  capacity: (wires) => wires,
  gates: ({ features, feature }) =>
    Array.from({ length: features }, (_, wire) => gate('RX', [wire], product(Math.PI, feature(wire)))),
});
