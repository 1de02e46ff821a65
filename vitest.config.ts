import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose tests start processes and wait for them: at the end they would leave cores idle. */
const FIRST = /tests\/(queue|cli|browser)\//;

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isFirst = ({ moduleId }: TestSpecification): boolean => FIRST.test(moduleId);
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // One more than CI has cores, since tests of the command line wait for processes.
    maxWorkers: 3,
    isolate: false,
    sequence: { sequencer: WaitingFirst },
    // A page on a busy machine takes longer to draw than the second that is the default.
    expect: { poll: { timeout: 30_000 } },
  },
});
