import { createRng } from '../../core/random.js';
import { HqnasError } from '../../core/errors.js';
import {
  analyseCircuit,
  analysisText,
  classicalSurrogate,
  drawSvg,
  drawText,
  evaluateCircuitFile,
  toQasm,
  type CircuitFile,
} from '../../plugins/quantum-statevector/index.js';
import { defineCommand, wholeNumber } from '../command.js';
import { readCircuits, type FoundCircuit } from '../read-circuits.js';
import { writeTextFile } from '../write-text-file.js';

export const circuit = defineCommand({
  options: (yargs) =>
    yargs
      .positional('what', {
        type: 'string',
        demandOption: true,
        describe: '"C 4 T Q 4 F 2 C 1", FILE.json or FILE.qasm',
      })
      .option('config', {
        type: 'string',
        requiresArg: true,
        describe: 'config with the task and plugins of a network',
      })
      .option('draw', { type: 'boolean', default: false, describe: 'draw it' })
      .option('svg', { type: 'string', requiresArg: true, describe: 'draw it into an SVG file' })
      .option('qasm', { type: 'boolean', default: false, describe: 'print it as OpenQASM 3' })
      .option('surrogate', {
        type: 'string',
        requiresArg: true,
        describe: 'write the classical surrogate of FILE.json as JSON',
      })
      .option('noise', {
        type: 'string',
        requiresArg: true,
        describe: 'channel after every gate of FILE.json: "DepolarizingChannel 0.01"',
      })
      .option('shots', { type: 'number', describe: 'estimate the outputs of FILE.json from so many shots' })
      .option('samples', { type: 'number', describe: 'random draws of the analysis' })
      .option('seed', { type: 'number', default: 1, describe: 'of whatever is drawn at random' })
      .option('json', { type: 'boolean', default: false, describe: 'print one line of JSON' }),
  async run({ what, config, draw, svg, qasm, surrogate, noise, shots, samples, seed, json }, { terminal, folder }) {
    const found = await readCircuits(what, { folder, config, noise, withShots: shots !== undefined });
    const draws = wholeNumber('samples', samples, 2);
    const rng = createRng(wholeNumber('seed', seed));
    if (svg !== undefined) {
      found.forEach((one, index) => {
        const file = found.length === 1 ? svg : svg.replace(/(\.svg)?$/, `-${index + 1}.svg`);
        terminal.note(`written to ${writeTextFile(file, drawSvg(one.circuit), folder)}`);
      });
    }
    if (surrogate !== undefined) {
      terminal.note(`written to ${writeTextFile(surrogate, surrogateText(found), folder)}`);
    }
    const results = found.map((one, index) => ({
      name: one.name,
      ...(draw ? { drawing: drawText(one.circuit, { width: json ? Infinity : terminal.width }) } : {}),
      ...(qasm ? { qasm: toQasm(one.circuit, boundValues(one)) } : {}),
      ...(one.file === undefined
        ? {}
        : evaluateCircuitFile(one.file, {
            rng: rng.fork('run', index),
            // Text shows none of them.
            gradients: json,
            ...(shots === undefined ? {} : { shots: wholeNumber('shots', shots, 1) }),
          })),
      ...(draw || qasm || svg !== undefined || surrogate !== undefined || (one.file !== undefined && json)
        ? {}
        : {
            analysis: analyseCircuit(
              one.circuit,
              rng.fork('analysis', index),
              draws === undefined ? {} : { samples: draws },
            ),
          }),
    }));
    // A file has one circuit and gives one object.
    if (json) terminal.result(JSON.stringify(found[0]?.file === undefined ? results : results[0]));
    else for (const result of results) terminal.result(resultText(result, results.length > 1));
    return 0;
  },
});

interface Result {
  readonly name: string;
  readonly drawing?: string;
  readonly qasm?: string;
  readonly analysis?: Parameters<typeof analysisText>[0];
  readonly output?: CircuitFile['x'];
  readonly differences?: Readonly<Record<string, number>>;
}

function resultText({ name, drawing, qasm, analysis, output, differences }: Result, titled: boolean): string {
  const parts = [
    ...(titled || qasm === undefined ? [name] : []),
    ...(drawing === undefined ? [] : [drawing]),
    ...(qasm === undefined ? [] : [qasm.trimEnd()]),
    ...(analysis === undefined ? [] : [analysisText(analysis)]),
    ...(output === undefined || qasm !== undefined
      ? []
      : [`output         ${output.data.map((value) => Number(value.toPrecision(8))).join(', ')}`]),
    ...Object.entries(differences ?? {}).map(
      ([key, value]) => `${key.padEnd(15)}differs from the recorded one by ${Number(value.toPrecision(2))}`,
    ),
  ];
  return parts.join('\n\n'.slice(0, parts.length > 1 && drawing === undefined ? 1 : 2));
}

function boundValues({ file }: FoundCircuit): {
  readonly weights?: ArrayLike<number>;
  readonly inputs?: ArrayLike<number>;
} {
  if (file === undefined) return {};
  // A start in amplitudes has to be prepared from given numbers.
  const prepared = file.circuit.initial?.kind === 'amplitude' && file.batch === undefined;
  return { weights: file.weights.values, ...(prepared ? { inputs: file.x.data } : {}) };
}

function surrogateText(found: readonly FoundCircuit[]): string {
  const [one] = found;
  if (one?.file === undefined) {
    throw new HqnasError({
      code: 'invalid-argument',
      what: '--surrogate needs the weights of a circuit',
      expected: 'FILE.json',
      remedy: 'See docs/circuit-file.md.',
    });
  }
  const { inputs, outputs, coefficients } = classicalSurrogate(one.circuit, one.file.weights.values);
  return `${JSON.stringify({ inputs, outputs, coefficients: Array.from(coefficients) })}\n`;
}
