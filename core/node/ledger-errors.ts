import { HqnasError, isHqnasError, messageOf } from '../errors.js';

export function ledgerNotFound(file: string): HqnasError {
  return new HqnasError({
    code: 'ledger-not-found',
    what: 'there is no ledger here',
    where: file,
    remedy: 'Run an experiment first, or name the file with --ledger.',
  });
}

export function ledgerNotALedger(file: string, cause?: unknown): HqnasError {
  return new HqnasError({
    code: 'ledger-not-a-ledger',
    what: 'this file is something else than a ledger',
    where: file,
    remedy: 'Name another file with --ledger; this one was left as it is.',
    cause,
  });
}

export function ledgerTooNew(file: string, version: number, known: number): HqnasError {
  return new HqnasError({
    code: 'ledger-too-new',
    what: 'this ledger was written by a newer hqnas',
    where: file,
    expected: `format ${known} or older`,
    got: `format ${version}`,
    remedy: 'Update hqnas.',
  });
}

export function ledgerUnreadable(file: string, detail?: string, cause?: unknown): HqnasError {
  return new HqnasError({
    code: 'ledger-unreadable',
    what: `the file is damaged${detail === undefined ? '' : `: ${detail}`}`,
    where: file,
    remedy: 'It was left as it is. hqnas doctor --recover NEW_FILE saves what is whole into a new ledger.',
    cause,
  });
}

/** Whether a key of a table refused a row, because there is one like it. */
export function isTaken(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CONSTRAINT');
}

/** What a person can do about an error of SQLite or of the file system; errors that are coded already pass through. */
export function translateSqliteError(error: unknown, file: string): unknown {
  if (isHqnasError(error)) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const text = `${code} ${messageOf(error)}`;
  const coded = (name: string, what: string, remedy: string): HqnasError =>
    new HqnasError({ code: name, what, where: file, remedy, cause: error });
  if (/SQLITE_BUSY|SQLITE_LOCKED|database is locked/.test(text)) {
    return coded(
      'ledger-locked',
      'another process has kept the ledger locked for too long',
      'End it, or use another file with --ledger.',
    );
  }
  if (/SQLITE_NOTADB|not a database/.test(text)) return ledgerNotALedger(file, error);
  if (/SQLITE_FULL|ENOSPC|disk is full/.test(text)) {
    return coded('ledger-disk-full', 'the disk is full', 'Free some space; nothing that was recorded is lost.');
  }
  if (/SQLITE_READONLY|SQLITE_CANTOPEN|EACCES|EROFS|EPERM|ENOENT|ENOTDIR|EEXIST|readonly|unable to open/i.test(text)) {
    return coded(
      'ledger-read-only',
      'the ledger cannot be written here',
      'Check the permissions of the file and its folder, or use another file with --ledger.',
    );
  }
  if (/SQLITE_CORRUPT|malformed/.test(text)) return ledgerUnreadable(file, undefined, error);
  if (/SQLITE_IOERR|EIO|EFBIG|EDQUOT|disk I\/O error/.test(text)) {
    return coded(
      'ledger-not-written',
      'the operating system could not read or write the file',
      'Check space, quota and connection of the disk; nothing that was recorded is lost.',
    );
  }
  return error;
}
