/** Layers of the ziggurats, as many as the low 10 bits of a word tell apart. */
const LAYERS = 1024;

/** The layers under a decreasing density with f(0) = 1 (Marsaglia & Tsang 2000, section 2). */
export interface ZigguratLayers {
  /** Density at the right edges of the layers; the last entry is f(0). */
  readonly density: Float64Array;
  /** One unit of the abscissa: the layer's width / range. */
  readonly width: Float64Array;
  /** An abscissa (of magnitude) below this is inside the layer's rectangle for sure. */
  readonly inside: Int32Array;
}

/**
 * Builds the layers from the start of the tail and the area of a layer. Layer 0 is the base strip, as wide as a rectangle
 * with its area, tail included.
 * @param range abscissae are integers below it
 */
export function zigguratLayers(
  f: (x: number) => number,
  inverse: (y: number) => number,
  tail: number,
  area: number,
  range: number,
): ZigguratLayers {
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = area / f(tail);
  edge[1] = tail;
  for (let i = 2; i < LAYERS; i++) edge[i] = inverse(area / edge[i - 1]! + f(edge[i - 1]!));
  edge[LAYERS] = 0;
  const inside = new Int32Array(LAYERS);
  for (let i = 0; i < LAYERS; i++) inside[i] = Math.floor((edge[i + 1]! / edge[i]!) * range);
  return { density: edge.map(f), width: edge.subarray(0, LAYERS).map((x) => x / range), inside };
}
