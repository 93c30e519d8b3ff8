import { describe, expect, it } from 'vitest';
import { fields, SectionId, Typed } from '#shared/domain/application-form.ts';
import {
  askedFields,
  askedSections,
  checkForm,
  countWords,
  draftFaults,
} from '#shared/domain/application-form-check.ts';
import { sectionsWell, typedWell } from '#test/builders/application.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const file = aRoundFile();

/** The faults of a form that is right but for a change, as `field problem`. */
const faults = (change: Typed): string[] => {
  const checked = checkForm({ ...typedWell, ...change }, file);
  return checked.ok ? [] : checked.error.map(({ message }) => message.replace('application-form.', ''));
};

describe('a form that is complete', () => {
  it('is read into what the record needs, tidied', () => {
    expect(checkForm({ ...typedWell, fullName: '  Сапарова   Айгүл ' }, file)).toEqual({
      ok: true,
      value: {
        fullName: 'Сапарова Айгүл',
        iin: '800315200013',
        birthDate: '1880-03-15',
        phone: '+77010000013',
        education: 'bachelor',
        institution: 'Абай атындағы университет',
        graduationYear: 2015,
        subjects: ['mathematics'],
        category: 'expert',
        experienceYears: 7,
        languages: ['kk', 'ru'],
        motivation: String(typedWell.motivation).trim(),
        consent: true,
        consentVersion: '2022-3.1',
      },
    });
  });

  it('may leave out what the round does not insist on, and nothing that it does not ask is read', () => {
    const questions = file.questions
      .filter(({ code }) => code !== 'languages')
      .map((question) =>
        question.code === 'institution' ? Object.assign({}, question, { required: false }) : question,
      );

    const checked = checkForm({ ...typedWell, institution: ' ' }, { ...file, questions });

    expect(checked).toMatchObject({ ok: true, value: { languages: [] } });
    expect(checked.ok && checked.value).not.toHaveProperty('institution');
  });
});

describe('a form with faults', () => {
  it('has everything that is missing named at once, in the order of the pages', () => {
    const checked = checkForm({}, file);

    expect(checked.ok ? [] : checked.error.map(({ place }) => place)).toEqual(
      askedFields(file).map(({ name }) => name),
    );
    expect(checked.ok ? [] : checked.error.every(({ message }) => message.endsWith('.missing'))).toBe(true);
  });

  it.for([
    [{ fullName: '12345' }, 'fullName.invalid'],
    [{ iin: '80031520001' }, 'iin.shape'],
    [{ iin: '800315200014' }, 'iin.checksum'],
    [{ birthDate: '1880-03-16' }, 'birthDate.not-iin'],
    [{ birthDate: '1880-02-31' }, 'birthDate.invalid'],
    [{ birthDate: '15.03.1880' }, 'birthDate.invalid'],
    [{ phone: '12' }, 'phone.invalid'],
    [{ education: 'self-taught' }, 'education.invalid'],
    [{ institution: '—' }, 'institution.invalid'],
    [{ graduationYear: '15' }, 'graduationYear.invalid'],
    [{ subjects: ['mathematics', 'alchemy'] }, 'subjects.invalid'],
    [{ subjects: [] }, 'subjects.missing'],
    [{ category: 'wizard' }, 'category.invalid'],
    [{ experienceYears: '-1' }, 'experienceYears.invalid'],
    [{ experienceYears: '7.5' }, 'experienceYears.invalid'],
    [{ languages: ['fr'] }, 'languages.invalid'],
    [{ motivation: 'Қысқа жауап.' }, 'motivation.too-few-words'],
    [{ motivation: 'сөз '.repeat(301) }, 'motivation.too-many-words'],
    [{ consent: 'no' }, 'consent.missing'],
    [{ consent: '' }, 'consent.missing'],
    [{ consentVersion: '2022-3.0' }, 'consentVersion.changed'],
  ] as const)('%j: %s', ([change, fault]) => {
    expect(faults(Typed.parse(change))).toEqual([fault]);
  });

  it('does not blame the birth date for a slip in the IIN', () => {
    expect(faults({ iin: '800315200014', birthDate: '1880-03-15' })).toEqual(['iin.checksum']);
  });
});

describe('a draft', () => {
  it('keeps whatever was typed, right or wrong, if it fits', () => {
    expect(draftFaults('identity', { iin: 'later', birthDate: 'spring', phone: '' }, file)).toEqual([]);
  });

  it.for(SectionId.options)('takes what the page of the section "%s" sends', (section) => {
    expect(draftFaults(section, sectionsWell[section], file)).toEqual([]);
  });

  it('refuses more text than a field holds, and lists longer than any of ours', () => {
    expect(draftFaults('motivation', { motivation: 'а'.repeat(20_001) }, file)).toEqual([
      { place: 'motivation', message: 'application-form.too-long', facts: { maximum: 20_000 } },
    ]);
    expect(draftFaults('work', { subjects: Array.from({ length: 41 }, () => 'x') }, file)).toHaveLength(1);
  });

  it('refuses a field of another section or of a question that is not asked', () => {
    const withoutPhone = { questions: file.questions.filter(({ code }) => code !== 'phone') };

    expect(draftFaults('identity', { motivation: 'x' }, file)).toMatchObject([{ place: 'motivation' }]);
    expect(draftFaults('identity', { phone: '1' }, withoutPhone)).toMatchObject([{ place: 'phone' }]);
  });
});

describe('what a round asks', () => {
  it('follows its round file, and always ends with the consent', () => {
    const short = { questions: file.questions.filter(({ code }) => ['fullName', 'iin'].includes(code)) };

    expect(askedFields(short).map(({ name }) => name)).toEqual([
      'fullName',
      'iin',
      'consent',
      'consentVersion',
    ]);
    expect(askedSections(short)).toEqual(['identity', 'consent']);
    expect(askedFields(file)).toHaveLength(fields.length);
  });
});

describe('words', () => {
  it.for([
    ['', 0],
    ['  бір   екі\nүш ', 3],
    ['жиырма-бес – жас', 2],
    ['… — !', 0],
    ['№1 мектеп, 5-сынып', 3],
  ] as const)('of %j are %i', ([text, words]) => {
    expect(countWords(text)).toBe(words);
  });
});
