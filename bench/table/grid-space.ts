import { parseDna, printDna, type Gene, type Genome, type Limits, type Task } from '../../core/index.js';
import { kinds } from '../trainings.js';

/** Widths of hidden dense layers. One in front of a circuit has as many neurons as the circuit has qubits. */
export const widths = [2, 4, 16, 64] as const;
const activations = ['relu', 'tanh'] as const;
const qubitCounts = [2, 4] as const;
const ansatzes = ['basic', 'strong'] as const;
const repetitions = [1, 2] as const;

/** Three or four layers, the head among them; what lies between two values of the grid is moved to one of them. */
export const gridLimits: Limits = { layers: [3, 4], units: [2, 64], qubits: [2, 4], repetitions: [1, 2] };

/** CartPole: four observations, two actions. */
export const gridTask: Task = { observationRows: 4, policyRows: 2 };

const dense = 'classical/dense';
const circuit = 'quantum-statevector/circuit';

/**
 * The network of the grid nearest to another one: every width, number of qubits and template goes to its nearest value on
 * a logarithmic scale. Mutations and strategies work on the grid as they do in the study's space.
 */
export function snapped({ layers }: Genome): Genome {
  const result: Gene[] = [];
  for (let index = layers.length - 1; index >= 0; index--) result.unshift(snap(layers[index]!, result[0]));
  return { layers: result };
}

const head: Gene = { kind: dense, units: 1, activation: 'identity' };

function snap(gene: Gene, next: Gene | undefined): Gene {
  if (gene.kind === circuit) {
    return {
      ...gene,
      qubits: Number(gene['qubits']) > 2 ? 4 : 2,
      ansatz: gene['ansatz'] === 'strong' ? 'strong' : 'basic',
    };
  }
  if (next === undefined) return head;
  return { ...gene, units: next.kind === circuit ? Number(next['qubits']) : nearestWidth(Number(gene['units'])) };
}

function nearestWidth(units: number): number {
  for (const [index, width] of widths.entries()) {
    const above = widths[index + 1];
    if (above === undefined || units * units <= width * above) return width;
  }
  return widths[0];
}

/** Every network of the grid in a fixed order: the number of a network is its place in this list. */
export function everyNetwork(): readonly Genome[] {
  return skeletons().flatMap((skeleton) => networksOf(skeleton));
}

/** Orders of dense layers and circuits: a dense layer first, no two circuits in a row. */
function skeletons(): readonly (readonly Kind[])[] {
  const [fewest, most] = gridLimits.layers;
  let longest: (readonly Kind[])[] = [['dense']];
  const all: (readonly Kind[])[] = [];
  for (let count = 1; count <= most; count++) {
    if (count >= fewest) all.push(...longest);
    longest = longest.flatMap((kindsSoFar) =>
      kindsSoFar.at(-1) === 'circuit'
        ? [[...kindsSoFar, 'dense' as const]]
        : [
            [...kindsSoFar, 'dense' as const],
            [...kindsSoFar, 'circuit' as const],
          ],
    );
  }
  return all;
}

type Kind = 'dense' | 'circuit';

function networksOf(skeleton: readonly Kind[]): readonly Genome[] {
  let networks: (readonly Gene[])[] = [[]];
  // From the last layer to the first: a dense layer has the width of the circuit behind it.
  for (const kind of [...skeleton].reverse()) {
    networks = networks.flatMap((layers) => genesBefore(kind, layers[0]).map((gene) => [gene, ...layers]));
  }
  return networks.map((layers) => ({ layers }));
}

function genesBefore(kind: Kind, next: Gene | undefined): readonly Gene[] {
  if (kind === 'circuit') {
    return qubitCounts.flatMap((qubits) =>
      ansatzes.flatMap((ansatz) =>
        repetitions.map((count): Gene => ({ kind: circuit, qubits, ansatz, repetitions: count })),
      ),
    );
  }
  if (next === undefined) return [head];
  const allowed = next.kind === circuit ? [Number(next['qubits'])] : widths;
  return allowed.flatMap((units) => activations.map((activation): Gene => ({ kind: dense, units, activation })));
}

export function dnaOf(genome: Genome): string {
  return printDna(genome, kinds);
}

export function genomeOf(dna: string): Genome {
  return parseDna(dna, kinds);
}

/** The layers of one kind. */
export function genesOf({ layers }: Genome, kind: string): readonly Gene[] {
  return layers.filter((gene) => gene.kind === kind);
}
