import { describe, expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundFileJsonSchema } from '#shared/domain/round-file.ts';
import { planOf, readRoundFile } from '#shared/domain/round-file-reading.ts';
import { aRoundFile, faultsOf, roundFileText } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

/** The text of a round file after an author's change to it. */
const edited = (change: (file: RoundFile) => unknown): string => {
  const file = aRoundFile();
  return JSON.stringify(change(file) ?? file, null, 2);
};

describe('a round file that is right', () => {
  it('is read whole', () => {
    const read = readRoundFile(roundFileText, 'KZ-19');

    expect(read).toMatchObject({ ok: true, value: { intake: '2022-3', posts: { total: 438 } } });
  });

  it('gives the round its plan, with the deadline as a moment in UTC', () => {
    expect(planOf(aRoundFile(), sha256Of(roundFileText))).toEqual({
      file: sha256Of(roundFileText),
      intake: '2022-3',
      closesAt: at('2022-10-04T12:00'),
      minimumDays: 7,
      timeZone: 'Asia/Almaty',
    });
  });

  it('gives the plan the earliest end of a stage that is named as a moment', () => {
    const { stages } = aRoundFile();
    const { source, confidence, verifiedOn } = aRoundFile().call;
    const ending = (endsAt: string) => ({ endsAt, source, confidence, verifiedOn });
    const file = aRoundFile({
      stages: {
        ...stages,
        scoring: ending('2022-10-20T18:00:00+06:00'),
        screening: ending('2022-10-10T18:00:00+06:00'),
      },
    });

    expect(planOf(file, sha256Of('file'))).toMatchObject({ stageEndsAt: at('2022-10-10T12:00') });
  });

  it('may not name a moment beyond the century', () => {
    expect(
      faultsOf(
        edited((file) => ({ ...file, call: { ...file.call, closesAt: '9999-12-31T23:59:00-05:00' } })),
      ),
    ).toHaveLength(1);
  });

  it('says where each of its rules comes from', () => {
    const rules = [...roundFileText.matchAll(/"confidence": "(\w+)",\s+"verifiedOn": "\d{4}-\d{2}-\d{2}"/g)];

    expect(rules.length).toBeGreaterThan(40);
    expect(rules.length).toBe([...roundFileText.matchAll(/"source": (?:"[^"]+"|\{\s+"kk")/g)].length);
  });

  it.for([
    ['no text in Russian', { kk: 'Үлгі', en: 'A sample' }, '/blind/source/ru missing'],
    ['a number', 57, '/blind/source type'],
    ['nothing at all', undefined, '/blind/source missing'],
    ['too many words', 'x'.repeat(501), '/blind/source too-long'],
  ] as const)('names the fault of a source that has %s', ([, source, fault]) => {
    const faults = faultsOf(edited((file) => ({ ...file, blind: { ...file.blind, source } })));

    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  it('may write its moments in UTC', () => {
    expect(
      faultsOf(edited((file) => ({ ...file, call: { ...file.call, closesAt: '2022-10-04T12:00:00Z' } }))),
    ).toEqual([]);
  });

  it('has a JSON Schema that editors can use', () => {
    const schema = roundFileJsonSchema();

    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(JSON.stringify(schema)).toContain('"schemaVersion"');
  });
});

describe('a broken text', () => {
  it.for([
    ['', '1:1 value'],
    ['{', '1:2 brace'],
    ['{"a": 1,\n "b" 2}', '2:6 colon'],
    ['{"a": 1\n "b": 2}', '2:2 comma'],
    ['{"a": 1,}', '1:9 property-name'],
    ['// hello\n{}', '1:1 comment'],
    ['{"a": 1.}', '1:7 number'],
    ['{} {}', '1:4 end'],
    ['{"a": "b', '1:7 string'],
  ] as const)('%j is refused where it breaks', ([text, first]) => {
    const read = readRoundFile(text, 'KZ-19');

    const places = read.ok
      ? []
      : read.error.map(({ line, column, message }) => `${line}:${column} ${message}`);
    expect(places).toContain(first.replace(' ', ' round-file.json.'));
  });

  it('with a byte order mark is refused, because its bytes are what is pinned', () => {
    expect(readRoundFile(`\uFEFF${roundFileText}`, 'KZ-19')).toMatchObject({
      error: [{ message: 'round-file.byte-order-mark', line: 1, column: 1 }],
    });
  });

  it('names a key that stands twice, also deep inside', () => {
    const text = roundFileText.replace('"minimumDays": 7,', '"minimumDays": 7,\n    "minimumDays": 1,');

    expect(readRoundFile(text, 'KZ-19')).toMatchObject({
      error: [
        { place: '/call/minimumDays', message: 'round-file.duplicate-key', facts: { key: 'minimumDays' } },
      ],
    });
  });

  it('of a megabyte is not even looked at', () => {
    expect(readRoundFile(' '.repeat(1_000_000), 'KZ-19')).toMatchObject({
      error: [{ message: 'round-file.too-large' }],
    });
  });

  it.for(['null', '[]', '"text"', '17'])('%s is not a round file', (text) => {
    expect(readRoundFile(text, 'KZ-19')).toMatchObject({ ok: false });
  });
});

describe('members that are wrong', () => {
  it('are all named, each with its line and column, in their order', () => {
    const text = roundFileText
      .replace('"region": "KZ-19"', '"region": "KZ-99"')
      .replace('"minimumDays": 7', '"minimumDays": "seven"')
      .replace('"perApplication": 2', '"perApplicant": 2');

    const read = readRoundFile(text, 'KZ-19');

    const lines = text.split('\n');
    const shown = read.ok
      ? []
      : read.error.map(({ place, line = 0, message }) => [place, message, lines[line - 1]?.trim()]);
    expect(shown).toEqual([
      ['/region', 'round-file.option', '"region": "KZ-99",'],
      ['/call/minimumDays', 'round-file.type', '"minimumDays": "seven",'],
      ['/raters/perApplication', 'round-file.missing', '"raters": {'],
      ['/raters/perApplicant', 'round-file.unknown-key', '"perApplicant": 2,'],
    ]);
  });

  it('point to the very column', () => {
    const read = readRoundFile('{\n  "schemaVersion":  2\n}', 'KZ-19');

    expect(read.ok ? [] : read.error).toContainEqual({
      place: '/schemaVersion',
      line: 2,
      column: 21,
      message: 'round-file.option',
      facts: { options: '1' },
    });
  });

  it('of one of several shapes are told by the nearest shape', () => {
    const text = edited((file) => ({
      ...file,
      stages: {
        ...file.stages,
        claims: { workingDays: 0, source: 'x', confidence: 'high', verifiedOn: '2026-11-22' },
      },
    }));

    expect(faultsOf(text)).toEqual(['/stages/claims/workingDays too-small {"minimum":1}']);
  });

  it.for([
    [{ title: { kk: 'а', ru: 'б' } }, '/title/en missing {"key":"en"}'],
    [{ title: { kk: 'а', ru: 'б', en: ' ' } }, '/title/en too-short {"minimum":1}'],
    [{ intake: 'autumn' }, '/intake format {"pattern":"/^20\\\\d{2}-[1-9]\\\\d?$/"}'],
    [{ timeZone: 'Europe/Paris' }, expect.stringMatching(/^\/timeZone option/)],
    [{ questions: [] }, '/questions too-few {"minimum":1}'],
    [{ eligibility: [{ rule: 'age-at-most' }] }, expect.stringMatching(/^\/eligibility\/0\/rule option/)],
  ] as const)('%j is refused in its own words', ([change, fault]) => {
    expect(faultsOf(edited((file) => ({ ...file, ...change })))).toContainEqual(fault);
  });
});
