import { describe, expect, it } from 'vitest';
import { main } from '#infra/sandbox/assign.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { drawRaters, RaterDrawing } from '#shared/domain/rater-drawing.ts';
import { aSandboxFile, ran } from '#test/builders/sandbox.ts';

const example = new URL('../../../infra/sandbox/examples/instance.json', import.meta.url).pathname;

const run = (...args: string[]) => ran(main, args);
const fileOf = (text: string): string => aSandboxFile('instance.json', text);

describe('npm run assign', () => {
  it('prints who scores what, loads and links', () => {
    const { exit, text } = run(example);

    expect(exit).toBe(0);
    expect(text).toMatch(/^A-01 +R-\d, R-\d, R-\d$/m);
    expect(text).toMatch(/^\d+ of 72 ratings \(\d+\.\d %\) cross panels\.$/m);
  });

  it('prints JSON that names the seed', () => {
    const { exit, text } = run(example, '--json');

    expect(exit).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      seed: 'example',
      assignments: { length: 24 },
      loads: { length: 8 },
    });
  });

  it('says in words what binds, with exit code 1', () => {
    const file = fileOf('{"applications":[{"id":"A"}],"raters":[{"id":"R","max":0}],"k":1,"seed":1}');

    expect(run(file)).toEqual({
      exit: 1,
      text: [
        '1 rating is needed; all raters together may score at most 0',
        'Without greatest loads there would be an assignment',
      ].join('\n'),
    });
    expect(JSON.parse(run(file, '--json').text)).toMatchObject({
      faults: [{ message: 'assignment.capacity', facts: { needed: 1, available: 0 } }, {}],
    });
  });

  it.for([
    ['{', /^\S+instance\.json:1:2: /],
    ['{"applications":[],"raters":[{"id":"R"}],"k":1,"seed":1}', /instance\.json:1:17: \/applications: /],
    [
      '{"applications":[{"id":"A"}],"raters":[{"id":"R"}],"k":1,"seed":1,"conflicts":[["A","X"]]}',
      /instance\.json:1:\d+: \/conflicts\/0\/1: There is no “X”/,
    ],
  ] as const)('%#: a wrong file ends with 2 and says where', ([text, words]) => {
    const { exit, text: said } = run(fileOf(text));

    expect(exit).toBe(2);
    expect(said).toMatch(words);
  });

  it('ends with 2 when no file was named or it cannot be read', () => {
    expect(run().exit).toBe(2);
    expect(run('nowhere.json').exit).toBe(2);
    expect(run('--help').exit).toBe(0);
  });
});

describe('npm run assign with the drawing of a round', () => {
  const people = ['A', 'B', 'C'].map((id) => PersonId.parse(id.padEnd(20, '0')));
  const text = (atMost: number): string =>
    drawRaters(
      ['1', '2', '3'].map((id) => ({
        applicationId: ApplicationId.parse(id.padEnd(20, '0')),
        raters: [],
        wanted: 2,
      })),
      {
        members: people,
        guests: [],
        inConflict: () => false,
        rule: { load: { atMost, source: 'A test', confidence: 'unverified', verifiedOn: '2026-11-26' } },
        seed: sha256Of('a decision'),
      },
    )?.text ?? '';

  it('comes to what was recorded, also where places stayed open', () => {
    expect(run(fileOf(text(2)))).toMatchObject({ exit: 0 });
    expect(run(fileOf(text(2))).text).toMatch(/^The same assignment was recorded\.$/m);
    const part = run(fileOf(text(1)));
    expect(part.exit).toBe(0);
    expect(part.text).toContain('all raters together may score at most 3');
    expect(JSON.parse(run(fileOf(text(1)), '--json').text)).toMatchObject({ recorded: true });
  });

  it('says so where the file was changed', () => {
    const { assignments, ...rest } = RaterDrawing.parse(JSON.parse(text(2)));
    const changed = JSON.stringify({ ...rest, assignments: assignments.slice(1) });

    expect(run(fileOf(changed))).toMatchObject({ exit: 1 });
    expect(run(fileOf(changed)).text).toContain('NOT the same assignment was recorded.');
  });

  it('names what no drawing says', () => {
    expect(run(fileOf('{"schemaVersion":1,"instance":{}}')).exit).toBe(2);
  });
});

it('refuses what memory would not hold, in a sentence', () => {
  const all = Array.from({ length: 20_001 }, (_, place) => ({ id: `${place}` }));
  const instance = { applications: all, raters: all.slice(0, 1000), k: 3, seed: 1 };

  expect(run(fileOf(JSON.stringify(instance)))).toMatchObject({
    exit: 2,
    text: expect.stringMatching(/: Too large: applications times raters are at most 20,000,000$/),
  });
});
