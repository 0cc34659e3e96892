import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { createWorkerPool, type WorkerPoolOptions } from '../../../core/node/worker-pool.js';
import type { Candidate, Evaluation, Evaluator } from '../../../core/training/evaluator.js';
import { evaluatorContract } from '../../contracts/evaluator.js';
import { built } from '../../built.js';
import { temporaryFolder } from '../../temporary-folder.js';

jest.setTimeout(60_000);
const folder = temporaryFolder('pool');

/** A worker whose candidates say by their first gene what they do. */
const file = path.join(folder, 'worker.mjs');
writeFileSync(
  file,
  `import { existsSync, writeFileSync } from 'node:fs';
export async function createWorker(data, number) {
  if (data === 'unloadable') throw new Error('plugin "x" does not load here');
  if (data === 'exits') process.exit(7);
  return { evaluate };
}
const run = { worker: 1, seconds: 0, phases: {} };
const counts = { policyParameters: 1, valueParameters: 1, parameters: 2, layers: 1, quantumLayers: 0, qubits: 0 };
const good = (score) => ({ ok: true, score, metrics: {}, scores: [], counts, steps: 3, episodes: 1, curve: [], parametersHash: '', conditions: {}, run });
async function evaluate({ index, genome }, { onProgress }) {
  const { kind, flag } = genome.layers[0];
  const name = kind.slice(5);
  if (name === 'bad') return { ok: false, reason: { stage: 'train', code: 'went-wrong', message: 'x' }, run };
  if (name === 'loop') for (;;);
  if (name === 'grow') for (const all = []; ;) all.push(new Array(1000).fill(index));
  if (name === 'typed') for (const all = []; ;) { all.push(new Float64Array(1e6).fill(1)); }
  if (name === 'exit') { console.error('last words'); process.exit(3); }
  if (name === 'throw-later') { setTimeout(() => { throw new Error('nobody catches this'); }); await new Promise(() => {}); }
  if (name === 'flood') for (let i = 0; i < 20000; i++) { console.log('noise '.repeat(20)); console.error('noise', i); }
  if (name === 'kill') process.kill(process.pid, 'SIGKILL');
  for (const steps of [1, 2, 3]) onProgress?.({ steps, meanReturn: steps, figures: {} });
  if (name === 'once' && !existsSync(flag)) { writeFileSync(flag, ''); process.exit(9); }
  return good(name === 'nan' ? NaN : index + 0.1);
}
`,
);
const module = pathToFileURL(file).href;
const candidate = (kind: string, index = 0, more: Record<string, string> = {}): Candidate => ({
  index,
  attempt: 0,
  genome: { layers: [{ kind: `demo/${kind}`, ...more }] },
});

describe.each(['threads', 'processes'] as const)('workers as %s', (kind) => {
  const printed: string[] = [];
  const make = (options: Partial<WorkerPoolOptions> = {}): Evaluator =>
    createWorkerPool({
      kind,
      count: 2,
      start: { module, data: {} },
      shell: built(`core/node/workers/${kind === 'threads' ? 'thread-entry.cjs' : 'process-shell.js'}`),
      print: (text) => void printed.push(text),
      memory: 256,
      retries: 0,
      ...options,
    });
  /** What a fresh pool makes of candidates. */
  const outcomes = async (
    candidates: readonly Candidate[],
    options: Partial<WorkerPoolOptions> = {},
  ): Promise<Evaluation[]> => {
    const pool = make(options);
    try {
      return await Promise.all(candidates.map((each) => pool.evaluate(each)));
    } finally {
      await pool.close();
    }
  };

  for (const { name, run } of evaluatorContract(make, { good: candidate('good'), bad: candidate('bad') }))
    it(name, () => run());

  it.each([
    ['exit', 'worker-crashed', 'the worker ended with exit code 3'],
    ['throw-later', 'worker-crashed', 'the worker ended: nobody catches this'],
    ['loop', 'worker-timed-out', 'no result after 1 s'],
    ['grow', 'worker-out-of-memory', 'more than 256 MB of memory were needed'],
    ...(kind === 'processes'
      ? [
          ['typed', 'worker-out-of-memory', 'more than 256 MB of memory were needed'],
          ['kill', 'worker-crashed', 'the worker was killed (SIGKILL)'],
        ]
      : []),
  ])('lose one candidate to "%s", and go on', async (what, code, message) => {
    const others = [1, 2, 3, 4].map((index) => candidate('good', index));
    const options = { timeout: what === 'loop' ? 1 : 60 };
    const [lost, ...rest] = await outcomes([candidate(what), ...others], options);
    expect(lost).toMatchObject({ ok: false, reason: { stage: 'worker', code, message } });
    expect(lost!.run.crashes).toHaveLength(1);
    if (what === 'exit') expect(lost!.run.crashes![0]!.output).toBe('last words');
    expect(rest.map((each) => each.ok && each.score)).toEqual([1.1, 2.1, 3.1, 4.1]);
  });

  it('try again after a crash, and the result does not show it', async () => {
    const flag = path.join(folder, `${kind}-once`);
    const steps: number[] = [];
    const pool = make({ retries: 1 });
    const again = await pool.evaluate(candidate('once', 5, { flag }), {
      onProgress: (point) => steps.push(point.steps),
    });
    const undisturbed = await pool.evaluate(candidate('once', 5, { flag }));
    await pool.close();
    expect(existsSync(flag)).toBe(true);
    const { run, ...result } = again;
    expect(run.crashes).toMatchObject([{ code: 'worker-crashed', message: 'the worker ended with exit code 9' }]);
    expect({ ...result, run: undisturbed.run }).toEqual(undisturbed);
    expect(steps).toEqual([1, 2, 3]);
  });

  it('do not try failures again that they report', async () => {
    const [bad] = await outcomes([candidate('bad')], { retries: 3 });
    expect(bad!.run.crashes).toBeUndefined();
  });

  it('give up after the last retry', async () => {
    const [lost] = await outcomes([candidate('exit')], { retries: 2 });
    expect(lost!.run.crashes).toHaveLength(3);
  });

  it('may print as much as they like: little is shown, and it is no result', async () => {
    printed.length = 0;
    const [flooded] = await outcomes([candidate('flood')]);
    expect(flooded!.ok).toBe(true);
    expect(printed.join('').length).toBeGreaterThan(1000);
    expect(printed.join('').length).toBeLessThan(200_000);
  });

  it.each([
    ['unloadable', /plugin "x" does not load here/],
    ['exits', /exit code 7/],
  ])('are one error when they are "%s"', async (data, message) => {
    const pool = make({ start: { module, data } });
    const tries = await Promise.allSettled([0, 1, 2].map((index) => pool.evaluate(candidate('good', index))));
    for (const outcome of tries) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'workers-unusable' } });
      expect(String((outcome as PromiseRejectedResult).reason)).toMatch(message);
    }
    await pool.close();
  });

  it('end at once when they are aborted', async () => {
    const pool = make();
    const controller = new AbortController();
    const spinning = pool.evaluate(candidate('loop'), { signal: controller.signal });
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason), 300);
    await expect(spinning).rejects.toBe(reason);
    expect((await pool.evaluate(candidate('good'))).ok).toBe(true);
    await pool.close();
  });

  if (kind === 'processes' && existsSync('/proc')) {
    it('leave nothing behind when the search is killed', async () => {
      const { spawn } = await import('node:child_process');
      const script = path.join(folder, 'search.mjs');
      writeFileSync(
        script,
        `import { createWorkerPool } from ${JSON.stringify(built('core/node/worker-pool.js'))};
const pool = createWorkerPool({ kind: 'processes', count: 1, start: { module: ${JSON.stringify(module)}, data: {} } });
await pool.evaluate(${JSON.stringify(candidate('good'))});
void pool.evaluate(${JSON.stringify(candidate('loop'))});
const { readFileSync, readdirSync } = await import('node:fs');
const children = readdirSync('/proc').filter((pid) => {
  try { return readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ')[1].split(' ')[1] === String(process.pid); } catch { return false; }
});
console.log(children[0]);
`,
      );
      const search = spawn(process.execPath, [script]);
      const worker = await new Promise<string>((resolve) =>
        search.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
      );
      expect(existsSync(`/proc/${worker}`)).toBe(true);
      search.kill('SIGKILL');
      const gone = (): boolean => {
        if (!existsSync(`/proc/${worker}`)) return true;
        return readFileSync(`/proc/${worker}/stat`, 'utf8').split(') ')[1]!.startsWith('Z');
      };
      for (let tries = 0; tries < 100 && !gone(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(gone()).toBe(true);
    });
  }
});
