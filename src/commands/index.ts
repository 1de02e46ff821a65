/** The commands by usage and description; each is a file beside this one, loaded where the arguments name it. */
import type { ArgumentsCamelCase, Argv } from 'yargs';

/** What a command's file defines. */
interface Definition<Arguments> {
  readonly builder: (yargs: Argv) => Argv<Arguments>;
  readonly handler: (args: ArgumentsCamelCase<Arguments>) => void | Promise<void>;
}

/** What a command does with the arguments that it was given. */
export type Work = () => void | Promise<void>;

interface Command {
  readonly name: string;
  /** Adds the command; where the arguments do not name it, only what the list of commands says of it. */
  add(yargs: Argv, isNamed: boolean, choose: (work: Work) => void): Promise<void>;
}

function command<Arguments>(usage: string, describe: string, load: () => Promise<Definition<Arguments>>): Command {
  const [name = ''] = usage.split(' ');
  return {
    name,
    async add(yargs, isNamed, choose) {
      if (!isNamed) {
        yargs.command(usage, describe);
        return;
      }
      const { builder, handler } = await load();
      yargs.command(usage, describe, builder, (args) => choose(() => handler(args)));
    },
  };
}

const COMMANDS: readonly Command[] = [
  command(
    'run <config>',
    'simulate every strategy of an experiment and write the report',
    async () => (await import('./run.ts')).run,
  ),
  command(
    'sweep <config>',
    'run an experiment over the parameter grid of its sweep: section',
    async () => (await import('./run.ts')).run,
  ),
  command(
    'backtest',
    'compare strategies and show what they did: statistics, whole paths and pictures; no config needed',
    async () => (await import('./backtest.ts')).backtest,
  ),
  command(
    'solve <config>',
    "solve the model's HJB grid and write theta and the optimal quotes as CSV",
    async () => (await import('./solve.ts')).solve,
  ),
  command(
    'exact <config>',
    'compute mean, percentiles, CVaR and inventory without sampling, where quotes depend on (t, q) only',
    async () => (await import('./exact.ts')).exact,
  ),
  command(
    'verify <config>',
    'simulate, and hold every figure that has an exact answer against it; exit code 4 where one is off',
    async () => (await import('./verify.ts')).verify,
  ),
  command(
    'merge <folders..>',
    'put the shards of a run together; its CSVs have the bytes of a run in one piece',
    async () => (await import('./merge.ts')).merge,
  ),
  command(
    'resume <folder>',
    'finish a run that was interrupted, or add paths to one; what is simulated already is taken over',
    async () => (await import('./resume.ts')).resume,
  ),
  command(
    'worker',
    'compute blocks of the runs at a Redis server (run --executor queue), until stopped',
    async () => (await import('./worker.ts')).worker,
  ),
  command(
    'report <folder>',
    'draw the pictures and the page of a finished run from its CSVs, without simulating',
    async () => (await import('./report.ts')).report,
  ),
  command(
    'explore',
    'write a page with sliders: optimal quotes and the exact law of their PnL, live in a browser',
    async () => (await import('./explore.ts')).explore,
  ),
  command(
    'train <config>',
    'learn a quoting policy by reinforcement learning (PPO) and write it to models/<name>',
    async () => (await import('./train.ts')).train,
  ),
  command(
    'evaluate <config>',
    'hold a learnt policy against hjb, constant and inventory_aware, and tell its regret',
    async () => (await import('./evaluate.ts')).evaluate,
  ),
  command(
    'reproduce [studies..]',
    'hold published figures against exact and simulated ones, and draw the published charts',
    async () => (await import('./reproduce.ts')).reproduce,
  ),
  command(
    'plan <config>',
    'check everything and print the cells, blocks, memory and estimated time of a run, without running it',
    async () => (await import('./plan.ts')).plan,
  ),
  command(
    'validate <config>',
    'check an experiment file and report every problem in it',
    async () => (await import('./validate.ts')).validate,
  ),
  command(
    'schema',
    'print the JSON Schema of an experiment file, for editors',
    async () => (await import('./schema.ts')).schema,
  ),
  command(
    'init [file]',
    'write an experiment file or a policy to start from',
    async () => (await import('./init.ts')).init,
  ),
];

/**
 * Adds all commands, with the options of those alone that the arguments name: a process loads the modules of no other. The work
 * of the one that is asked for is handed over, to begin when the arguments are read: before it waits for a handler, yargs
 * lays out the help.
 */
export async function addCommands(yargs: Argv, args: readonly string[], choose: (work: Work) => void): Promise<void> {
  // Not by builders that load on demand: the completion of options takes only what a builder defines at once.
  for (const { name, add } of COMMANDS) await add(yargs, args.includes(name), choose);
}
