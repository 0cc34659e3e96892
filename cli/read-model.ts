import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HqnasError, messageOf } from '../core/errors.js';
import { isPath } from '../core/node/load-plugins.js';
import { decodeCheckpoint, type Checkpoint } from '../core/training/checkpoint.js';

/** A model whose training can go on. @throws HqnasError `model-not-found`, `invalid-model-file`, `model-not-resumable` */
export function readPaused(file: string, folder: string): Checkpoint {
  const checkpoint = readModel(file, folder);
  if (checkpoint.state !== undefined) return checkpoint;
  throw new HqnasError({
    code: 'model-not-resumable',
    what: 'the file holds a network, but not the state of its training',
    where: file,
    remedy: 'Train it with a trainer that can be paused, such as ppo/clip.',
  });
}

/** @throws HqnasError `model-not-found`, `invalid-model-file` */
export function readModel(file: string, folder: string): Checkpoint {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path.resolve(folder, file));
  } catch (error) {
    throw new HqnasError({
      code: 'model-not-found',
      what: `the model cannot be read: ${messageOf(error)}`,
      where: file,
      remedy: 'Check the path; hqnas train --save writes one.',
      cause: error,
    });
  }
  return decodeCheckpoint(bytes);
}

/** Where plugin paths in the config of a model start from: the folder of its file. */
export function modelFolder(file: string, folder: string): string {
  return path.dirname(path.resolve(folder, file));
}

/**
 * Plugins as the config of a model names them, so that the file is of use wherever it and they go together.
 * @param from folder that the given paths start from
 * @param to folder of the model
 */
export function pluginsFrom(names: readonly string[], from: string, to: string): readonly string[] {
  return names.map((name) => {
    if (!isPath(name)) return name;
    const place = path.relative(to, path.resolve(from, name)).split(path.sep).join('/');
    return place.startsWith('.') ? place : `./${place}`;
  });
}
