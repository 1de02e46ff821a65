import { namesOf } from './dotted-path.ts';
import { describeValue } from './issue-text.ts';
import { valueAt } from './path.ts';
import { expectedText, type Problem } from './problem.ts';
import { problem } from './rule-problem.ts';

/** Names that are given twice, and limits that leave no distance. */
export function strategyProblems(strategies: readonly unknown[]): Problem[] {
  return [...nameProblems(strategies), ...limitProblems(strategies)];
}

function nameProblems(strategies: readonly unknown[]): Problem[] {
  const names = namesOf(strategies);
  return names.flatMap((name, i) => {
    const first = names.indexOf(name);
    if (name === '' || first === i) return [];
    const path = ['strategies', i, 'name'];
    const text = expectedText('a unique name', `${describeValue(name)} as in strategies.${first}`, 'give each a name:');
    return [{ key: `strategies.${i}`, text, path, at: 'value', related: [['strategies', i]] }];
  });
}

function limitProblems(strategies: readonly unknown[]): Problem[] {
  return strategies.flatMap((strategy, i) => {
    const least = valueAt(strategy, ['min_distance']);
    const most = valueAt(strategy, ['max_distance']);
    if (typeof least !== 'number' || typeof most !== 'number' || !(least > most)) return [];
    const [key, other] = [`strategies.${i}.min_distance`, `strategies.${i}.max_distance`];
    return [problem(key, [other], `at most ${other} = ${most}`, least, 'swap them, or leave one out')];
  });
}
