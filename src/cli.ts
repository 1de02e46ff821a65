#!/usr/bin/env node
/** The command line: definitions only; each command is a file in commands/. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { backtest } from './commands/backtest.ts';
import { evaluate } from './commands/evaluate.ts';
import { exact } from './commands/exact.ts';
import { exitWith } from './commands/exit.ts';
import { explore } from './commands/explore.ts';
import { init } from './commands/init.ts';
import { merge } from './commands/merge.ts';
import { plan } from './commands/plan.ts';
import { report } from './commands/report.ts';
import { reproduce } from './commands/reproduce.ts';
import { resume } from './commands/resume.ts';
import { run, sweep } from './commands/run.ts';
import { schema } from './commands/schema.ts';
import { solve } from './commands/solve.ts';
import { train } from './commands/train.ts';
import { validate } from './commands/validate.ts';
import { verify } from './commands/verify.ts';
import { worker } from './commands/worker.ts';
import { ConfigError } from './util/errors.ts';
import { version } from './util/version.ts';

// A reader that stops early (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (stream === process.stdout) process.exit(process.exitCode ?? 0);
  });
}

await yargs(hideBin(process.argv))
  .scriptName('mm-batch')
  .usage(
    '$0 <command> [options]\n\nWhich quoting strategy is better under my market, by how much, and how sure are we?',
  )
  .parserConfiguration({
    'greedy-arrays': false,
    'parse-numbers': false,
    'parse-positional-numbers': false,
    'camel-case-expansion': false,
  })
  .command(run)
  .command(sweep)
  .command(backtest)
  .command(solve)
  .command(exact)
  .command(verify)
  .command(merge)
  .command(resume)
  .command(worker)
  .command(report)
  .command(explore)
  .command(train)
  .command(evaluate)
  .command(reproduce)
  .command(plan)
  .command(validate)
  .command(schema)
  .command(init)
  .completion('completion', 'print a completion script for bash or zsh')
  .demandCommand(1, 'name a command; mm-batch --help lists them')
  .strict()
  .recommendCommands()
  .version(version)
  .alias({ help: 'h', version: 'V' })
  .epilogue(
    'Exit codes: 0 ok, 1 internal error, 2 usage or config, 3 some cells failed, 4 a threshold, a verification or a reproduction failed, 130/143 interrupted.',
  )
  .wrap(Math.min(110, process.stdout.columns ?? 110))
  .fail((message, error) => exitWith(error ?? new ConfigError(`${message} (see mm-batch --help)`)))
  .parseAsync()
  .catch(exitWith);
