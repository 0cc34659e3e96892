import type { Colour, Scene, ScreenPoint, Shape } from './scene.js';

/** A scene as an SVG document. */
export function sceneToSvg({ width, height, background, shapes }: Scene): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${css(background)}"/>`,
    ...shapes.map(element),
    '</svg>',
  ].join('\n');
}

function element(shape: Shape): string {
  switch (shape.kind) {
    case 'polygon':
      return `<polygon points="${list(shape.points)}" fill="${css(shape.fill)}"/>`;
    case 'line':
      return `<polyline points="${list(shape.points)}" fill="none" stroke="${css(shape.stroke)}" stroke-width="${digits(shape.width)}"/>`;
    case 'circle': {
      const [x, y] = shape.centre;
      return `<circle cx="${digits(x)}" cy="${digits(y)}" r="${digits(shape.radius)}" fill="${css(shape.fill)}"/>`;
    }
  }
}

function list(points: readonly ScreenPoint[]): string {
  return points.map(([x, y]) => `${digits(x)},${digits(y)}`).join(' ');
}

/** Hundredths of a pixel. */
function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function css([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}
