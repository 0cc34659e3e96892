import { compile, createReference, finiteDifferences, Graph } from '../../compiler/index.js';
import { suggest, isHqnasError } from '../../core/errors.js';
import { parseDna, printDna } from '../../core/genome/dna.js';
import { sampleWithin } from '../../core/genome/limits.js';
import type { Limits } from '../../core/genome/genome.js';
import type { Gene, LayerKind, LayerPlan, Place } from '../../core/layer/layer-kind.js';
import { createRng, type Rng } from '../../core/random.js';
import { Registry } from '../../core/registry.js';
import type { Rows } from '../../core/rows.js';
import type { Check } from './contract.js';
import { ensure, ensureEqual } from './expect.js';

/** How large and how exact the networks of the checks are. */
export interface LayerContractOptions {
  /** Whole-number hyperparameters of the networks that are computed; others are kept within six of their minimum. */
  readonly limits?: Readonly<Record<string, readonly [minimum: number, maximum: number]>>;
  /** Random networks per numeric check. Default 12. */
  readonly networks?: number;
  /** Largest error of float32 kernels, relative to the largest value of the result (at least 1). Default 2e-5. */
  readonly tolerance?: number;
}

/** A layer in a place where it can stand. */
interface Placed {
  readonly plan: LayerPlan;
  readonly place: Place;
  readonly inputRows: number;
  readonly outputRows: number;
}

/** What every layer kind promises: data in its domains, DNA that comes back, declared shapes, correct gradients. */
export function layerKindContract(kind: LayerKind, options: LayerContractOptions = {}): readonly Check[] {
  const limits = smallLimits(kind, options.limits);
  const samples = (count: number): readonly { readonly gene: Gene; readonly rng: Rng }[] =>
    Array.from({ length: count }, (_, i) => ({ gene: kind.sample(createRng(i)), rng: createRng(i).fork('contract') }));
  const networks = (): readonly Placed[] =>
    Array.from({ length: options.networks ?? 12 }, (_, i) => place(kind, limits, createRng(i))).flat();
  const check = (name: string, run: () => void): Check => ({ name: `${kind.id}: ${name}`, run });

  return [
    check('samples lie in their domains and are reproducible', () => {
      for (const [seed, { gene }] of samples(100).entries()) {
        ensureInDomains(kind, gene);
        ensureEqual(kind.sample(createRng(seed)), gene, 'equal streams give equal samples');
      }
    }),
    check('a perturbed gene differs in at most one hyperparameter, by a value of its domain', () => {
      for (const { gene, rng } of samples(100)) {
        const before = JSON.stringify(gene);
        const other = kind.perturb(gene, rng);
        ensureInDomains(kind, other);
        const changed = Object.keys(kind.hyper).filter((name) => gene[name] !== other[name]);
        ensure(changed.length <= 1, `${JSON.stringify(other)} differs from ${before} in ${changed.join(', ')}`);
        ensure(JSON.stringify(gene) === before, `perturb changed its gene ${before}`);
      }
    }),
    check('hyperparameters that do not exist are refused', () => {
      const gene = { ...kind.sample(createRng(1)), 'no-such-hyperparameter': 1 };
      try {
        kind.plan(gene);
      } catch (error) {
        ensure(isHqnasError(error) && error.code === 'unknown-option', `plan threw ${String(error)}`);
        return;
      }
      throw new Error('plan took a hyperparameter that does not exist');
    }),
    check('the notation names existing hyperparameters and every value has a letter of its own', () => {
      for (const { hyper, letters } of kind.notation?.fields ?? []) {
        const names = Object.keys(kind.hyper);
        ensure(
          names.includes(hyper),
          `no hyperparameter "${hyper}"; did you mean "${suggest(hyper, names) ?? names[0] ?? ''}"?`,
        );
        const all = Object.values(letters ?? {});
        ensure(new Set(all).size === all.length, `two values of "${hyper}" share a letter`);
      }
    }),
    check('genes come back from their DNA', () => {
      const kinds = new Registry('layer', [kind]);
      for (const { gene, rng } of samples(100)) {
        const genome = { layers: [gene, kind.sample(rng), gene] };
        ensureEqual(parseDna(printDna(genome, kinds), kinds), genome, 'parseDna(printDna(genome))');
      }
    }),
    check('identities are JSON and equal for equal genes', () => {
      for (const { plan, place } of networks()) {
        ensureEqual(plan.identity(place), kind.plan({ ...plan.gene }).identity({ ...place }), 'identity');
      }
    }),
    check('stands in some place, and says why where it cannot', () => {
      ensure(networks().length > 0, 'the layer was refused in every place that was tried');
      const refusals = samples(30).map(({ gene, rng }) => {
        const plan = kind.plan(gene);
        return plan.outputRows(plan.inputRows ?? rng.between(1, 6), { rows: 7, role: 'policy', gain: 1 });
      });
      for (const rows of refusals) {
        if (typeof rows === 'number') ensure(Number.isInteger(rows) && rows > 0, `outputRows gave ${rows}`);
        else ensure(rows.reason.length > 0, 'a refusal without a reason');
      }
    }),
    check('lowers to the rows that it declares', () => {
      for (const placed of networks()) lower(placed);
    }),
    check('float64 gradients agree with central differences, for weights and inputs', () => {
      for (const [seed, placed] of networks().entries()) {
        const { graph, output } = lower(placed);
        const at = operands(graph, placed, 3, createRng(seed).fork('operands'));
        const { worst, where } = finiteDifferences(
          graph,
          { output },
          { ...at, cotangents: { output: at.cotangent }, samples: 3 },
        );
        ensure(worst < 1e-6, `${describe(placed)}: ${where} is off by ${worst}`);
      }
    }),
    check('compiled float32 kernels agree with the float64 reference, forward and backward', () => {
      for (const [seed, placed] of networks().entries())
        ensureCompiled(placed, createRng(seed), options.tolerance ?? 2e-5);
    }),
  ];
}

function smallLimits(kind: LayerKind, given: LayerContractOptions['limits'] = {}): Limits {
  const small = Object.entries(kind.hyper).flatMap(([name, domain]) =>
    'minimum' in domain && typeof domain.minimum === 'number'
      ? [[name, [domain.minimum, domain.minimum + 6]] as const]
      : [],
  );
  return { layers: [1, 1], ...Object.fromEntries(small), ...given };
}

function place(kind: LayerKind, limits: Limits, rng: Rng): readonly Placed[] {
  const gene = sampleWithin(kind, limits, rng);
  if (gene === undefined) throw new Error('the limits of the contract leave no gene');
  const plan = kind.plan(gene);
  const inputRows = plan.inputRows ?? rng.between(1, 6);
  const places: readonly Place[] = [
    { rows: undefined, role: 'hidden', gain: Math.SQRT2 },
    { rows: rng.between(1, 4), role: 'hidden', gain: 1 },
    { rows: rng.between(1, 4), role: 'policy', gain: 0.5 },
    { rows: 1, role: 'value', gain: 1 },
  ];
  return places.flatMap((place) => {
    const outputRows = plan.outputRows(inputRows, place);
    return typeof outputRows === 'number' ? [{ plan, place, inputRows, outputRows }] : [];
  });
}

function lower(placed: Placed): { readonly graph: Graph; readonly output: ReturnType<LayerPlan['lower']> } {
  const { plan, inputRows, outputRows } = placed;
  const graph = new Graph();
  const output = plan.lower(graph, graph.input(inputRows), placed.place);
  ensure(output.rows === outputRows, `${describe(placed)}: declares ${outputRows} rows, gives ${output.rows}`);
  return { graph, output };
}

/** Random operands; weights as the layer draws them, disturbed so that no start value at zero hides a mistake. */
function operands(graph: Graph, { inputRows, outputRows }: Placed, samples: number, rng: Rng) {
  const normal = (length: number): Float64Array => Float64Array.from({ length }, () => Math.fround(rng.normal()));
  const parameters = new Float64Array(graph.parameterCount);
  for (const { offset, size, shape, initialize } of graph.parameters) {
    initialize(parameters.subarray(offset, offset + size), shape, rng.fork('initialize', offset));
  }
  for (const [i, value] of parameters.entries()) parameters[i] = Math.fround(value + 0.1 * rng.normal());
  return { parameters, inputs: [normal(inputRows * samples)], cotangent: normal(outputRows * samples) };
}

/** So few samples may be computed one by one. */
const few = 3;

function ensureCompiled(placed: Placed, rng: Rng, tolerance: number): void {
  const { graph, output } = lower(placed);
  const samples = 5;
  const { parameters, inputs, cotangent } = operands(graph, placed, samples, rng.fork('operands'));
  const reference = createReference(graph, { output });
  const expected = reference.forward(inputs, parameters, samples)['output']!;
  const gradients = reference.backward({ output: cotangent });

  const program = compile(graph, { outputs: { output }, inputGradients: true, capacity: 8 });
  program.parameters.set(parameters);
  program.parametersChanged();
  write(program.inputs[0]!, inputs[0]!, samples);
  write(program.outputGradients['output']!, cotangent, samples);
  program.forward(samples);
  ensureClose(read(program.outputs['output']!, samples), expected, tolerance, `${describe(placed)}: output`);
  program.backward(samples);
  ensureClose(program.gradients, gradients.parameters, tolerance, `${describe(placed)}: gradient of weight`);
  const inputGradient = read(program.inputGradients![0]!, samples);
  ensureClose(inputGradient, gradients.inputs[0]!, tolerance, `${describe(placed)}: gradient of input`);
  const together = read(program.outputs['output']!, few);
  program.forward(few, 'output');
  const alone = read(program.outputs['output']!, few);
  ensure(
    alone.every((value, i) => Object.is(value, together[i]!)),
    `${describe(placed)}: the last bits of an output depend on the number of samples`,
  );
  program.release();
}

function write({ data, rows, stride }: Rows, values: Float64Array, samples: number): void {
  for (let row = 0; row < rows; row++) {
    for (let sample = 0; sample < samples; sample++) data[row * stride + sample] = values[row * samples + sample]!;
  }
}

function read({ data, rows, stride }: Rows, samples: number): Float64Array {
  return Float64Array.from(
    { length: rows * samples },
    (_, i) => data[Math.floor(i / samples) * stride + (i % samples)]!,
  );
}

function ensureClose(actual: ArrayLike<number>, expected: Float64Array, tolerance: number, what: string): void {
  const largest = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 1);
  for (const [i, value] of expected.entries()) {
    const error = Math.abs(actual[i]! - value) / largest;
    ensure(error <= tolerance, `${what} ${i} is ${actual[i]}, expected ${value}`);
  }
}

function ensureInDomains(kind: LayerKind, gene: Gene): void {
  ensure(gene.kind === kind.id, `a gene of kind "${gene.kind}"`);
  ensureEqual(Object.keys(gene).sort(), ['kind', ...Object.keys(kind.hyper)].sort(), 'names of hyperparameters');
  for (const [name, domain] of Object.entries(kind.hyper)) {
    ensure(domain.contains(gene[name]), `"${name}" is ${JSON.stringify(gene[name])}, expected ${domain.expected}`);
  }
}

function describe({ plan, place, inputRows }: Placed): string {
  return `${JSON.stringify(plan.gene)} of ${inputRows} inputs as ${place.role} (${place.rows ?? 'any'} rows)`;
}
