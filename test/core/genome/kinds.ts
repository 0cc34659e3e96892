import { boolean, choice, integer, real } from '../../../core/domain.js';
import { defineLayerKind } from '../../../core/layer/layer-kind.js';
import { Registry } from '../../../core/registry.js';
import { standIns } from '../../plugins/paper/kinds.js';

/** A layer without notation, with every type of hyperparameter. */
export const scale = defineLayerKind({
  id: 'demo/scale',
  summary: 'keeps the number of rows',
  hyper: {
    factor: real(-4, 4, { fallback: 1 }),
    power: integer(1, 3),
    fixed: boolean({ fallback: false }),
    mode: choice(['a ] b', '{"'], { fallback: 'a ] b' }),
  },
  outputRows: (_hyper, inputRows) => inputRows,
  lower: (_hyper, _graph, input) => input,
});

export const kinds = new Registry('layer', [...standIns, scale]);
