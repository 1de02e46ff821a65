/** The shortest decimal that reads back to the same double (ECMA-262 Number::toString); −0 as 0. */
export function formatNumber(x: number): string {
  return x === 0 ? '0' : String(x);
}

/**
 * An estimate with its standard error for people: both rounded to the error's second significant digit, as in
 * "59.622 ± 0.023" (the Particle Data Group's manner, at two digits). Without a finite error the value stands alone;
 * a NaN value is "n/a".
 */
export function formatEstimate(value: number, se: number): string {
  if (Number.isNaN(value)) return 'n/a';
  if (!Number.isFinite(value) || !Number.isFinite(se) || se < 0) return formatNumber(value);
  // Digits beyond these are the rounding of sums.
  if (se === 0) return `${formatNumber(Number(value.toPrecision(6)))} ± 0`;
  // Exponent of the leading digit after rounding, so that 0.0996 counts as 0.10.
  const exponent = Number(se.toExponential(1).split('e')[1]);
  const decimals = 1 - exponent;
  // Beyond that, fixed notation is unreadable, or shows digits that a double does not hold.
  if (decimals > 15 || Math.abs(value) >= 1e15 || se >= 1e15) return `${formatNumber(value)} ± ${se.toExponential(1)}`;
  return `${toDecimals(value, decimals)} ± ${toDecimals(se, decimals)}`;
}

/** A count with thousands separated: 1,000,000. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A number of bytes for people: "512 B", "4.2 KiB", "1.3 GiB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** A time in seconds for people: "350 ms", "4.2 s", "2 min 05 s", "1 h 02 min"; "n/a" unless finite and >= 0. */
export function formatDuration(seconds: number): string {
  if (!(seconds >= 0 && seconds < Infinity)) return 'n/a';
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** Fixed notation with so many decimals; negative ones round to tens, hundreds and so on. No "−0.00". */
function toDecimals(x: number, decimals: number): string {
  const unit = Number(`1e${Math.max(0, -decimals)}`);
  const text = (Math.round(x / unit) * unit).toFixed(0);
  const rounded = decimals > 0 ? x.toFixed(decimals) : text;
  return Number(rounded) === 0 ? rounded.replace('-', '') : rounded;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
