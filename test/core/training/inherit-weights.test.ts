import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { parseValues } from '../../../core/domain.js';
import { alignLayers } from '../../../core/genome/align-layers.js';
import { parseDna } from '../../../core/genome/dna.js';
import { createRng } from '../../../core/random.js';
import { copyBlock } from '../../../core/training/copy-block.js';
import { inheritWeights } from '../../../core/training/inherit-weights.js';
import { makeModel } from '../../../core/training/make-model.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';

const registries = createContainer(builtInPlugins).get(REGISTRIES);
const trainer = registries.trainers.get('ppo/clip');

/** Policy and value for 8 observations, of the child that inherited and of its parent. */
function outputs(parentDna: string, childDna: string, network: 'separate' | 'shared' = 'separate') {
  const options = parseValues(trainer.options, { network }, 'trainer');
  const parts = {
    kinds: registries.layers,
    environment: { kind: registries.environments.get('cartpole/v1'), options: {} },
    trainer: { trainer, options },
  };
  const make = (dna: string, seed: number) => {
    const genome = parseDna(dna, registries.layers);
    const model = makeModel(parts, genome);
    model.program.initialize(createRng(seed));
    // Start values of biases are 0 and those of heads nearly: trained ones are not.
    const { parameters } = model.program;
    const rng = createRng(100 + seed);
    for (let i = 0; i < parameters.length; i++) parameters[i]! += 0.1 * rng.normal();
    model.program.parametersChanged();
    return { genome, graph: model.graph, parameters, program: model.program };
  };
  const parent = make(parentDna, 1);
  const child = make(childDna, 2);
  const copied = inheritWeights(child, parent);
  child.program.parametersChanged();
  const run = ({ program }: typeof parent): number[] => {
    const rng = createRng(7);
    const { data, rows, stride } = program.inputs[0]!;
    for (let row = 0; row < rows; row++) {
      for (let sample = 0; sample < 8; sample++) data[row * stride + sample] = rng.uniform(-1, 1);
    }
    program.forward(8);
    return ['policy', 'value'].flatMap((name) => {
      const output = program.outputs[name]!;
      return Array.from({ length: output.rows * 8 }, (_, i) => output.data[(i >> 3) * output.stride + (i & 7)]!);
    });
  };
  return { child: run(child), parent: run(parent), copied, count: child.parameters.length };
}

function furthest(first: readonly number[], second: readonly number[]): number {
  return first.reduce((most, value, i) => Math.max(most, Math.abs(value - second[i]!)), 0);
}

describe('a child with the weights of its parent', () => {
  it.each([
    ['C 8 T C 1', 'C 8 T C 1', 'the same network'],
    ['C 8 T C 1', 'C 8 T C 7 I', 'another width of the head, which does not count'],
    ['C 8 T C 6 R C 1', 'C 8 T C 9 R C 1', 'more neurons'],
    ['C 8 T C 6 R C 1', 'C 12 T C 9 R C 1', 'more neurons in two layers'],
    ['C 8 T C 6 R C 1', 'C 8 T C 6 R C 6 R C 1', 'a relu layer after relu'],
    ['C 8 T C 6 R C 1', 'C 8 T C 6 R C 11 R C 1', 'a wider relu layer after relu'],
    ['C 8 T C 6 R C 1', 'C 8 T C 8 I C 6 R C 1', 'a layer without activation'],
    ['C 8 T C 3 R Q 3 F 1 C 1', 'C 8 T C 3 R Q 3 F 1 C 1', 'the same circuit'],
    ['C 8 T C 3 R Q 3 F 1 C 1', 'C 12 T C 3 R Q 3 F 1 C 1', 'more neurons before a circuit'],
  ])('computes what its parent does: %s -> %s', (parent, child) => {
    for (const network of ['separate', 'shared'] as const) {
      const result = outputs(parent, child, network);
      expect(furthest(result.child, result.parent)).toBeLessThan(2e-6);
      expect(
        furthest(
          result.parent,
          result.parent.map(() => 0),
        ),
      ).toBeGreaterThan(0.01);
    }
  });

  it.each([
    ['C 8 T C 6 R C 1', 'C 8 T C 4 R C 1', 'fewer neurons'],
    ['C 8 T C 6 R C 1', 'C 8 T C 6 R C 3 R C 1', 'a waist'],
    ['C 8 T C 6 R C 1', 'C 8 T C 6 T C 1', 'another activation'],
    ['C 8 T C 6 R C 1', 'C 8 T C 1', 'a layer less'],
    ['C 8 T C 3 R Q 3 F 1 C 1', 'C 8 T C 3 R Q 3 F 2 C 1', 'another repetition'],
    ['C 8 T C 3 R Q 3 F 1 C 1', 'C 8 T C 4 R Q 4 F 1 C 1', 'another qubit'],
  ])('takes over what fits: %s -> %s (%s)', (parent, child) => {
    const { copied, count } = outputs(parent, child);
    expect(copied).toBeGreaterThan(count / 4);
    expect(copied).toBeLessThanOrEqual(count);
  });

  it('is nearly what its parent was with a tanh layer after tanh', () => {
    const near = outputs('C 8 T C 6 T C 1', 'C 8 T C 6 T C 6 T C 1');
    expect(furthest(near.child, near.parent)).toBeLessThan(
      0.5 *
        furthest(
          near.parent,
          near.parent.map(() => 0),
        ),
    );
    expect(furthest(near.child, near.parent)).toBeGreaterThan(1e-4);
  });

  it('has a head of its own where its parent ended otherwise', () => {
    // Four neurons with four weights and a bias, in both networks.
    expect(outputs('C 4 T Q 4 F 1', 'C 8 T C 1').copied).toBe(40);
  });
});

describe('layers of parent and child', () => {
  const align = (parent: string, child: string) =>
    alignLayers(parseDna(parent, registries.layers), parseDna(child, registries.layers));

  it.each([
    ['C 8 T C 6 R C 1', 'C 8 T C 6 R C 1', [0, 1, 2]],
    ['C 8 T C 6 R C 1', 'C 8 T C 5 T C 6 R C 1', [0, undefined, 1, 2]],
    ['C 8 T C 5 T C 6 R C 1', 'C 8 T C 6 R C 1', [0, 2, 3]],
    ['C 8 T C 6 R C 1', 'C 8 T C 7 R C 1', [0, 1, 2]],
    ['C 8 T C 4 R Q 4 F 1 C 1', 'C 8 T C 4 R C 1', [0, 1, 3]],
    ['C 4 R Q 4 F 1', 'C 4 R C 1', [0, undefined]],
  ])('are paired: %s -> %s', (parent, child, expected) => {
    expect(align(parent, child)).toEqual(expected);
  });
});

describe('a block of values', () => {
  it('is copied as far as both go', () => {
    const to = { values: new Float32Array(2 * 2 * 2).fill(9), shape: [2, 2, 2] };
    const from = { values: Float32Array.from({ length: 3 }, (_, i) => i), shape: [1, 3, 1] };
    expect(copyBlock(from, to, false)).toBe(2);
    expect([...to.values]).toEqual([0, 9, 1, 9, 9, 9, 9, 9]);
  });

  it('of a linear map brings its bias along, and silences new inputs', () => {
    const to = { values: new Float32Array(3 * 4).fill(9), shape: [3, 4] };
    // One input and the bias.
    const from = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
    expect(copyBlock(from, to, true)).toBe(4);
    expect([...to.values]).toEqual([1, 0, 0, 2, 3, 0, 0, 4, 9, 9, 9, 9]);
  });
});
