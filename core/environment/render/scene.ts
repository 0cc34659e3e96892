/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Pixels from the left and from the top. */
export type ScreenPoint = readonly [x: number, y: number];

/** Something drawn; later shapes cover earlier ones. */
export type Shape =
  | { readonly kind: 'polygon'; readonly points: readonly ScreenPoint[]; readonly fill: Colour }
  | { readonly kind: 'line'; readonly points: readonly ScreenPoint[]; readonly width: number; readonly stroke: Colour }
  | { readonly kind: 'circle'; readonly centre: ScreenPoint; readonly radius: number; readonly fill: Colour };

/** A picture as data, from which pixels (`rasterise`) and SVG (`sceneToSvg`) are made. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly background: Colour;
  readonly shapes: readonly Shape[];
}

/** A filled polygon; its last point is joined to the first. */
export function polygon(points: readonly ScreenPoint[], fill: Colour): Shape {
  return { kind: 'polygon', points, fill };
}

/** A line through points. @param width in pixels */
export function line(points: readonly ScreenPoint[], stroke: Colour, width = 1): Shape {
  return { kind: 'line', points, width, stroke };
}

/** A filled circle. @param radius in pixels */
export function circle(centre: ScreenPoint, radius: number, fill: Colour): Shape {
  return { kind: 'circle', centre, radius, fill };
}

/** A rectangle with sides along the axes. */
export function rectangle(left: number, top: number, width: number, height: number, fill: Colour): Shape {
  const [right, bottom] = [left + width, top + height];
  return polygon(
    [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ],
    fill,
  );
}

/** Points turned about the origin (positive from the x towards the y axis of the picture) and then moved. */
export function placed(
  points: readonly ScreenPoint[],
  cosine: number,
  sine: number,
  [x, y]: ScreenPoint,
): readonly ScreenPoint[] {
  return points.map(([px, py]): ScreenPoint => [x + cosine * px - sine * py, y + sine * px + cosine * py]);
}
