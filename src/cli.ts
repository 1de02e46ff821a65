#!/usr/bin/env node
/** The command line: definitions only; each command is a file in commands/, loaded where it is named. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { exitWith } from './commands/exit.ts';
import { addCommands, type Work } from './commands/index.ts';
import { ConfigError } from './util/errors.ts';
import { version } from './util/version.ts';

// A reader that stops early (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (stream === process.stdout) process.exit(process.exitCode ?? 0);
  });
}

const args = hideBin(process.argv);
const commandLine = yargs(args)
  .scriptName('mm-batch')
  // English, as all that the program itself says; its dependency's own words would follow the environment.
  .detectLocale(false)
  .usage(
    '$0 <command> [options]\n\nWhich quoting strategy is better under my market, by how much, and how sure are we?',
  )
  .parserConfiguration({
    'greedy-arrays': false,
    'parse-numbers': false,
    'parse-positional-numbers': false,
    'camel-case-expansion': false,
  });
let work: Work = () => {};
await addCommands(commandLine, args, (chosen) => {
  work = chosen;
});

await commandLine
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
  .then(() => work())
  .catch(exitWith);
