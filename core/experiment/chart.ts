import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom/worker';

export interface ChartOptions extends Plot.PlotOptions {
  /** Said by screen readers. */
  readonly ariaLabel: string;
}

/** Colours that stay apart for every common colour vision (Okabe and Ito 2008, "Color universal design"). */
export const colours = { classical: '#0072b2', hybrid: '#d55e00', neutral: '#5b6472' } as const;

/** A chart as an SVG element in text form: no script, no outside resource. */
export function renderChart(options: ChartOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: unknown };
  // Plot's own types need the DOM's, which this project does not load: its result is read through DrawnElement.
  const chart: unknown = Plot.plot({
    width: 720,
    height: 320,
    marginLeft: 56,
    marginBottom: 44,
    style: { fontFamily: 'inherit', fontSize: '12px', background: 'transparent' },
    ...options,
    // linkedom has the part of the DOM that Plot uses.
    ...{ document },
  });
  return svgOf(chart as DrawnElement);
}

/** The part of a DOM element that is used here. */
interface DrawnElement {
  readonly nodeName: string;
  readonly outerHTML: string;
  querySelector(selector: string): DrawnElement | null;
  setAttribute(name: string, value: string): void;
}

/** Plot gives an SVG element, or a figure around it; only the SVG belongs in the report. */
function svgOf(chart: DrawnElement): string {
  const svg = chart.nodeName.toLowerCase() === 'svg' ? chart : chart.querySelector('svg')!;
  svg.setAttribute('role', 'img');
  return svg.outerHTML;
}
