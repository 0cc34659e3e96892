import process from 'node:process';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.js';
import { formatTable, type Row } from './report.js';

/** Parts of the benchmark, in order; each is loaded only when it is run. One that was asked for by name is `whole`. */
const parts = {
  engine: async () => (await import('./engine.js')).engine(),
  compile: async () => (await import('./compile.js')).compileCost(),
  environments: async (_, python) => (await import('./environments.js')).environments(python),
  quantum: async () => (await import('./quantum.js')).quantum(),
  search: async (whole) => (await import('./search-loop.js')).searchLoop(whole ? undefined : [1_000, 10_000]),
  follower: async (whole) => (await import('./follower.js')).follower(whole ? undefined : 0.5),
  study: async (whole) => (await import('./study.js')).study(whole ? undefined : 4),
  ppo: async () => (await import('./ppo.js')).ppo(),
} satisfies Record<string, (whole: boolean, python: string) => Promise<Row[]>>;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    python: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const names = Object.keys(parts);
const chosen = values.only?.split(',') ?? names;
/** For ratios to Gymnasium, where it has that. */
const python = values.python ?? process.env['HQNAS_PYTHON'] ?? 'python3';
const unknown = chosen.filter((name) => !names.includes(name));

if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`there is no part "${unknown.join(', ')}"`);
  console.error(`npm run bench -- [--only ${names.join(',')}] [--python PATH] [--json]`);
  process.exitCode = values.help ? 0 : 2;
} else {
  const machine = describeMachine();
  const rows: Row[] = [];
  for (const [name, part] of Object.entries<(whole: boolean, python: string) => Promise<Row[]>>(parts)) {
    if (!chosen.includes(name)) continue;
    console.error(`${name} ...`);
    rows.push(...(await part(values.only !== undefined, python)));
  }
  if (values.json) {
    console.log(JSON.stringify({ machine, rows }, undefined, 2));
  } else {
    console.log(
      `${machine}\nProcess CPU time; median and quartiles; the ratio is the time against the first line of the same work.\n`,
    );
    console.log(formatTable(rows));
  }
}
