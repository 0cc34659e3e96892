import { canonicalJson } from '../../core/json.js';
import type { Candidate, Evaluation, Evaluator } from '../../core/training/evaluator.js';
import { ensure, ensureEqual } from './expect.js';
import type { Check } from './contract.js';

/** What an evaluator is tried with. */
export interface EvaluatorCase {
  /** A candidate that trains. */
  readonly good: Candidate;
  /** A candidate that fails; leave it out where there is none. */
  readonly bad?: Candidate;
}

/** What every evaluator promises. `makeEvaluator` gives a fresh one each time; all have the same config. */
export function evaluatorContract(
  makeEvaluator: () => Evaluator | Promise<Evaluator>,
  { good, bad }: EvaluatorCase,
): readonly Check[] {
  const check = (name: string, body: (evaluator: Evaluator) => Promise<void>): Check => ({
    name: `evaluator: ${name}`,
    async run() {
      const evaluator = await makeEvaluator();
      try {
        await body(evaluator);
      } finally {
        await evaluator.close();
      }
    },
  });
  return [
    check('an evaluation is plain JSON with a finite score', async (evaluator) => {
      const evaluation = await evaluator.evaluate(good);
      ensure(evaluation.ok, `the candidate failed: ${evaluation.ok ? '' : evaluation.reason.message}`);
      ensure(Number.isFinite(evaluation.score), 'the score is not finite');
      ensureEqual(JSON.parse(canonicalJson(evaluation)), evaluation, 'after JSON');
      ensure(
        evaluation.scores.every(({ returns, seeds }) => returns.length === seeds.length),
        'a return lacks its seed',
      );
    }),
    check('equal candidates give equal evaluations, alone or beside others', async (evaluator) => {
      const alone = resultOf(await evaluator.evaluate(good));
      const others = await Promise.all(
        [good, { ...good, index: good.index + 1 }, good].map((c) => evaluator.evaluate(c)),
      );
      ensureEqual(resultOf(others[0]!), alone, 'evaluation beside others');
      ensureEqual(resultOf(others[2]!), alone, 'evaluation after others');
    }),
    check('a fresh evaluator gives the same', async (evaluator) => {
      const first = resultOf(await evaluator.evaluate(good));
      const second = await makeEvaluator();
      try {
        ensureEqual(resultOf(await second.evaluate(good)), first, 'evaluation');
      } finally {
        await second.close();
      }
    }),
    check('progress goes forward and changes nothing', async (evaluator) => {
      const steps: number[] = [];
      const watched = await evaluator.evaluate(good, { onProgress: (point) => steps.push(point.steps) });
      ensureEqual(resultOf(watched), resultOf(await evaluator.evaluate(good)), 'evaluation');
      ensure(
        steps.every((step, i) => i === 0 || step > steps[i - 1]!),
        `steps go back: ${steps.join(', ')}`,
      );
    }),
    check('an aborted evaluation rejects with the reason', async (evaluator) => {
      const reason = new Error('enough');
      let caught: unknown;
      await evaluator.evaluate(good, { signal: AbortSignal.abort(reason) }).catch((error: unknown) => (caught = error));
      ensure(caught === reason, `rejected with ${String(caught)}`);
      ensure((await evaluator.evaluate(good)).ok, 'it does not evaluate any more');
    }),
    ...(bad === undefined
      ? []
      : [
          check('a failure is an outcome with a code, and the next candidate is none the worse', async (evaluator) => {
            const evaluation = await evaluator.evaluate(bad);
            ensure(!evaluation.ok, 'the bad candidate did not fail');
            ensure(/^[a-z][a-z0-9-]*$/.test(evaluation.reason.code), `"${evaluation.reason.code}" is no code`);
            ensure((await evaluator.evaluate(good)).ok, 'the next candidate failed');
          }),
        ]),
  ];
}

function resultOf(evaluation: Evaluation): unknown {
  const { run, ...result } = evaluation;
  ensure(run.seconds >= 0, 'negative seconds');
  return result;
}
