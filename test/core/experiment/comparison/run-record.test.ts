import { expect, it } from '@jest/globals';
import { readRun } from '../../../../core/experiment/comparison/run-record.js';
import { foldHistory } from '../../../../core/experiment/fold.js';
import { sampleHistory } from '../sample-history.js';

it('a run is read from its history as the report has it', async () => {
  const history = sampleHistory(60);
  const [run, state] = await Promise.all([readRun(history), foldHistory(history)]);
  expect(run).toMatchObject({ id: state.header.id, seed: 1, candidates: 60, failed: state.failed });
  expect(run.failure).toBe('the loss is NaN');
  expect(run.trained).toHaveLength(state.trained);
  expect(Math.max(...run.trained.map(({ score }) => score))).toBe(state.best!.score);
  expect(run.trained.filter(({ kind }) => kind === 'hybrid')).toHaveLength(state.kinds.hybrid.trained);
});

it('networks that had less of the budget than others do not count', async () => {
  const history = sampleHistory(30).map((entry) =>
    entry.type === 'candidate' && entry.index % 2 === 0 ? { ...entry, fidelity: 0.5 } : entry,
  );
  const whole = history.filter(
    (entry) =>
      entry.type === 'candidate' && entry.fidelity === undefined && entry.outcome.ok && !entry.outcome.reusedFrom,
  );
  expect((await readRun(history)).trained).toHaveLength(whole.length);
});
