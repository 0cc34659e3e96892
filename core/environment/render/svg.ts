import type { Colour, Scene, ScreenPoint, Shape } from './scene.js';

/** A scene as an SVG document. */
export function sceneToSvg({ width, height, background, shapes }: Scene): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${css(background)}"/>`,
    ...shapes.map((shape) => {
      const { tag, paint, facts } = svgOf(shape);
      return `<${tag} ${Object.entries(facts)
        .map(([name, value]) => `${name}="${value}"`)
        .join(' ')} ${paint}/>`;
    }),
    '</svg>',
  ].join('\n');
}

/** A shape in the words of SVG. */
export interface SvgShape {
  readonly tag: 'polygon' | 'polyline' | 'circle';
  /** How it looks, as attributes. */
  readonly paint: string;
  /** Where it is: attributes by name, whose values can be animated. */
  readonly facts: Readonly<Record<string, string>>;
}

/** @param perPixel places are rounded to this fraction of a pixel */
export function svgOf(shape: Shape, perPixel = 100): SvgShape {
  const digits = (value: number): string => String(Math.round(value * perPixel) / perPixel);
  const list = (points: readonly ScreenPoint[]): string =>
    points.map(([x, y]) => `${digits(x)},${digits(y)}`).join(' ');
  switch (shape.kind) {
    case 'polygon':
      return { tag: 'polygon', paint: `fill="${css(shape.fill)}"`, facts: { points: list(shape.points) } };
    case 'line': {
      const paint = `fill="none" stroke="${css(shape.stroke)}" stroke-width="${digits(shape.width)}"`;
      return { tag: 'polyline', paint, facts: { points: list(shape.points) } };
    }
    case 'circle': {
      const [x, y] = shape.centre;
      const facts = { cx: digits(x), cy: digits(y), r: digits(shape.radius) };
      return { tag: 'circle', paint: `fill="${css(shape.fill)}"`, facts };
    }
  }
}

export function css([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}
