import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import process from 'node:process';

/** The machine in one paragraph, for the head of a report. */
export function describeMachine(): string {
  const processors = cpus();
  const load = readLoad();
  return [
    `${processors.length} x ${processors[0]?.model ?? process.arch}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node} (V8 ${process.versions.v8})`,
    ...(load === undefined ? [] : [`load average ${load} at the start`]),
  ].join(', ');
}

function readLoad(): string | undefined {
  try {
    return readFileSync('/proc/loadavg', 'utf8').split(' ', 1)[0];
  } catch {
    return undefined;
  }
}
