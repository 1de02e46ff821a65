import { stringify } from 'csv-stringify/sync';
import { formatNumber } from '../util/format.ts';

/** A field: NaN, null and undefined are written as an empty one. */
export type CsvField = number | string | null | undefined;

/**
 * A number as it stands in every CSV: the shortest form that reads back to the same double, −0 as 0, NaN as nothing.
 * @throws RangeError for ±Infinity, which no figure of a run can be
 */
export function csvNumber(x: number): string {
  if (Number.isNaN(x)) return '';
  if (!Number.isFinite(x)) throw new RangeError(`CSV: expected a finite number or NaN, got ${x}`);
  return formatNumber(x);
}

/**
 * RFC 4180 text with a header line and LF line ends. Text that a spreadsheet would run as a formula (it begins with
 * = + - @, tab or CR; OWASP, CSV Injection) gets a leading apostrophe; numbers are left alone.
 * @throws RangeError for an infinite number or a row whose length is not the header's
 */
export function csvTable(header: readonly string[], rows: readonly (readonly CsvField[])[]): string {
  for (const row of rows) {
    if (row.length !== header.length) {
      throw new RangeError(`CSV: expected rows of ${header.length} fields, got one of ${row.length}`);
    }
  }
  return stringify([header, ...rows], OPTIONS);
}

/** Text that needs neither quotes nor an apostrophe; spares a call for each of a million paths. */
const PLAIN = /^[A-Za-z0-9_][\w:./ -]*$/;

/** One text as a field of a CSV line, quoted and made harmless as in `csvTable`. */
export function csvText(text: string): string {
  return PLAIN.test(text) ? text : stringify([[text]], { ...OPTIONS, eof: false });
}

const OPTIONS = {
  record_delimiter: '\n',
  // With a delimiter given, the library no longer quotes a lone CR by itself.
  quote_record_delimiter: true,
  // Spares values of type number.
  escape_formulas: true,
  cast: { number: csvNumber },
};
