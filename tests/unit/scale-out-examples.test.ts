/** The files of examples/ that users hand to a scheduler: whole, and in agreement with what `--shard` reads. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { shardOf } from '../../src/commands/shard-option.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (...names: string[]): string => readFileSync(path.join(root, ...names), 'utf8');

describe('examples/slurm', () => {
  it.each(['shards.sbatch', 'merge.sbatch'])('%s is a script', (name) => {
    execFileSync('bash', ['-n', path.join(root, 'examples/slurm', name)]);
    expect(read('examples/slurm', name)).toMatch(/^#!\/bin\/bash\n/);
  });

  it('has as many tasks as shards', () => {
    const text = read('examples/slurm/shards.sbatch');
    const [, first, last] = /^#SBATCH --array=(\d+)-(\d+)$/m.exec(text) ?? [];
    const [, shards] = /^shards=(\d+)$/m.exec(text) ?? [];
    expect([first, last]).toEqual(['1', shards]);
    expect(text).toContain('--shard "auto/$shards"');
    expect(shardOf(`auto/${shards}`, { SLURM_ARRAY_TASK_ID: last })).toEqual({ index: 20, count: 20 });
  });
});

describe('examples/kubernetes', () => {
  const documentsIn = (name: string) =>
    parseAllDocuments(read('examples/kubernetes', name)).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS();
    });

  it('has an Indexed Job of as many pods as shards', () => {
    const [claim, job] = documentsIn('shards.yaml');
    expect(claim).toMatchObject({ kind: 'PersistentVolumeClaim', spec: { accessModes: ['ReadWriteMany'] } });
    const [container] = job.spec.template.spec.containers;
    const { completions } = job.spec;
    expect(job).toMatchObject({ kind: 'Job', spec: { completionMode: 'Indexed', parallelism: completions } });
    const shard = container.args[container.args.indexOf('--shard') + 1];
    expect(shardOf(shard, { JOB_COMPLETION_INDEX: String(completions - 1) })).toEqual({
      index: 20,
      count: completions,
    });
    // Kubernetes takes a policy on exit codes with this restart policy alone.
    expect(job.spec.template.spec.restartPolicy).toBe('Never');
    expect(job.spec.podFailurePolicy.rules[0].onExitCodes.containerName).toBe(container.name);
  });

  it('merges from the same volume', () => {
    const [[claim, shards], [merge]] = [documentsIn('shards.yaml'), documentsIn('merge.yaml')];
    expect(merge.spec.template.spec.volumes[0]).toEqual(shards.spec.template.spec.volumes[0]);
    expect(merge.spec.template.spec.volumes[0].persistentVolumeClaim.claimName).toBe(claim.metadata.name);
    expect(merge.spec.template.spec.containers[0].args.slice(0, 2)).toEqual(['merge', 'shards']);
  });
});

describe('examples/aws-batch', () => {
  it('has a job definition that takes the place of the array', () => {
    const definition = JSON.parse(read('examples/aws-batch/job-definition.json'));
    const { command, mountPoints, volumes } = definition.containerProperties;
    expect(command.slice(0, 4)).toEqual(['run', 'Ref::experiment', '--shard', 'auto']);
    expect(mountPoints[0]).toEqual({ sourceVolume: volumes[0].name, containerPath: '/data' });
    expect(shardOf('auto', { AWS_BATCH_JOB_ARRAY_INDEX: '0', AWS_BATCH_JOB_ARRAY_SIZE: '20' })).toEqual({
      index: 1,
      count: 20,
    });
  });

  it('has a script whose overrides are JSON', () => {
    execFileSync('bash', ['-n', path.join(root, 'examples/aws-batch/submit.sh')]);
    const [, overrides] = /--container-overrides '(.*)'/.exec(read('examples/aws-batch/submit.sh')) ?? [];
    expect(JSON.parse(overrides ?? '').command.slice(0, 2)).toEqual(['merge', '/data/shards']);
  });
});

it('the Containerfile copies what there is, and the image runs what package.json names', () => {
  const text = read('Containerfile');
  const { bin } = JSON.parse(read('package.json'));
  expect(text).toContain(`/opt/mm-batch/${bin['mm-batch']} /usr/local/bin/mm-batch`);
  expect(text.match(/^RUN .*$/gm)).toEqual([
    'RUN npm ci --no-audit --no-fund',
    'RUN npm run build',
    'RUN npm prune --omit=dev',
    'RUN ln -s /opt/mm-batch/dist/src/cli.js /usr/local/bin/mm-batch',
  ]);
});
