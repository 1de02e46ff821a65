import type { Redis } from 'ioredis';
import { ConfigError, ConnectionError } from '../../../util/errors.ts';
import { loadQueuePackages } from './packages.ts';

/** Streams that are added to only where they exist. */
const LEAST_VERSION = [6, 2] as const;
/** Milliseconds. */
const CONNECT_TIMEOUT = 5000;
const LONGEST_RETRY_DELAY = 1000;

/** A connection to Redis that waits where it is lost, and goes on. */
export interface RedisLink {
  readonly redis: Redis;
  /** The server's address without its password. */
  readonly address: string;
  /** Ends this connection; those made by `redis.duplicate()` are their owners' to end. */
  close(): void;
}

/**
 * Connects to a Redis server.
 * @param url `redis://[user:password@]host[:port][/db]`, or `rediss://` for TLS, as ioredis takes it
 * @param note one line where the connection is lost, and one where it is back
 * @throws ConfigError where that is no such URL or a package is missing, ConnectionError where the server cannot be used
 */
export async function connectRedis(url: string, note: (line: string) => void): Promise<RedisLink> {
  const address = addressOf(url);
  const { Redis } = await loadQueuePackages();
  let isEstablished = false;
  let lastError: Error | undefined;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT,
    // Commands wait until the server is back.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isEstablished ? Math.min(50 * 2 ** times, LONGEST_RETRY_DELAY) : null),
  });
  redis.on('error', (error: Error) => {
    lastError = error;
  });
  try {
    await redis.connect();
    requireVersion(address, await redis.info('server'));
  } catch (error) {
    redis.disconnect();
    if (error instanceof ConnectionError) throw error;
    throw new ConnectionError(`${address}: cannot be used: ${reasonOf(lastError ?? error)}`, { cause: error });
  }
  isEstablished = true;
  let isLost = false;
  redis.on('close', () => {
    if (!isLost && isEstablished) note(`${address}: the connection is lost; waiting for the server`);
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) note(`${address}: connected again`);
    isLost = false;
  });
  return {
    redis,
    address,
    close() {
      isEstablished = false;
      redis.disconnect();
    },
  };
}

/** A URL without what must not be printed. */
function addressOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '') {
    // What was given is not printed: it may hold a password.
    throw new ConfigError(
      '--redis (or MM_BATCH_REDIS): expected redis://[user:password@]host[:port][/db], or rediss:// for TLS, got something else',
    );
  }
  const { protocol, hostname, port, pathname } = parsed;
  return `${protocol}//${hostname}:${port === '' ? 6379 : port}${pathname === '/' ? '' : pathname}`;
}

function reasonOf(error: unknown): string {
  // An address with several hosts behind it fails with one error for each.
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error ? first.message : String(first);
}

function requireVersion(address: string, info: string): void {
  const found = /redis_version:(\d+)\.(\d+)/.exec(info);
  const [major, minor] = [Number(found?.[1]), Number(found?.[2])];
  if (major > LEAST_VERSION[0] || (major === LEAST_VERSION[0] && minor >= LEAST_VERSION[1])) return;
  throw new ConnectionError(
    `${address}: expected Redis ${LEAST_VERSION.join('.')} or later, got ${found === null ? 'an unknown one' : `${major}.${minor}`}`,
  );
}
