import { ConfigError } from '../../../util/errors.ts';

/** The packages that a queue needs, loaded on demand: who computes on one machine alone can leave them out. */
export async function loadQueuePackages() {
  try {
    const [{ Queue, WaitingError, Worker }, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { Queue, WaitingError, Worker, Redis };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new ConfigError(
      'a queue needs the packages bullmq and ioredis, which are not installed (npm install bullmq ioredis)',
    );
  }
}
