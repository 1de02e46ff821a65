/** Runs that last exactly as long as a test wants, however fast the machine is. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A strategy for configs in the gate's folder; its cell cannot end while the gate is closed. List it last. */
export const GATED = '{type: custom, module: ./gate.mjs, name: gated}';

/** Waits at each of its paths while a file is there; its quotes do not depend on that. */
const MODULE = `import { existsSync } from 'node:fs';
const closed = new URL('closed', import.meta.url);
const never = new Int32Array(new SharedArrayBuffer(4));
export const policy = {
  create() {
    while (existsSync(closed)) Atomics.wait(never, 0, 0, 20);
    return (t, q, S) => [S - 0.7 - 0.05 * q, S + 0.7 - 0.05 * q];
  },
};
`;

export interface Gate {
  /** From now on no run of the folder's configs with GATED can end. */
  close(): void;
  open(): void;
}

/** An open gate for the runs of configs in a folder. */
export function gateIn(folder: string): Gate {
  writeFileSync(path.join(folder, 'gate.mjs'), MODULE);
  const file = path.join(folder, 'closed');
  return {
    close: () => writeFileSync(file, ''),
    open: () => rmSync(file, { force: true }),
  };
}
