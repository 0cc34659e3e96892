import { expect, it } from '@jest/globals';
import { foldHistory } from '../../../core/experiment/fold.js';
import { reportText } from '../../../core/experiment/report/report-text.js';
import { sampleHistory } from '../../core/experiment/sample-history.js';

it('the report says how often each rule refused what each mutation made', async () => {
  const entries = sampleHistory(6).map((entry) =>
    entry.type === 'candidate'
      ? {
          ...entry,
          refused: { 'demo/grow: limits': 2, 'random: search/parameter-budget': 1, 'demo/grow: seen-before': 1 },
        }
      : entry,
  );
  const state = await foldHistory(entries);
  expect(state.refusals).toEqual([
    { by: 'demo/grow', rule: 'limits', count: 12 },
    { by: 'random', rule: 'search/parameter-budget', count: 6 },
  ]);
  expect(reportText(state)).toMatch(/Refused before training\n.*\n?.*demo\/grow +limits +12/);
  expect(reportText(await foldHistory(sampleHistory(6)))).not.toMatch(/Refused before training/);
});
