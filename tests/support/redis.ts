import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect as openSocket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, describe } from 'vitest';

const isThere = spawnSync('redis-server', ['--version']).status === 0;
if (!isThere) {
  console.warn('SKIPPED: the tests of the queue need redis-server (apt-get install redis-server)');
}

/** Tests that need a Redis server; skipped, with a note, where there is none. What they start ends with them. */
export function describeWithRedis(name: string, tests: () => void): void {
  describe.skipIf(!isThere)(name, () => {
    // Here and not where they are started: in the midst of a hook or a test it would not be heard.
    afterAll(async () => {
      for (const one of started.splice(0).reverse()) await one.stop();
    });
    tests();
  });
}

export const PASSWORD = 'open-sesame';

interface Started {
  stop(): Promise<void> | void;
}
const started: Started[] = [];

/** Has something stopped after the tests of `describeWithRedis`, before what was started earlier. */
export function stopAfterwards(one: Started): void {
  started.push(one);
}

/** A redis-server of the test's own: on a spare loopback port, in a temporary folder, with persistence on. */
export class TestRedis {
  readonly port: number;
  readonly #folder: string;
  #server: ChildProcess | undefined;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  static async start(folder: string): Promise<TestRedis> {
    const redis = new TestRedis(await sparePort(), folder);
    stopAfterwards(redis);
    await redis.#run();
    return redis;
  }

  get url(): string {
    return `redis://:${PASSWORD}@127.0.0.1:${this.port}`;
  }

  /** Ends the server and starts it again on what it has stored. */
  async restart(): Promise<void> {
    await this.stop();
    await this.#run();
  }

  async stop(): Promise<void> {
    if (this.#server === undefined || this.#server.exitCode !== null) return;
    const ended = once(this.#server, 'exit');
    this.#server.kill('SIGTERM');
    await ended;
  }

  /** Asks the server something, on a connection of its own. */
  async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url);
    try {
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  async #run(): Promise<void> {
    const options = { port: this.port, bind: '127.0.0.1', dir: this.#folder, save: '', appendonly: 'yes' };
    const args = Object.entries({ ...options, requirepass: PASSWORD }).flatMap(([name, value]) => [
      `--${name}`,
      String(value),
    ]);
    const server = spawn('redis-server', args, { stdio: 'ignore' });
    this.#server = server;
    while (!(await answers(this.port))) {
      // Another program may have taken the port meanwhile.
      if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode}`);
      await sleep(50);
    }
  }
}

/** A port that nobody listens on at the moment. */
async function sparePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = openSocket(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
