import path from 'node:path';
import type { Argv, InferredOptionTypes } from 'yargs';
import type { RunResult } from '../aggregate/results.ts';
import { catalogue } from '../catalogue.ts';
import { type ExperimentFile, type LoadOptions, loadExperimentFile, parseExperiment } from '../config/load.ts';
import { planText } from '../report/plan-text.ts';
import { planBacktest, runBacktest } from '../run-backtest.ts';
import { checkPolicies } from '../strategies/custom/check-policies.ts';
import { ConfigError } from '../util/errors.ts';
import {
  experimentOptions,
  htmlOption,
  outputOptions,
  plotsOption,
  simulationOptions,
  single,
  wholeNumber,
} from './common-options.ts';
import { executeRun } from './execute-run.ts';
import { flagOverrides, namingFlags, type ParameterFlag, parameterFlags } from './parameter-flags.ts';

const STRATEGIES = ['hjb', 'constant', 'inventory_aware'];
const RECORDED = 3;

const options = {
  config: {
    type: 'string',
    describe: 'experiment file to take market, model and strategies from',
    defaultDescription: 'none: the defaults below',
    coerce: single('config'),
  },
  strategies: {
    type: 'string',
    array: true,
    describe: 'strategies to compare; with --config, those of the file',
    defaultDescription: STRATEGIES.join(' '),
  },
  'n-runs': {
    type: 'string',
    describe: 'paths of each strategy',
    defaultDescription: '1000, or paths: of the file',
    coerce: wholeNumber('n-runs', 2),
  },
  record: {
    type: 'string',
    describe: 'paths of each strategy that are kept whole, in trajectories.csv',
    defaultDescription: `${RECORDED}`,
    coerce: wholeNumber('record', 1, 1000),
  },
  'unbounded-quotes': {
    type: 'boolean',
    default: false,
    describe: 'lift both quote bounds: --delta_min none --delta_max none',
  },
  seed: {
    ...experimentOptions.seed,
    describe: 'seed (integer or text)',
    defaultDescription: '42, or seed: of the file',
  },
  set: experimentOptions.set,
  'output-dir': { ...simulationOptions['output-dir'], defaultDescription: 'runs/<date>-backtest-<hash>' },
  workers: simulationOptions.workers,
  'dry-run': simulationOptions['dry-run'],
  html: htmlOption,
  plots: { ...plotsOption, default: 'png', describe: 'format of the pictures, png or svg; --no-plots for none' },
  ...outputOptions,
} as const;
type Arguments = InferredOptionTypes<typeof options>;

/** `backtest`: strategies over a few or many paths, with some of the paths whole and drawn. */
export const backtest = {
  builder: (yargs: Argv) => {
    // Apart from the chain, whose type knows the other options only.
    yargs.options(Object.fromEntries(parameterFlags().map(({ flag, option }) => [flag, option])));
    return yargs
      .parserConfiguration({
        // `--strategies hjb constant`: an array takes all values up to the next flag.
        'greedy-arrays': true,
        'parse-numbers': false,
        'parse-positional-numbers': false,
        'camel-case-expansion': false,
      })
      .options(options)
      .example('$0 backtest', 'the three strategies with the usual defaults')
      .example('$0 backtest --strategies hjb constant --seed 123 --output-dir my_results --n-runs 10', 'a few runs')
      .example(
        '$0 backtest --sigma 2 --A 140 --k 1.5 --phi 0 --unbounded-quotes',
        'the market of Avellaneda & Stoikov',
      );
  },
  handler,
};

async function handler(args: Arguments): Promise<void> {
  const flags = parameterFlags();
  const file = await load(args, flags);
  const plan = planBacktest(file, args.config === undefined ? undefined : args.strategies);
  await checkPolicies(plan);
  if (args['dry-run']) {
    process.stdout.write(planText(plan, args.json));
    return;
  }
  const [scenario] = plan.scenarios;
  if (scenario === undefined) throw new Error('the plan is empty');
  const record = args.record ?? Math.min(RECORDED, scenario.paths);
  if (record > scenario.paths) {
    throw new ConfigError(`--record: expected at most --n-runs = ${scenario.paths}, got ${record} (raise --n-runs)`);
  }
  const command = commandOf(args, flags);
  await executeRun(plan, args, (run) => runBacktest(plan, { ...run, record, command }), hints);
}

/** The arguments that make the backtest's numbers again, wherever they are run; a config is named without its folder. */
function commandOf(args: Arguments, flags: readonly ParameterFlag[]): string[] {
  const values: Readonly<Record<string, unknown>> = { ...args };
  const given = (name: string, value: unknown): string[] =>
    value === undefined ? [] : [`--${name}`, ...[value].flat().map(String)];
  return [
    'backtest',
    ...(args.config === undefined ? [] : given('config', path.basename(args.config))),
    ...given('strategies', args.strategies),
    ...flags.flatMap(({ flag }) => given(flag, values[flag])),
    ...(args['unbounded-quotes'] ? ['--unbounded-quotes'] : []),
    ...args.set.flatMap((override) => given('set', override)),
    ...['seed', 'n-runs', 'record'].flatMap((name) => given(name, values[name])),
  ];
}

async function load(args: Arguments, flags: readonly ParameterFlag[]): Promise<ExperimentFile> {
  if (args.strategies?.length === 0) {
    throw new ConfigError(`--strategies: expected at least one name, got none (for example ${STRATEGIES.join(' ')})`);
  }
  const bounds = ['delta_min', 'delta_max'];
  const values: Readonly<Record<string, unknown>> = { ...args };
  const bound = bounds.find((name) => values[name] !== undefined);
  if (args['unbounded-quotes'] && bound !== undefined) {
    throw new ConfigError(`--unbounded-quotes: it lifts the bound that --${bound} sets (give one of them)`);
  }
  const labels = new Map(flags.map(({ flag, path }) => [path, `--${flag}`]));
  const overrides = [
    ...flagOverrides(flags, values),
    ...(args['unbounded-quotes'] ? bounds.map((name) => `model.${name}=null`) : []),
    ...args.set,
  ];
  const runs = args['n-runs'];
  const given: LoadOptions = {
    overrides,
    ...(runs === undefined ? {} : { paths: runs }),
    ...(args.seed === undefined ? {} : { seed: args.seed }),
  };
  try {
    if (args.config !== undefined) return await loadExperimentFile(args.config, catalogue, given);
    const strategies = JSON.stringify(args.strategies ?? STRATEGIES);
    labels.set('strategies', '--strategies');
    return parseExperiment('{}', 'backtest', catalogue, {
      ...given,
      overrides: [`strategies=${strategies}`, ...overrides],
    });
  } catch (error) {
    throw namingFlags(error, labels);
  }
}

/** What a backtest can offer that the warnings, which hold for all commands, do not name. */
function hints({ warnings }: RunResult): string[] {
  const bind = warnings.some(({ kind }) => kind === 'quote_bounds_bind');
  const same = warnings.some(({ kind }) => kind === 'identical_strategies');
  if (!bind) return [];
  const seen = same ? 'the quote bounds make strategies the same here' : 'the quote bounds shape the quotes here';
  return [`hint: ${seen}; add --unbounded-quotes to lift them, or set --delta_min and --delta_max`];
}
