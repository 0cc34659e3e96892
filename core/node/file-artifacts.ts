import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import { HqnasError, messageOf } from '../errors.js';
import type { ArtifactStore } from '../training/artifact-store.js';
import { makeFolder } from './make-folder.js';

/** The folder beside a ledger where its artifacts lie. */
export function artifactsFolder(ledgerFile: string): string {
  return `${ledgerFile}.artifacts`;
}

/**
 * Artifacts as files, each named by the SHA-256 of its content, in folders of the first two letters: any number of threads
 * and processes may use one folder. A file appears under its name when all of it is on the disk. The folder is made with
 * the first artifact.
 */
export function openArtifacts(folder: string): ArtifactStore {
  return {
    write(bytes) {
      const name = nameOf(bytes);
      try {
        if (readIntact(folder, name) === undefined) writeWhole(fileOf(folder, name), bytes);
      } catch (error) {
        throw notWritten(folder, error);
      }
      return name;
    },
    read: (name) => readIntact(folder, name),
    remove: (name) => rmSync(fileOf(folder, name), { force: true }),
  };
}

/** A file in a folder of artifacts. */
export interface StoredArtifact {
  /** Undefined for what is no artifact: the beginning of one whose writer was killed, or a foreign file. */
  readonly name: string | undefined;
  readonly file: string;
  readonly bytes: number;
}

/** All files of a folder of artifacts; none where there is no folder. */
export function listArtifacts(folder: string): StoredArtifact[] {
  return filesBelow(folder).map((file) => {
    const base = path.basename(file);
    const isArtifact = isName(base) && file === fileOf(folder, base);
    return { name: isArtifact ? base : undefined, file, bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0 };
  });
}

/** Whether a file holds what its name says. */
export function isWhole(folder: string, name: string): boolean {
  return readIntact(folder, name) !== undefined;
}

/** Files written at the same time by one process must not meet. */
let unfinished = 0;

function writeWhole(file: string, bytes: Uint8Array): void {
  const folder = path.dirname(file);
  makeFolder(folder);
  const temporary = `${file}.${process.pid}-${threadId}-${unfinished++}.tmp`;
  const handle = openSync(temporary, 'wx');
  try {
    for (let at = 0; at < bytes.length; at += writeSync(handle, bytes, at));
    fsyncSync(handle);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  syncFolder(folder);
}

/** A name in a folder is on the disk once the folder is. */
function syncFolder(folder: string): void {
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function readIntact(folder: string, name: string): Uint8Array | undefined {
  if (!isName(name)) return undefined;
  try {
    const bytes = readFileSync(fileOf(folder, name));
    return nameOf(bytes) === name ? new Uint8Array(bytes) : undefined;
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

function fileOf(folder: string, name: string): string {
  return path.join(folder, name.slice(0, 2), name);
}

/** Names come out of files: one that is none must lead nowhere. */
function isName(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

function nameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function notWritten(folder: string, cause: unknown): HqnasError {
  return new HqnasError({
    code: 'artifact-not-written',
    what: `a trained network could not be kept: ${messageOf(cause)}`,
    where: folder,
    remedy: 'Check space and permissions of the folder; the experiment can be resumed.',
    cause,
  });
}
