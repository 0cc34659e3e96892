import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { candidateTable, csvLines, type CellType } from '../../core/experiment/candidate-table.js';
import { exportHistory } from '../../core/experiment/export-history.js';
import type { Ledger } from '../../core/experiment/ledger.js';
import { HqnasError, messageOf } from '../../core/errors.js';
import { defineCommand, ledgerOption } from '../command.js';
import { headerFor, withLedger } from '../read-experiment.js';

const formats = ['jsonl', 'csv', 'parquet'] as const;

export const exportCommand = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'id, or the beginning of one' })
      .option('format', {
        choices: formats,
        default: 'jsonl' as const,
        describe: 'canonical JSON lines of everything; CSV or Parquet of the candidates',
      })
      .option('facts', {
        type: 'boolean',
        default: true,
        describe: 'facts of the run, such as times; without them equal searches give equal lines',
      })
      .option('output', { type: 'string', describe: 'file to write instead of printing' }),
  run: ({ id: given, ledger: file, format, facts, output }, { terminal, folder }) =>
    withLedger(file, { terminal, folder }, async (ledger) => {
      const { id } = await headerFor(ledger, given);
      if (format === 'parquet') {
        if (output === undefined) throw needsOutput();
        write(path.resolve(folder, output), await parquetOf(ledger, id));
        return 0;
      }
      const lines = format === 'jsonl' ? exportHistory(ledger.read(id), { facts }) : await csvOf(ledger, id);
      if (output === undefined) {
        for await (const line of lines) terminal.result(line.trimEnd());
        return 0;
      }
      const text: string[] = [];
      for await (const line of lines) text.push(`${line.trimEnd()}\n`);
      write(path.resolve(folder, output), text.join(''));
      return 0;
    }),
});

async function csvOf(ledger: Ledger, id: string): Promise<Iterable<string>> {
  return csvLines(await candidateTable(ledger.read(id)));
}

const parquetTypes = { text: 'STRING', whole: 'INT32', real: 'DOUBLE', truth: 'BOOLEAN' } as const satisfies Record<
  CellType,
  string
>;

async function parquetOf(ledger: Ledger, id: string): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columns = await candidateTable(ledger.read(id));
  const columnData = columns.map(({ name, type, values }) => ({
    name,
    data: values.map((value) => value ?? null),
    type: parquetTypes[type],
    nullable: true,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function write(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new HqnasError({
      code: 'file-not-written',
      what: `the export cannot be written: ${messageOf(error)}`,
      where: file,
      remedy: 'Name another file with --output.',
      cause: error,
    });
  }
}

function needsOutput(): HqnasError {
  return new HqnasError({
    code: 'invalid-argument',
    what: 'Parquet is no text to print',
    where: '--format parquet',
    remedy: 'Name a file: --output candidates.parquet.',
  });
}
