import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { environments } from './environments.js';
import { describeMachine } from './machine.js';
import { jobs, timeJob } from './ppo.js';
import { timeCircuit } from './quantum.js';
import { formatTable, type Row } from './report.js';

/** What a script of bench/peers prints, one per line: a measurement, or what it lacks. */
type Line =
  | {
      readonly work: string;
      readonly who: string;
      readonly value: number;
      readonly unit: string;
      readonly note: string;
    }
  | { readonly missing: string; readonly remedy: string };

const scripts = [
  'gymnasium_steps',
  'quantum_layers',
  'torchquantum_layers',
  'stable_baselines',
  'purejaxrl_ppo',
  'cleanrl_ppo',
];

const { values } = parseArgs({
  options: { python: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean', default: false } },
});
const chosen = values.only?.split(',') ?? scripts;

if (values.help || chosen.some((name) => !scripts.includes(name))) {
  console.error(`npm run bench:peers -- [--python PATH] [--only ${scripts.join(',')}]`);
  process.exitCode = values.help ? 0 : 2;
} else {
  console.log(describeMachine());
  const python = values.python ?? process.env['PYTHON'] ?? 'python3';
  const lines = chosen.flatMap((name) => runScript(python, name));
  const missing = lines.flatMap((line) => ('missing' in line ? [`- ${line.missing}: ${line.remedy}`] : []));
  const measured = lines.flatMap((line) => ('missing' in line ? [] : [line]));
  const rows: Row[] = [];
  for (const work of new Set(measured.map((line) => line.work))) {
    console.error(`${work}: ours ...`);
    const own = await measureOwn(work);
    rows.push(own, ...measured.filter((line) => line.work === work).map((line) => peerRow(line, own)));
  }
  if (rows.length > 0) console.log(`Process CPU time; the ratio is the time against hqnas.\n\n${formatTable(rows)}`);
  if (missing.length > 0) console.log(`\nNot measured (see bench/peers/requirements.txt):\n${missing.join('\n')}`);
}

/** The peer's figure beside ours: more seconds, or fewer steps per second, are a ratio above 1. */
function peerRow({ work, who, value, unit, note }: Exclude<Line, { missing: string }>, own: Row): Row {
  const ratio = unit.endsWith('/s') ? own.median / value : value / own.median;
  return { work, who, median: value, unit, ratio, ...(note === '' ? {} : { note }) };
}

/** Our own figure for a key that the scripts use. */
async function measureOwn(work: string): Promise<Row> {
  const job = jobs.find((candidate) => candidate.work === work);
  const circuit = /^quantum (\d+) (\d+)$/.exec(work);
  const row =
    job !== undefined
      ? await timeJob(job)
      : circuit !== null
        ? (await timeCircuit(Number(circuit[1]), Number(circuit[2]), 1))[0]!
        : (await environments())[0]!;
  return { work, who: `hqnas, ${row.who}`, median: row.median, unit: row.unit, ratio: 1 };
}

function runScript(python: string, name: string): Line[] {
  console.error(`${name}.py ...`);
  const file = `bench/peers/${name}.py`;
  if (!existsSync(file)) throw new Error('run this from the root of the repository');
  const { error, status, stdout } = spawnSync(python, [file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error !== undefined)
    return [{ missing: `${python} (${error.message})`, remedy: 'install Python 3, or give --python' }];
  const lines = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
  return status === 0 ? lines : [...lines, { missing: `${name}.py failed`, remedy: 'its message is above' }];
}
