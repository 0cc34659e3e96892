import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HqnasError, messageOf } from '../core/errors.js';
import { parseConfigValues } from '../core/experiment/config/parse-config.js';
import { taskOf } from '../core/experiment/start-search.js';
import { parseDna, printGene } from '../core/genome/dna.js';
import { express } from '../core/genome/express.js';
import { createContainer } from '../core/wiring/create-container.js';
import { CONFIG, REGISTRIES } from '../core/wiring/tokens.js';
import {
  checkChannel,
  circuitsOf,
  fromQasm,
  readCircuitFile,
  withNoise,
  type ChannelName,
  type Circuit,
  type CircuitFile,
} from '../plugins/quantum-statevector/index.js';
import { loadConfigFile, loadDraft, resolveLoaded } from './open-experiment.js';

/** A circuit that a person asked about. */
export interface FoundCircuit {
  readonly name: string;
  readonly circuit: Circuit;
  /** The numbers to run it on, where it comes from a circuit file. */
  readonly file: CircuitFile | undefined;
}

export interface ReadCircuitsOptions {
  readonly folder: string;
  /** Config that gives the task and the plugins of a network. */
  readonly config: string | undefined;
  /** Channel and its parameters, after every gate of a circuit file. */
  readonly noise: string | undefined;
  /** Whether outputs are to be estimated from shots, which takes numbers to run on. */
  readonly withShots: boolean;
}

/**
 * The circuits of a network in DNA, or the one in a file.
 * @throws HqnasError `circuit-not-found`, `no-circuit`, `inexpressible`, `invalid-argument`, and what the readers throw
 */
export async function readCircuits(
  what: string,
  { folder, config, noise, withShots }: ReadCircuitsOptions,
): Promise<readonly FoundCircuit[]> {
  if (/\.json$/i.test(what)) return [withModel(readJson(what, folder), what, noise)];
  if (noise !== undefined || withShots) {
    throw new HqnasError({
      code: 'invalid-argument',
      what: `${withShots ? '--shots' : '--noise'} needs a circuit with numbers to run it on`,
      expected: 'FILE.json',
      remedy: 'See docs/circuit-file.md.',
    });
  }
  if (/\.qasm$/i.test(what)) return [{ name: what, circuit: fromQasm(readText(what, folder)), file: undefined }];
  return circuitsOfNetwork(what, folder, config);
}

async function circuitsOfNetwork(
  dna: string,
  folder: string,
  config: string | undefined,
): Promise<readonly FoundCircuit[]> {
  const loaded =
    config === undefined
      ? await loadDraft(parseConfigValues({ preset: 'corrected' }, 'circuit'), folder)
      : await loadConfigFile(config, folder);
  const container = createContainer(loaded.plugins, { resolveConfig: resolveLoaded(loaded) });
  const { layers: kinds } = container.get(REGISTRIES);
  const genome = parseDna(dna, kinds);
  const expressed = express(genome, { kinds, task: taskOf(container.get(CONFIG), container.get(REGISTRIES)) });
  if (!expressed.ok) throw new HqnasError({ code: 'inexpressible', what: expressed.reason, where: 'DNA' });
  const { policy, value } = expressed.network;
  const found = policy.flatMap((layer, index) => {
    const last = index === policy.length - 1;
    const name = `layer ${index + 1}: ${printGene(layer.plan.gene, kinds, last)}`;
    // Policy and value network differ in their last layer alone.
    const places = last
      ? [[' as policy head', layer] as const, [' as value head', value[index]!] as const]
      : [['', layer] as const];
    return places.flatMap(([role, placed]) =>
      circuitsOf(placed).map((circuit) => ({ name: `${name}${role}`, circuit, file: undefined })),
    );
  });
  if (found.length > 0) return found;
  throw new HqnasError({ code: 'no-circuit', what: 'this network has no quantum layer', where: 'DNA', got: dna });
}

function readJson(file: string, folder: string): CircuitFile {
  const text = readText(file, folder);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new HqnasError({
      code: 'invalid-circuit-file',
      where: file,
      what: `this is not JSON: ${messageOf(error)}`,
      remedy: 'See docs/circuit-file.md.',
      cause: error,
    });
  }
  return readCircuitFile(content);
}

function withModel(file: CircuitFile, name: string, noise: string | undefined): FoundCircuit {
  const found = { name: file.name ?? name, circuit: file.circuit };
  if (noise === undefined) return { ...found, file };
  const [channel = '', ...parameters] = noise.trim().split(/[\s,]+/);
  const given = { channel: channel as ChannelName, parameters: parameters.map(Number) }; // checked in the next line
  checkChannel(given, '--noise');
  const model = { gates: [given] };
  const { channels } = withNoise(file.circuit, model, file.noisy.channels);
  // What the file recorded was computed without this noise.
  return { ...found, file: { ...file, noisy: { ...file.noisy, channels }, recorded: {} } };
}

function readText(file: string, folder: string): string {
  try {
    // Some editors put a byte order mark first.
    return readFileSync(path.resolve(folder, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new HqnasError({
      code: 'circuit-not-found',
      what: `the circuit cannot be read: ${messageOf(error)}`,
      where: file,
      remedy: 'Check the path.',
      cause: error,
    });
  }
}
