/** What `correlation:` stands for with so many assets: independent ones by default. Undefined where it is neither number nor matrix. */
export function correlationMatrix(given: unknown, count: number): number[][] | undefined {
  if (given === undefined || typeof given === 'number') {
    const ofPairs = given ?? 0;
    return Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => (i === j ? 1 : ofPairs)));
  }
  if (!Array.isArray(given) || !given.every(isRow)) return undefined;
  return given;
}

function isRow(row: unknown): row is number[] {
  return Array.isArray(row) && row.every((value) => typeof value === 'number');
}
