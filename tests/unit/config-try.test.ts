import { test } from 'vitest';
import { parseExperiment, checkExperiment } from '/work/main/src/config/load.ts';
import { experimentJsonSchema } from '/work/main/src/config/json-schema.ts';
import { catalogue } from '/work/main/tests/unit/config-catalogue.ts';
const run = (t: string, o: object = {}) => { const a=performance.now(); let m; try { const e = parseExperiment(t, 'configs/x.yaml', catalogue, { overrides: [], ...o }); m = JSON.stringify(e.axes).slice(0,200)+JSON.stringify(e.scenarioAt({})).slice(0, 900); } catch (e) { m = (e as Error).name+'\n'+(e as Error).message.slice(0,500); if((e as Error).name!=='ConfigError') m+=(e as Error).stack } console.log('-----', JSON.stringify(t.slice(0,70)), JSON.stringify(o).slice(0,100), (performance.now()-a).toFixed(0)+'ms\n' + m); };
test('x', () => {
  run('strategies: [hjb, {type: constant, half_spread: 2}]');
  run(`seed: 1.5
paths: 1_000
nmae: x
simulator:
  sigm: 3
  gamma: 1
  mu: .nan
  dt: 2
  Q_max: 0.5
  midprice: brownain
  fill: {a: 1}
model:
  gamma: -1
  phi: .inf
  sigma: 1e300
  T: null
  order_size: '2'
  delta_min: 3
  delta_max: 1
strategies:
  - hjbb
  - {type: konstant}
  - {type: constant, half_spred: 3}
  - custom
  - 3
  - constant
  - {type: hjb, name: constant}
  - {type: hjb, name: '=x'}
  - {name: foo}
sweep:
  model.gama: [1]
  gamma: [1]
  model.gamma: [1, -1, 1]
  simulator.scheme: [event, evnt]
  strategies: [1]
  strategies.constant.half_spread: {from: 1, to: 2, steps: 3}
  strategies.5.half_spread: [1]
  paths: {from: 10, to: 11, steps: 3}
  seed: 3
`);
  run('');run('# x\n');run('[1]');run('3');run('a: 1\n---\nb: 2');run('a: \0');run('a: [1');run('a: *x');run('a: !foo 3');run('a: &a [*a]\nstrategies: *a');
  run('strategies: [hjb]\nstrategies: [hjb]\nsimulator: {T: 1, T: 1}');
  run('base: &b\n  T: 1\nsimulator:\n  <<: *b\nstrategies: [hjb]');
  run('simulator: &b\n  sigma: -1\n  T: x\nmodel:\n  <<: *b\n  T: 3\nstrategies: [hjb]');
  run('simulator: {Q_max: null}\nstrategies: [hjb]');
  run('model:\nsimulator: 3\nstrategies: {}\nname: a/b\nsweep: {}');
  const ok = 'strategies: [hjb, constant]\nsweep: {model.gamma: [0, 1]}\n';
  run(ok, {overrides: ['simulator.sigm=3','model.gamma=3','foo','strategies.constant.skew=q','strategies.0.x=1','simulator.T=0.0001','a.b.c=1','seed.x=3','name=[','__proto__.x=1','simulator.__proto__=1','=','sweep.model.phi=[0,x]']});
  run(ok, {overrides: ['simulator.sigm=3','model.gamma=3','foo','strategies.constant.skew=q','strategies.0.x=1','simulator.T=0.0001','a.b.c=1','seed.x=3','__proto__.x=1','simulator.__proto__=1','=','sweep.model.phi=[0,x]'], paths: NaN, seed: ''});
  run(ok, {overrides: ['strategies.constant.skew=4','sweep.model.gamma=[5]','simulator.midprice.type=ornstein_uhlenbeck'], paths: 7, seed: '12'});
  run('__proto__: {x: 1}\nconstructor: 2\nstrategies: [hjb]\nsweep: {__proto__: [1], constructor: [2]}');
  run('strategies: ['+'1,'.repeat(130000)+']');
  run('strategies: [hjb]\nsweep: {model.gamma: ['+'[],'.repeat(80000)+']}');
  run('strategies: [hjb]\n'+Array.from({length:25000},(_, i)=>`k${i}: 1`).join('\n'));
  run('strategies: [hjb]\nsweep:\n'+Array.from({length:15000},(_, i)=>` model.k${i}: 1`).join('\n'));
  run('strategies: [hjb]\nsweep:\n'+Array.from({length:15000},(_, i)=>` model.k${i}: [1]`).join('\n'));
  run('a0: &a0 [1]\n'+Array.from({length:40},(_, i)=>`a${i+1}: &a${i+1} [*a${i},*a${i}]`).join('\n'));
  run('b: ['+Array.from({length:14000},(_, i)=>`&a${i} 1, *a${i}`).join(',')+']');
  run('}{'.repeat(128*1024)); run('['.repeat(100000)); run('- '.repeat(100000)); run('x'.repeat(300000)); run('? '.repeat(50000)); run('a: '.repeat(50000));run('\n'.repeat(200000)); run('&a '.repeat(50000)); run('!!map '.repeat(30000)); run('"'.repeat(200001)); run('- |\n'.repeat(50000)); run(' a:\n'.repeat(20000)); run('{a: '.repeat(60000));
  run('simulator: &s {T: 1}\nmodel: {<<: ['+'*s,'.repeat(999)+']}\nstrategies: [hjb]');
  const s = parseExperiment('strategies: [hjb]\nsweep:\n  simulator.T: [1, 0.0001]\n  model.gamma: {from: 0, to: 1, steps: 11}\n  simulator.sigma: [1]', 'f.yaml', catalogue, {overrides: []});
  try { s.scenarioAt({'simulator.T': 0.0001, 'model.gamma': 0.5}) } catch (e) { console.log(String(e)) }
  try { s.scenarioAt({'simulator.TT': 0.0001}) } catch (e) { console.log(String(e)) }
  console.log(s.scenarioAt({'simulator.sigma': 1}).model.sigma);
  const cyc: any = {strategies: ['hjb']}; cyc.model = cyc;
  for (const v of [null, 3, cyc, {strategies: [{type:'custom', module: 'x', params: {f: ()=>1}}]}, {strategies:['hjb'], model: {gamma: -1n}}, new Map(), {strategies: [()=>1]}, []]) try { console.log(JSON.stringify(checkExperiment(v, catalogue).scenarioAt({}).strategies)) } catch (e) { console.log(String(e)) }
  console.log(JSON.stringify(experimentJsonSchema(catalogue)).slice(0, 6000));
});
