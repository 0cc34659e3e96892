import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { followExperiment } from '../../cli/follow-experiment.js';
import type { Terminal } from '../../cli/terminal.js';
import { SqliteLedger } from '../../core/node/sqlite-ledger.js';
import { sampleHistory } from '../core/experiment/sample-history.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('follow');

describe('following an experiment', () => {
  it('says so once when it waits for one that was interrupted, and ends with it', async () => {
    const ledger = SqliteLedger.open(path.join(folder, 'ledger.db'));
    const [start, ...entries] = sampleHistory(3);
    if (start?.type !== 'started') throw new Error('no start');
    const { id } = start.run;
    await ledger.append(id, start);
    const [header] = await ledger.list();
    await ledger.append(id, { type: 'interrupted', run: { time: '', seconds: 1 } });
    const results: string[] = [];
    const notes: string[] = [];
    const plain = (text: string): string => text;
    const terminal: Terminal = {
      ...{ interactive: false, errors: process.stderr, width: 100, emphasise: plain, quieten: plain, alarm: plain },
      result: (text) => void results.push(text),
      note: (text) => void notes.push(text),
    };
    const following = followExperiment(ledger, header!, false, terminal);
    const noted = async (): Promise<void> => {
      while (notes.length === 0) await wait(50);
    };
    await Promise.race([noted(), following]);
    expect(notes).toEqual(['Waiting for it to be resumed; Ctrl-C ends this.']);
    for (const entry of entries) await ledger.append(id, entry);
    await following;
    await ledger.close();
    expect(results).toHaveLength(entries.length + 2);
    expect(results.at(-1)).toBe('finished: budget');
    expect(notes).toHaveLength(1);
  });
});
