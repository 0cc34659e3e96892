import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { HqnasError } from '../../errors.js';

export type ConfigPath = readonly (string | number)[];

/** A config file's text: its data, and where in the file each value stands. */
export interface ConfigSource {
  readonly file: string;
  readonly data: unknown;
  /** "strategy.sampleSize (quickstart.yaml:7:3)"; for a missing value, the place of what should hold it. */
  locate(path: ConfigPath): string;
}

/**
 * Reads YAML or JSON.
 * @param file name for messages
 * @throws HqnasError `invalid-yaml`
 */
export function readConfigSource(text: string, file: string): ConfigSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new HqnasError({
      code: 'invalid-yaml',
      what: problem.message.split('\n', 1)[0]!,
      where: `${file}:${line}:${col}`,
      remedy: 'Check indentation, quotes and brackets there.',
    });
  }
  const locate = (path: ConfigPath): string => {
    const offset = offsetOf(document, path);
    const name = formatPath(path);
    const { line, col } = lines.linePos(offset ?? 0);
    const place = offset === undefined ? file : `${file}:${line}:${col}`;
    return name === '' ? place : `${name} (${place})`;
  };
  return { file, data: toData(document, file), locate };
}

/** The same for values that came from no file, such as a stored config. */
export function configSourceOf(data: unknown, name: string): ConfigSource {
  return { file: name, data, locate: (path) => `${formatPath(path) || 'config'} (${name})` };
}

function toData(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new HqnasError({ code: 'invalid-yaml', what: 'an alias cannot be resolved', where: file, cause: error });
  }
}

/** `evaluation.scores[0].policy` */
function formatPath(path: ConfigPath): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${step}`)).join('');
}

/** Offset of the key (in a map) or value (in a list) at `path`, or of the nearest thing above it that exists. */
function offsetOf(document: Document, path: ConfigPath): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last));
      if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (node !== undefined && node !== null && typeof node === 'object' && 'range' in node) {
      // `range` of a yaml node is [start, valueEnd, nodeEnd]; nodes built by the parser have one.
      const range = node.range as readonly number[] | null | undefined;
      if (range) return range[0];
    }
  }
  return document.contents?.range?.[0];
}
