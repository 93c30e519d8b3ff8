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
const fileOf = (bytes: string | Uint8Array): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'irikteu-sandbox-')), 'ratings.csv');
  writeFileSync(file, bytes);
  return file;
};

describe('npm run analyse', () => {
  it('prints scores, severities, reliability and rank intervals', () => {
    const { exit, text } = run(example);

    expect(exit).toBe(0);
    expect(text).toMatch(/^Target 5 +7\.5000 +7\.5000 +0\.7833 +1–4 +5\.0000 +2\.3805$/m);
    expect(text).toMatch(/^Judge 2 +-2\.7041 +1\.1977 +6 +1\.6432 +0\.8690 +severe$/m);
    expect(text).toContain('ICC(2,k), their mean  0.6201  95 % 0.0711 to 0.9272  (poor to excellent)');
    expect(text).toMatch(
      /^ICC\(2,1\), one rater {3}0\.2898 {2}95 % 0\.0188 to 0\.7611 {2}\(poor to good\)$/m,
    );
    expect(text).toMatch(
      /^alpha, ordinal {8}0\.1091 {2}95 % \S+ to \S+ {2}\(below 0\.667, the customary lower bound\)$/m,
    );
    expect(text).toMatch(/^alpha, interval data {2}0\.1473 {2}\(below 0\.667, the customary lower bound\)$/m);
    expect(text).toContain('All raters are linked');
    expect(text).toContain('MANY RATINGS (100.0000 %) are by raters who have fewer than 8.');
  });

  it('says that it is not known how reliable the mean is where nobody has two applications', () => {
    const { text } = run(fileOf('application,rater,score\na,r1,5\na,r2,6\nb,r3,5\nb,r4,9\n'));

    expect(text).toContain('NOT KNOWN how reliable the mean of the raters is');
    expect(text).not.toContain('UNRELIABLE');
    expect(run(example).text).not.toContain('NOT KNOWN');
  });

  it.for([
    [
      'at least 0.667, the customary lower bound',
      [
        [1, 1],
        [2, 2],
        [2, 3],
        [3, 3],
        [4, 3],
      ],
    ],
    [
      'at least 0.8: customarily relied upon',
      [
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
        [4, 3],
      ],
    ],
  ] as const)('says of alpha that it is %s', ([words, pairs]) => {
    const rows = pairs.map(([one, other], row) => `A${row},R,${one}\nA${row},S,${other}`).join('\n');

    expect(run(fileOf(`application,rater,score\n${rows}\n`)).text).toContain(`(${words})`);
  });

  it('has no word for what is not known', () => {
    const { text } = run(fileOf('application,rater,score\nA,R,1\nB,S,2\n'));

    expect(text).toMatch(/^ICC\(2,1\), one rater {3}not known$/m);
    expect(text).toMatch(/^alpha, ordinal {8}not known$/m);
  });

  it('prints JSON with exactly the names that were promised', () => {
    const report = JSON.parse(run(example, '--json').text);

    expect(Object.keys(report)).toEqual(['applications', 'raters', 'reliability', 'oneRater']);
    expect(Object.keys(report.applications[0])).toEqual([
      'id',
      'raw',
      'adjusted',
      'se',
      'rankInterval',
      'range',
      'sd',
    ]);
    expect(Object.keys(report.raters[0])).toEqual(['id', 'severity', 'se', 'ratings', 'sd', 'sdRatio']);
    expect(Object.keys(report.reliability)).toEqual([
      'icc21',
      'icc2k',
      'iccInterval',
      'alphaOrdinal',
      'alphaInterval',
      'alphaIntervalDistance',
    ]);
    expect(Object.keys(report.oneRater)).toEqual(['iccInterval', 'ratersNeeded']);
    expect(report.applications.map(({ id }: { id: string }) => id).join()).toBe(
      'Target 5,Target 3,Target 1,Target 6,Target 4,Target 2',
    );
  });

  it('says of each rater how alike the criteria were scored, whatever they weigh and in whatever order', () => {
    const scores = { R: ['1 2', '2 4', '3 6', '4 8'], S: ['1 5', '2 3', '3 3', '4 1'], T: ['1 1', '2 2'] };
    const rows = Object.entries(scores).flatMap(([rater, sheets]) =>
      sheets.flatMap((sheet, row) =>
        sheet.split(' ').map((score, place) => `A${row},${rater},${score},${place ? 'y,1' : 'x,3'}`),
      ),
    );
    const [file, turned] = [rows, rows.toReversed()].map((all) =>
      fileOf(`application,rater,score,criterion,weight\n${all.join('\n')}\n`),
    );
    const printed = run(file ?? '', '--json').text;
    const report = JSON.parse(printed);

    expect(run(turned ?? '', '--json').text).toBe(printed);
    const halos = report.raters.map(({ id, halo }: { id: string; halo: number | null }) => [id, halo]);
    expect(halos).toEqual([
      ['R', expect.closeTo(1, 12)],
      // Σ(x − 2.5)(y − 3) = −6, over √(5 · 8)
      ['S', expect.closeTo(-6 / Math.sqrt(40), 12)],
      ['T', null],
    ]);
    // A0: R (3·1 + 2)/4, S (3·1 + 5)/4, T 1
    const first = report.applications.find(({ id }: { id: string }) => id === 'A0');
    expect(first.raw).toBeCloseTo((1.25 + 2 + 1) / 3, 12);
    const { text } = run(file ?? '');
    expect(text).toMatch(/^rater +severity +error +ratings +sd +sd ratio +halo/m);
    expect(text).toMatch(/^S .* -0\.9487\b/m);
    expect(text).toMatch(/^T .* –/m);
    expect(run(example).text).not.toContain('halo');
  });

  it('gives an interval and its bands also where not everybody scored everything, and says how many raters are needed', () => {
    const rows = 'A,R,1\nA,S,2.5\nB,R,3\nB,T,3\nC,S,4\nC,T,3\nC,R,4.5\nD,T,1\nD,S,2\n';
    const file = fileOf(`application,rater,score\n${rows}`);
    const { reliability, oneRater } = JSON.parse(run(file, '--json').text);
    const { text } = run(file);

    expect(reliability.iccInterval[0]).toBeLessThan(reliability.icc2k);
    expect(reliability.iccInterval[1]).toBeGreaterThan(reliability.icc2k);
    expect(oneRater.iccInterval[1]).toBeGreaterThan(reliability.icc21);
    expect(text).toMatch(/^ICC\(2,k\), their mean {2}\S+ {2}95 % \S+ to \S+ {2}\(poor to excellent\)$/m);
    const needed = (wanted: number) =>
      (wanted * (1 - reliability.icc21)) / (reliability.icc21 * (1 - wanted));
    expect(oneRater.ratersNeeded.map(({ reliability: of }: { reliability: number }) => of)).toEqual([
      0.7, 0.8,
    ]);
    expect(oneRater.ratersNeeded[1].raters).toBeCloseTo(needed(0.8), 12);
    expect(text).toContain(`raters for 0.7        ${needed(0.7).toFixed(4)}`);
  });

  it('tells raters who agree by chance alone from ratings that say nothing yet', () => {
    const two = run(fileOf('application,rater,score\nA,R1,1\nB,R2,2\n')).text;
    const chance = run(
      fileOf('application,rater,score\nA,R1,1\nA,R2,2\nB,R1,2\nB,R2,1\nC,R1,1\nC,R2,2\nD,R1,2\nD,R2,1\n'),
    ).text;

    expect(two).toContain('raters for 0.7        not known\n');
    expect(chance).toContain('raters for 0.7        no number: raters do not agree\n');
  });

  it('prints the same bytes in whatever order the rows came', () => {
    const rows = 'A,R,1\nA,S,2.5\nB,R,3\nB,T,3\nC,S,4\nC,T,1\nC,R,2\n';
    const turned = rows.trim().split('\n').toReversed().join('\n');
    const printed = [rows, turned].map(
      (text) => run(fileOf(`application,rater,score\n${text}`), '--json').text,
    );

    expect(printed[0]).toBe(printed[1]);
  });

  it('compares panels where the table has them, and says when they are not linked', () => {
    const text =
      'application,rater,score,panel\nA,R,1,North\nA,S,2,North\nB,R,3,North\nB,S,5,North\nC,T,4,South\nC,U,5,South\n';
    const { text: said } = run(fileOf(text));

    expect(said).toMatch(/^North +2\.7500 +\S+ +4$/m);
    expect(said).toContain('NOT LINKED: raters fall into 2 groups');
  });

  it('does not claim what too few ratings cannot tell', () => {
    const report = JSON.parse(run(fileOf('application,rater,score\nA,R,1\n'), '--json').text);

    expect(report.reliability).toEqual({
      icc21: null,
      icc2k: null,
      iccInterval: null,
      alphaOrdinal: null,
      alphaInterval: null,
      alphaIntervalDistance: null,
    });
    expect(report.oneRater).toEqual({
      iccInterval: null,
      ratersNeeded: [
        { reliability: 0.7, raters: null },
        { reliability: 0.8, raters: null },
      ],
    });
  });

  it('shows names of a file so that they neither fill nor steer a terminal', () => {
    const { exit, text } = run(
      fileOf(`application,rater,score,"\u001B[2J${'x'.repeat(1_000_000)}\nB"\nA,R,1,2\n`),
    );

    expect(exit).toBe(2);
    expect(text).toContain(':2:4: \uFFFD[2jxxx');
    expect(text).toContain('There is no column “\uFFFD[2jxxx');
    expect(text.length).toBeLessThan(1000);
    expect(text.includes('\u001B') || text.includes('\n')).toBe(false);
  });

  it('says at once that a table has too many ratings, with either end of lines', () => {
    for (const end of ['\n', '\r']) {
      const begun = performance.now();
      const { exit, text } = run(fileOf(`application,rater,score${end}${`A,R,1${end}`.repeat(1_000_001)}`));

      expect([exit, text.slice(text.indexOf('Too'))]).toEqual([
        2,
        'Too many lines: at most 1,000,000 ratings',
      ]);
      expect(performance.now() - begun).toBeLessThan(2000);
    }
  });

  it('ends with 2 and says where a file is wrong', () => {
    const file = fileOf('application,rater,score\nA,R,x\n');

    expect(run(file)).toEqual({
      exit: 2,
      text: `${file}:2:3: score: A score must be a number below a thousand million`,
    });
    expect(run(file, '--lang', 'kk').text).not.toContain('must');
    expect(run(fileOf(Uint8Array.of(0xff, 0xfe))).text).toContain('not UTF-8');
    expect(run().exit).toBe(2);
    expect(run('--nonsense', example).exit).toBe(2);
    expect(run(example, '--check', example).exit).toBe(2);
  });
});
