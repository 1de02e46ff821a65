import { createReadStream } from 'node:fs';
import { FileError } from '../../util/errors.ts';

/** A row by the names of its columns; every column that was asked for is there. */
export type CsvRow = Readonly<Record<string, string>>;

/**
 * Reads a CSV with a header line row by row, in memory that does not grow with the file.
 * @param columns those that must be there
 * @throws FileError where the file is absent, unreadable, no CSV, or lacks a column
 */
export async function* csvRows(file: string, columns: readonly string[]): AsyncGenerator<CsvRow> {
  // Loaded on demand, as few commands read a report.
  const { parse } = await import('csv-parse');
  const text = createReadStream(file, 'utf8');
  const parser = parse({
    columns: (header: string[]) => {
      const missing = columns.filter((column) => !header.includes(column));
      if (missing.length > 0) throw new Error(`it has no column ${missing.join(', ')}; is it of this version?`);
      return header;
    },
  });
  // A pipe does not hand errors on.
  text.on('error', (error) => parser.destroy(error));
  try {
    for await (const row of text.pipe(parser)) yield row;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileError(`${file}: cannot be read: ${reason}`, { cause: error });
  } finally {
    text.destroy();
  }
}

/** The number in a field; NaN where it is empty. Throws FileError where it holds something else. */
export function numberIn(file: string, row: CsvRow, column: string): number {
  const text = row[column] ?? '';
  const value = text === '' ? Number.NaN : Number(text);
  if (text !== '' && Number.isNaN(value)) {
    throw new FileError(`${file}: ${column}: expected a number, got ${JSON.stringify(text.slice(0, 40))}`);
  }
  return value;
}
