import { manifest } from './package-root.ts';

/** The version of the package. */
export const version = String(manifest.version);
