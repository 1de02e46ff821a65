import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    isolate: false,
    // Files of tests share their process: what one sets with vi.stubEnv, the next must not find.
    unstubEnvs: true,
    // A page on a busy machine takes longer to draw than the second that is the default.
    expect: { poll: { timeout: 30_000 } },
  },
});
