import * as Plot from '@observablehq/plot';
import { DOMImplementation, XMLSerializer, type Element } from '@xmldom/xmldom';

export interface ChartOptions extends Plot.PlotOptions {
  /** Said by screen readers. */
  readonly ariaLabel: string;
}

/** Colours that stay apart for every common colour vision (Okabe and Ito 2008, "Color universal design"). */
export const colours = { classical: '#0072b2', hybrid: '#d55e00', neutral: '#5b6472' } as const;

/** A chart as an SVG element in text form: no script, no outside resource. */
export function renderChart(options: ChartOptions): string {
  // xmldom has the part of the DOM that Plot uses, all but inline styles.
  const document = new DOMImplementation().createDocument('http://www.w3.org/1999/xhtml', 'html', null);
  // Plot's own types need the DOM's, which this project does not load.
  const chart: unknown = Plot.plot({
    width: 720,
    height: 320,
    marginLeft: 56,
    marginBottom: 44,
    ...options,
    ...{ document },
  });
  const svg = svgOf(chart as Element); // made by `document`
  svg.setAttribute('role', 'img');
  svg.setAttribute('style', 'font-size: 12px; background: #fff');
  return new XMLSerializer().serializeToString(svg);
}

/** Plot gives an SVG element, or a figure around it; only the SVG belongs in the report. */
function svgOf(chart: Element): Element {
  return chart.nodeName === 'svg' ? chart : chart.getElementsByTagName('svg').item(0)!;
}
