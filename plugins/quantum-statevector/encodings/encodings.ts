import type { Encoding } from '../block.js';
import { amplitudeEncoding } from './amplitude.js';
import { angleEncoding, hadamardAngleEncoding } from './angle.js';
import { basisEncoding } from './basis.js';
import { iqpEncoding } from './iqp.js';

/** The encodings that come with the plugin, by name. */
export const encodings = {
  'angle-x': angleEncoding('X'),
  'angle-y': angleEncoding('Y'),
  'angle-z': angleEncoding('Z'),
  'hadamard-angle-z': hadamardAngleEncoding,
  iqp: iqpEncoding,
  basis: basisEncoding,
  amplitude: amplitudeEncoding,
} satisfies Readonly<Record<string, Encoding>>;
