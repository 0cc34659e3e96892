import * as Plot from '@observablehq/plot';
import { colours, renderChart } from '../report/chart.js';
import type { MeasureComparison } from './compare-runs.js';

/** Every run of every arm as a tick, and the interquartile mean with its interval. */
export function armsChart({ name, arms }: MeasureComparison, width: 720 | 340): string {
  const runs = arms.flatMap(({ arm, values }) =>
    values.flatMap(({ value }) => (value === undefined ? [] : { arm, value })),
  );
  const means = arms.flatMap(({ arm, iqm }) =>
    iqm === undefined
      ? []
      : [{ arm, value: iqm.value, low: iqm.interval?.low ?? iqm.value, high: iqm.interval?.high ?? iqm.value }],
  );
  const margin = Math.min(width / 2.5, 16 + 7 * Math.max(...arms.map(({ arm }) => arm.length)));
  return renderChart({
    ariaLabel: `${name} of every run, and the interquartile mean of each arm with its 95 % interval`,
    width,
    height: 60 + 44 * arms.length,
    marginLeft: margin,
    x: { label: `${name} →`, grid: true, nice: true, ticks: width / 90 },
    y: { label: null, domain: arms.map(({ arm }) => arm), tickFormat: (arm: string) => shortened(arm, margin) },
    marks: [
      Plot.tickX(runs, {
        x: 'value',
        y: 'arm',
        stroke: colours.neutral,
        strokeOpacity: 0.5,
        insetTop: 10,
        insetBottom: 10,
      }),
      Plot.ruleY(means, { x1: 'low', x2: 'high', y: 'arm', stroke: colours.classical, strokeWidth: 3 }),
      Plot.dot(means, { x: 'value', y: 'arm', fill: colours.classical, r: 5 }),
    ],
  });
}

function shortened(text: string, width: number): string {
  const most = Math.max(4, Math.floor((width - 16) / 7));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
