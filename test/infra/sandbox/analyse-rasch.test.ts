import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '#infra/sandbox/analyse.ts';

const example = new URL('../../../infra/sandbox/examples/ratings.csv', import.meta.url).pathname;

const run = (...args: string[]) => {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const exit = main(args, { print: say, complain: say });
  return { exit, text: said.join('\n') };
};
const fileOf = (bytes: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'irikteu-sandbox-')), 'ratings.csv');
  writeFileSync(file, bytes);
  return file;
};

describe('npm run analyse -- --rasch', () => {
  it('prints severities of both models beside each other, and how far they agree', () => {
    const { exit, text } = run(example, '--rasch');

    expect(exit).toBe(0);
    expect(text.startsWith(run(example).text)).toBe(true);
    expect(text).toMatch(/^Judge 2 +-2\.7041 +1 +5\.5129 +1\.7868 +1 +0\.3556 +0\.3274 +too even$/m);
    expect(text).toMatch(/^Judge 3 +-0\.9283 +2 +1\.6816 +0\.7462 +2 +0\.8280 +1\.5232 +noisy$/m);
    expect(text).toMatch(/^ +10 +7\.7198 +2\.7149 +1$/m);
    expect(text).toContain('rank correlation      1.0000');
    expect(text).toContain('No two raters whose order');
  });

  it('adds to the JSON, which stays what it was without', () => {
    const { rasch, ...rest } = JSON.parse(run(example, '--json', '--rasch').text);

    expect(rest).toEqual(JSON.parse(run(example, '--json').text));
    expect(Object.keys(rasch)).toEqual([
      'raters',
      'criteria',
      'steps',
      'connected',
      'groups',
      'converged',
      'separation',
      'beside',
    ]);
    expect(Object.keys(rasch.raters[0])).toEqual([
      'id',
      'severity',
      'se',
      'infit',
      'outfit',
      'extreme',
      'group',
    ]);
    expect(rasch).toMatchObject({
      connected: true,
      converged: true,
      beside: { rankCorrelation: 1, turned: [] },
    });
  });

  it('takes each criterion by itself', () => {
    const rows = ['A R x 1', 'A R y 0', 'A S x 2', 'A S y 1', 'B R x 0', 'B R y 2', 'B S x 1', 'B S y 1'];
    const table = `application,rater,criterion,score\n${rows.map((row) => row.replaceAll(' ', ',')).join('\n')}`;
    const { rasch, raters } = JSON.parse(run(fileOf(table), '--json', '--rasch').text);

    expect(rasch.criteria.map(({ id }: { id: string }) => id)).toEqual(['x', 'y']);
    expect(rasch.raters[0].severity).toBeGreaterThan(0);
    expect(raters[0].severity).toBeLessThanOrEqual(0);
    expect(run(fileOf(table), '--rasch').text).toMatch(/^criterion +difficulty +error +infit +outfit$/m);
  });

  it('says in each language what it cannot use', () => {
    const half = fileOf('application,rater,score\nA,R,1\nA,S,2.5\n');
    const same = fileOf('application,rater,score\nA,R,1\nA,S,1\n');
    const lacking = fileOf('application,rater,criterion,score\nA,R,x,1\nA,R,y,2\nA,S,x,2\n');

    expect(run(half, '--rasch')).toEqual({
      exit: 2,
      text: `${half}:3:3: score: The Rasch model needs whole numbers: this score is none`,
    });
    expect(run(half).exit).toBe(0);
    expect(run(half, '--rasch', '--lang', 'ru').text).toContain('нужны целые числа');
    expect(run(half, '--rasch', '--lang', 'kk').text).toContain('бүтін сандар керек');
    expect(run(same, '--rasch')).toEqual({
      exit: 2,
      text: `${same}: Every score is the same, so there is nothing to measure`,
    });
    expect(run(lacking, '--rasch', '--lang', 'ru').text).toContain('A');
    expect(run(lacking, '--rasch').exit).toBe(2);
  });

  it('says where raters are not linked, and where no severity is the likeliest', () => {
    const apart = ['A', 'B'].flatMap((a) => [
      `${a}1,R${a},1`,
      `${a}1,S${a},0`,
      `${a}2,R${a},0`,
      `${a}2,S${a},1`,
    ]);
    const split = ['A,R,0', 'A,S,1', 'B,R,1', 'B,S,2'];
    const [two, less] = [apart, split].map((rows) => fileOf(`application,rater,score\n${rows.join('\n')}\n`));

    const { exit, text } = run(two ?? '', '--rasch');
    expect(exit).toBe(0);
    expect(text).toContain('NOT LINKED: no common application links all raters');
    expect(text).toContain('rank correlation      not known');
    expect(text).toMatch(/^RB .* 2 +1\.0000 +1\.0000$/m);
    expect(run(two ?? '', '--rasch', '--lang', 'kk').text).toContain('БАЙЛАНЫС ЖОҚ');
    expect(run(less ?? '', '--rasch').text).toContain('NOT CONVERGED');
    expect(run(less ?? '', '--rasch', '--lang', 'ru').text).toContain('НЕ СОШЛОСЬ');
  });

  it('names who only gave the lowest score', () => {
    const rows = 'A,R,1\nA,S,0\nB,R,0\nB,S,1\nA,X,0\nB,X,0\n';

    expect(run(fileOf(`application,rater,score\n${rows}`), '--rasch').text).toMatch(
      /^X .* 1\.7346 .* – +– +only the lowest$/m,
    );
  });
});
