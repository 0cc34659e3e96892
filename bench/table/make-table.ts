import { existsSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createRng } from '../../core/index.js';
import { dnaOf, everyNetwork } from './grid-space.js';
import { appendEntry, readJournal } from './journal.js';
import { entriesOf, readTable, tableOf, tablePath, writeTable } from './table.js';
import { createNetworkTrainer } from './train-network.js';

/**
 * Trains every network of the grid once per seed. It goes on where it was stopped, and writes the table at the end of
 * every run, as soon as there are two trainings of each. `--verify n` trains n networks of the table again instead, and
 * compares.
 */
const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    journal: { type: 'string', default: '.bench/table.jsonl' },
    table: { type: 'string', default: tablePath },
    verify: { type: 'string' },
  },
});

const networks = everyNetwork();
const train = createNetworkTrainer();
if (flags.verify === undefined) await make(Number(flags.seeds));
else await verify(Number(flags.verify));

async function make(seeds: number): Promise<void> {
  const known = existsSync(flags.table) ? entriesOf(readTable(flags.table)) : [];
  const done = new Set(known.map(({ network, repeat }) => `${network} ${repeat}`));
  const entries = [
    ...known,
    ...readJournal(flags.journal).filter(({ network, repeat }) => repeat < seeds && !done.has(`${network} ${repeat}`)),
  ];
  for (const { network, repeat } of entries) done.add(`${network} ${repeat}`);
  // Every network once before any twice, in a drawn order: whatever part is there is a fair sample of the grid.
  const order = networks.map((_, network) => network);
  createRng(1).shuffle(order);
  const missing = Array.from({ length: seeds }, (_, repeat) => order.map((network) => ({ network, repeat })))
    .flat()
    .filter(({ network, repeat }) => !done.has(`${network} ${repeat}`));
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  for (const { network, repeat } of missing) {
    if (stop.signal.aborted) break;
    const entry = await train(networks[network]!, network, repeat);
    appendEntry(flags.journal, entry);
    entries.push(entry);
    if (entries.length % 100 === 0) say(`${entries.length} of ${networks.length * seeds} trainings`);
    // Signals are heard between two trainings.
    await new Promise((resolve) => setImmediate(resolve));
  }
  writeTable(flags.table, tableOf(entries));
}

async function verify(count: number): Promise<void> {
  const { networks: stored, trainings } = readTable(flags.table);
  const numbers = new Map(networks.map((genome, number) => [dnaOf(genome), number]));
  const rng = createRng(2);
  let same = 0;
  for (let drawn = 0; drawn < count; drawn++) {
    const row = rng.int(stored.length);
    const repeat = rng.int(trainings[row]!.length);
    const network = numbers.get(stored[row]!)!;
    const { greedy, stochastic } = await train(networks[network]!, network, repeat);
    const known = trainings[row]![repeat]!;
    if (greedy === known.greedy && stochastic === known.stochastic) same++;
    else
      say(`${stored[row]!}, seed ${repeat}: ${greedy} and ${stochastic}, not ${known.greedy} and ${known.stochastic}`);
  }
  say(`${same} of ${count} trainings came to the stored scores`);
  process.exitCode = same === count ? 0 : 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
