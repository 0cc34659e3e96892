import { describe, expect, it } from '@jest/globals';
import { box } from '../../../core/environment/space.js';
import { express } from '../../../core/genome/express.js';
import type { Genome } from '../../../core/genome/genome.js';
import { defineLayerKind } from '../../../core/layer/layer-kind.js';
import { lowerNetwork } from '../../../core/model/build-model.js';
import { Registry } from '../../../core/registry.js';

describe('lowering', () => {
  it('names the layer whose op gets an attribute that is no number', () => {
    const wrong = defineLayerKind({
      id: 'demo/wrong',
      summary: 'divides by zero',
      hyper: {},
      notation: { symbol: 'W', fields: [] },
      outputRows: (_hyper, rows) => rows,
      lower: (_hyper, graph, input) => graph.scale(input, 0 / 0),
    });
    const genome: Genome = { layers: [{ kind: 'demo/wrong' }] };
    const kinds = new Registry('layer', [wrong]);
    const expressed = express(genome, { kinds, task: { observationRows: 1, policyRows: 1 } });
    if (!expressed.ok) throw new Error(expressed.reason);
    const options = { network: 'separate', observationSpace: box([0], [1]) } as const;
    expect(() => lowerNetwork(expressed.network, options)).toThrow(
      /layer 1 \(demo\/wrong\) gave the op "[^"]+" an attribute that is no finite number.*got NaN.*\[invalid-attribute\]/,
    );
  });
});
