import type { Ansatz } from '../block.js';
import { basicAnsatz } from './basic-entangling-layers.js';
import { circularAnsatz } from './circular-entangling-layers.js';
import { hardwareEfficientAnsatz } from './hardware-efficient.js';
import { noEntanglementAnsatz } from './no-entanglement.js';
import { ppoQAnsatz } from './ppo-q.js';
import { simplifiedTwoDesignAnsatz } from './simplified-two-design.js';
import { strongAnsatz } from './strongly-entangling-layers.js';

/** The ansatz that come with the plugin, by name. */
export const ansatzes = {
  basic: basicAnsatz(),
  strong: strongAnsatz(),
  circular: circularAnsatz,
  none: noEntanglementAnsatz,
  'hardware-efficient': hardwareEfficientAnsatz,
  'ppo-q': ppoQAnsatz,
  'two-design': simplifiedTwoDesignAnsatz,
} satisfies Readonly<Record<string, Ansatz>>;
