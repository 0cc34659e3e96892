import { performance } from 'node:perf_hooks';
import { compile, createModuleCache, createProgramMemory, type Program } from '../compiler/index.js';
import { createRng, type Rng } from '../core/index.js';
import { denseGraph, fillRows } from './compiled-network.js';
import { quantile } from '../core/statistics.js';
import { cpuTime } from './harness.js';
import { measureGrowth } from './memory-growth.js';
import type { DenseShape } from './networks.js';
import type { Row } from './report.js';

const SAMPLES = 64;
/** Architectures after which memory has settled: the cache of modules keeps 512, the engine's tables take longer. */
const UNTIL_SETTLED = 3000;

/** What a new architecture costs before it trains at full speed, and what thousands of them leave behind. */
export async function compileCost(): Promise<Row[]> {
  const work = 'a new architecture: 1 to 9 hidden layers of 1 to 64 units';
  const rng = createRng(3);
  const memory = createProgramMemory();
  const modules = createModuleCache();
  const build = (shape: DenseShape): Program => {
    const { graph, outputs } = denseGraph(shape);
    return compile(graph, { outputs, capacity: SAMPLES, memory, modules });
  };
  const network = (shape: DenseShape): Program => {
    const program = build(shape);
    program.initialize(createRng(1));
    return program;
  };

  for (let i = 0; i < 100; i++) runOnce(network(randomShape(rng)));
  const times = { fresh: [] as number[], start: [] as number[], first: [] as number[], seen: [] as number[] };
  for (let i = 0; i < 200; i++) {
    const shape = randomShape(rng);
    const program = timed(times.fresh, () => build(shape));
    timed(times.start, () => {
      program.initialize(createRng(i));
    });
    timed(times.first, () => {
      runOnce(program);
    });
    timed(times.seen, () => build(shape));
  }
  const untilFast: number[] = [];
  for (let i = 0; i < 30; i++) untilFast.push(await costUntilFast(() => network(randomShape(rng))));
  const grown = await measureGrowth('3000 architectures in a row, one process', UNTIL_SETTLED, () => {
    runOnce(network(randomShape(rng)));
  });

  const row = (who: string, values: readonly number[], note?: string): Row => ({
    work,
    who,
    median: quantile(values, 0.5) / 1000,
    unit: 'ms',
    spread: [quantile(values, 0.25) / 1000, quantile(values, 0.75) / 1000],
    ...(note === undefined ? {} : { note }),
  });
  return [
    row('compile and instantiate', times.fresh),
    row('draw start values', times.start, 'normal'),
    row('first forward, backward, Adam', times.first, 'the engine translates functions on their first call'),
    {
      ...row('all together, until full speed', untilFast, "the engine's background threads included"),
      target: { text: '<= 40 ms', met: quantile(untilFast, 0.5) <= 40_000 },
    },
    row(
      'compile and instantiate, architecture seen before',
      times.seen,
      'no code is made: memory is laid out, code bound to it',
    ),
    ...grown,
  ];
}

/** Runs `work` and notes its microseconds of CPU time. */
function timed<T>(times: number[], work: () => T): T {
  const start = cpuTime();
  const result = work();
  times.push(cpuTime() - start);
  return result;
}

/** CPU time in microseconds from the graph to steady speed, less what the same calls cost at that speed. */
async function costUntilFast(build: () => Program): Promise<number> {
  const start = cpuTime();
  const program = build();
  fillRows(program, SAMPLES);
  const calls = await runFor(program, 150);
  const spent = cpuTime() - start;
  const steadyStart = cpuTime();
  const steadyCalls = await runFor(program, 50);
  return spent - (calls * (cpuTime() - steadyStart)) / steadyCalls;
}

/** Runs for some milliseconds, yielding so that code compiled in the background is taken up; returns the number of calls. */
async function runFor(program: Program, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  let calls = 0;
  while (performance.now() < end) {
    for (let i = 0; i < 20; i++, calls++) {
      program.forward(SAMPLES);
      program.backward(SAMPLES);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return calls;
}

function runOnce(program: Program): void {
  program.forward(SAMPLES);
  program.backward(SAMPLES);
  program.adam(1e-3, 1e-8, 1);
}

function randomShape(rng: Rng): DenseShape {
  return {
    name: 'random',
    inputs: 4,
    trunk: Array.from({ length: rng.between(1, 9) }, () => ({
      rows: rng.between(1, 64),
      activation: rng.pick(['tanh', 'relu'] as const),
    })),
    heads: [2, 1],
  };
}
