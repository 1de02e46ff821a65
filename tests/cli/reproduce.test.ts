import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const configs = path.resolve(import.meta.dirname, '../../configs/reproduce');
cpSync(configs, path.join(folder, 'studies'), { recursive: true });

function rowsOf(file: string): Record<string, string>[] {
  return parse(readFileSync(path.join(folder, file), 'utf8'), { columns: true });
}

/** Writes a study of the package with one text replaced. */
function change(study: string, from: string, to: string): string {
  const text = readFileSync(path.join(configs, `${study}.expected.yaml`), 'utf8');
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(path.join(folder, 'studies', 'changed.expected.yaml'), text.replace(from, to));
  return path.join('studies', 'changed.expected.yaml');
}

describe('reproduce', () => {
  it('meets every figure of Avellaneda & Stoikov, and draws its charts', async () => {
    const args = ['reproduce', 'avellaneda-stoikov-2008', '--paths', '5000', '--output-dir', 'as', '--workers', '0'];
    const { code, stdout } = await runCli(args, folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Avellaneda & Stoikov \(2008\), tables 1 to 3/);
    expect(stdout).toContain('paper (z at 1,000 paths)');
    expect(stdout).toContain('all figures reproduced; tables and charts in as');
    const rows = rowsOf('as/avellaneda-stoikov-2008.csv');
    expect(rows).toHaveLength(30);
    const [row] = rows.filter(({ strategy, figure }) => strategy === 'avellaneda_stoikov' && figure === 'mean');
    expect(row).toMatchObject({ case: 'γ = 0.1', source: 'table 1', paper: '65', exact: '64.89254309' });
    // The paper has 1,000 paths: (65 − 64.8925)/(6.54/√1000) = 0.52.
    expect(Number(row?.['paper_z'])).toBeCloseTo(0.52, 1);
    expect(Number(row?.['z'])).toBeCloseTo((Number(row?.['ours']) - 64.89254309) / Number(row?.['se']), 10);
    expect(rows.every(({ reproduced }) => reproduced === 'yes')).toBe(true);
    for (const gamma of ['0.1', '0.01', '1']) {
      const png = readFileSync(path.join(folder, `as/avellaneda-stoikov-2008-pnl-gamma-${gamma}.png`));
      expect(png.subarray(1, 4).toString()).toBe('PNG');
    }
  });

  it('solves the quotes and value functions of the others, and says so as one JSON document', async () => {
    const studies = ['glft-2013', 'cartea-jaimungal-2015'];
    const args = ['reproduce', ...studies, '--paths', '1000', '--json', '--output-dir', 'others', '--workers', '0'];
    const { code, stdout } = await runCli(args, folder);
    expect(code).toBe(0);
    const found: unknown = JSON.parse(stdout);
    expect(found).toMatchObject([{ study: 'glft-2013' }, { study: 'cartea-jaimungal-2015' }]);
    const quote = rowsOf('others/glft-2013.csv').find(({ figure, q }) => figure === 'delta_bid' && q === '10');
    // Guéant, Lehalle & Fernandez-Tapia (2013) at Q = 30: the matrix exponential gives 3.992933.
    expect(Number(quote?.['ours'])).toBeCloseTo(3.992933, 6);
    expect(rowsOf('others/cartea-jaimungal-2015.csv')).toHaveLength(8);
    for (const chart of ['figure-1', 'figure-2', 'figure-3', 'figure-4-left', 'figure-5-right']) {
      expect(existsSync(path.join(folder, `others/glft-2013-${chart}.png`))).toBe(true);
    }
  });

  it('fails with exit code 4 where a solved figure is wrong', async () => {
    const study = change('glft-2013', 'q: -1, exact: 3.2449191547542284', 'q: -1, exact: 3.2449201547542284');
    const { code, stdout, stderr } = await runCli(['reproduce', study, '--output-dir', 'solved'], folder);
    expect(code).toBe(4);
    expect(stdout.match(/MISSED/g)).toHaveLength(1);
    expect(stderr).toMatch(/^1 of 15 figures are not reproduced; the first: Q = 30: delta_bid: expected 3\.24492015/);
    const [missed, ...others] = rowsOf('solved/changed.csv').filter(({ reproduced }) => reproduced === 'no');
    expect(others).toEqual([]);
    expect(missed).toMatchObject({ figure: 'delta_bid', q: '-1' });
  });

  it('fails with exit code 4 where a simulated figure is more than 4 standard errors off', async () => {
    const study = change(
      'cartea-jaimungal-2015',
      'certainty_equivalent, exact: 18.2',
      'certainty_equivalent, exact: 19.9',
    );
    const args = ['reproduce', study, '--paths', '2000', '--output-dir', 'simulated', '--workers', '0', '--quiet'];
    const { code, stdout, stderr } = await runCli(args, folder);
    expect(code).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^1 of 8 figures are not reproduced; .*certainty_equivalent of hjb: expected 19\.9/);
  });

  it('names what is wrong with a study, before any work', async () => {
    expect(await runCli(['reproduce', 'glft-2012'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "glft-2013"?'),
    });
    const wrongKey = change('glft-2013', '{figure: theta, q: 0, exact: 1290.625095246793}', '{figure: thta, exact: 1}');
    expect(await runCli(['reproduce', wrongKey], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^studies\/changed\.expected\.yaml:14:18 cases\.0\.solved\.0\.figure: expected one of "theta"/,
      ),
    });
    const offGrid = change('glft-2013', 'q: -1, exact', 'q: -31, exact');
    expect(await runCli(['reproduce', offGrid, '--output-dir', 'off'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected an inventory on the quote grid, got -31'),
    });
    expect(existsSync(path.join(folder, 'off'))).toBe(false);
  });
});
