import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import { Incentive, postsOf, registerText, SchoolType, Vacancy } from '#shared/domain/vacancy.ts';
import { csvLimits, readVacancies, vacancyColumns } from '#shared/domain/vacancy-csv.ts';
import { vacancyBytes } from '#test/builders/round-file.ts';

const right = {
  code: 'MAT-001',
  school_kk: '№ 1 үлгі мектеп',
  school_ru: 'Школа-образец № 1',
  school_type: 'general',
  district: 'Талғар ауданы',
  locality: '2-үлгі ауыл',
  subject: 'mathematics',
  language: 'kk',
  hours: '16',
  posts: '2',
  incentives: 'housing|kindergarten',
};
type Row = typeof right;

const quoted = (cell: string): string => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A register as a spreadsheet would save it. */
const csv = (rows: readonly Partial<Row>[], delimiter = ','): string =>
  [vacancyColumns, ...rows.map((row) => vacancyColumns.map((name) => quoted({ ...right, ...row }[name])))]
    .map((cells) => cells.join(delimiter))
    .join('\r\n');

/** The faults as `line:column message`. */
const faults = (text: string): string[] => {
  const read = readVacancies(text);
  return read.ok
    ? []
    : read.error.map(({ line, place, message }) => `${line}:${place} ${message.replace('vacancies.', '')}`);
};

describe('a vacancy register', () => {
  it('of the Almaty region has 438 posts', () => {
    const read = readVacancies(new TextDecoder().decode(vacancyBytes));

    expect(read.ok && [read.value.length, postsOf(read.value)]).toEqual([438, 438]);
  });

  it('is read from commas or semicolons, with or without a byte order mark', () => {
    const vacancy = {
      code: 'MAT-001',
      school: { kk: '№ 1 үлгі мектеп', ru: 'Школа-образец № 1' },
      schoolType: 'general',
      district: 'Талғар ауданы',
      locality: '2-үлгі ауыл',
      subject: 'mathematics',
      language: 'kk',
      hours: 16,
      posts: 2,
      incentives: ['housing', 'kindergarten'],
    };

    for (const text of [
      csv([{}]),
      csv([{}], ';'),
      `\uFEFF${csv([{}])}`,
      `${csv([{}])}\r\n;;;;\r\n`,
      `${csv([{}])}\n\n`,
    ]) {
      expect(readVacancies(text.replace(';;;;', ''))).toEqual({ ok: true, value: [vacancy] });
    }
  });

  it('takes one name of a school for both languages, a decimal comma, and capitals in codes', () => {
    const read = readVacancies(
      csv([{ school_kk: '', hours: '8,5', subject: 'Physics', incentives: '' }], ';'),
    );

    expect(read).toMatchObject({
      value: [
        {
          school: { kk: 'Школа-образец № 1', ru: 'Школа-образец № 1' },
          hours: 8.5,
          subject: 'physics',
          incentives: [],
        },
      ],
    });
  });

  it('may have its columns in another order', () => {
    const columns = vacancyColumns.toReversed();
    const text = [columns, columns.map((name) => right[name])].map((cells) => cells.join(',')).join('\n');

    expect(readVacancies(text).ok).toBe(true);
  });
});

describe('a register with faults', () => {
  it('has every missing, unknown and doubled column named at once', () => {
    const columns = [...vacancyColumns.filter((name) => name !== 'hours'), 'salary', 'code'];

    expect(faults(columns.join(','))).toEqual([
      '1:hours missing-column',
      '1:salary unknown-column',
      '1:code doubled-column',
    ]);
  });

  it('has every wrong cell named, with its line', () => {
    const text = csv([
      { code: 'mat 1', hours: 'many', posts: '0' },
      { subject: 'alchemy', language: 'fr', school_type: '', incentives: 'housing|gold' },
      { district: '', posts: '1.5' },
    ]);

    expect(faults(text)).toEqual([
      '2:code code',
      '2:hours number',
      '2:posts whole-number',
      '3:school_type missing',
      '3:subject option',
      '3:language option',
      '3:incentives option',
      '4:code doubled-code',
      '4:district missing',
      '4:posts whole-number',
    ]);
  });

  it.for(['=1+1', '+7', '-2', '@SUM(A1)', '=HYPERLINK("http://x","y")', '|calc'])(
    'is refused where a spreadsheet would run %s',
    (cell) => {
      expect(faults(csv([{ locality: cell }]))).toEqual(['2:locality formula']);
    },
  );

  it('names a doubled code with the line of the first one', () => {
    const read = readVacancies(csv([{}, { code: 'PHY-001' }, {}]));

    expect(read).toEqual({
      ok: false,
      error: [
        {
          place: 'code',
          message: 'vacancies.doubled-code',
          line: 4,
          facts: { code: 'MAT-001', first: 2 },
        },
      ],
    });
  });

  it.for([
    ['', '1: empty'],
    [csv([]), '2: empty'],
    [`${csv([{}])}\r\n"open`, '3: quotes'],
    [`${csv([{}])}\r\na,b`, '3: cell-count'],
    [csv([{ locality: 'two\nlines' }]), '3:locality control-character'],
    [csv([{ locality: 'x'.repeat(201) }]), '2:locality too-long'],
    [csv(Array.from({ length: csvLimits.rows + 1 }, () => ({}))), '1: too-many-rows'],
    ['x'.repeat(csvLimits.characters + 1), '1: too-large'],
  ] as const)('%#: is answered plainly', ([text, fault]) => {
    expect(faults(text)).toEqual([fault]);
  });

  it('that is wrong everywhere is answered with the first 200 faults and how many more there are', () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ code: `C-${index}`, posts: 'x' }));

    const read = readVacancies(csv(rows));

    expect(read.ok ? 0 : read.error.length).toBe(201);
    expect(read.ok ? {} : read.error.at(-1)).toMatchObject({
      message: 'vacancies.more-faults',
      facts: { more: 100 },
    });
  });
});

describe('any register', () => {
  const word = fc
    .string({ unit: fc.constantFrom(...Array.from('абвгғқңAZ09№"\',; -')), minLength: 1, maxLength: 30 })
    .map((text) => `Ш${text}`.trim());
  const anyVacancy = fc.record({
    school_kk: word,
    school_ru: word,
    school_type: fc.constantFrom(...SchoolType.options),
    district: word,
    locality: word,
    subject: fc.constantFrom(...Subject.options),
    language: fc.constantFrom(...InstructionLanguage.options),
    hours: fc.integer({ min: 1, max: 36 }).map(String),
    posts: fc.integer({ min: 1, max: 500 }).map(String),
    incentives: fc.subarray([...Incentive.options]).map((list) => list.join('|')),
  });
  const anyRows = fc
    .array(anyVacancy, { minLength: 1, maxLength: 20 })
    .map((rows) => rows.map((row, index) => Object.assign({ code: `C-${index}` }, row)));

  it('written as CSV is read as it was', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(',', ';'), (rows, delimiter) => {
        const read = readVacancies(csv(rows, delimiter));
        const back = read.ok ? read.value : [];
        expect(back.map(({ code, school, hours }) => [code, school.kk, school.ru, String(hours)])).toEqual(
          rows.map(({ code, school_kk, school_ru, hours }) => [code, school_kk, school_ru, hours]),
        );
        expect(back.every((vacancy) => Vacancy.safeParse(vacancy).success)).toBe(true);
      }),
    );
  });

  it('has one SHA-256, in whatever order its rows came', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const forth = readVacancies(csv(rows));
        const back = readVacancies(csv(rows.toReversed()));
        expect(
          forth.ok && back.ok && registerText(forth.value).sha256 === registerText(back.value).sha256,
        ).toBe(true);
      }),
    );
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from(',;"\n\r\'=a1 \uFEFF\0')), maxLength: 60 }),
        (rest) => {
          const read = readVacancies(`${vacancyColumns.join(',')}\n${rest}`);
          expect(read.ok || read.error.length > 0).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
