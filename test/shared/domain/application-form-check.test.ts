import { describe, expect, it } from 'vitest';
import { SectionId, Typed } from '#shared/domain/application-form.ts';
import { askedFields } from '#shared/domain/application-form-asked.ts';
import { answersIn, checkForm, draftFaults } from '#shared/domain/application-form-check.ts';
import { fromAbroadWell, graduateWell, sectionsWell, typedWell } from '#test/builders/application.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const file = aRoundFile();

/** The faults of a form that is right but for a change. */
const faults = (change: Typed): string[] => {
  const checked = checkForm({ ...typedWell, ...change }, file);
  return checked.ok ? [] : checked.error.map(({ message }) => message.replace('application-form.', ''));
};

const read = (typed: Typed) => {
  const checked = checkForm(typed, file);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value;
};

describe('a form that is complete', () => {
  it('is read into what the record needs, tidied', () => {
    expect(read({ ...typedWell, fullName: '  Сапарова   Айгүл ' })).toEqual({
      ...typedWell,
      fullName: 'Сапарова Айгүл',
      phone: '+77010000013',
      graduationYear: 2015,
      experienceYears: 7,
      totalYears: 8,
      testSubject: 82,
      testPedagogy: 71,
      achievements: [
        { kind: 'pupils-prize', year: 2021, text: 'Облыстық олимпиаданың II орны, бұйрық № 12' },
      ],
      motivation: typedWell.motivation.trim(),
      familySize: 3,
      children0to2: 0,
      children3to5: 1,
      children6to9: 1,
      children10to17: 0,
      consent: true,
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

  it('of a graduate says how the studies went, and nothing of an earlier answer about a post', () => {
    const form = read({ ...typedWell, ...graduateWell });

    expect(form).toMatchObject({ path: 'graduate', practice: 'excellent', studyResults: '3,6 / 4' });
    expect(form).not.toHaveProperty('employer');
    expect(form).not.toHaveProperty('category');
  });

  it('of somebody from abroad has another document in place of the IIN, and no IIN that was typed before', () => {
    const form = read({ ...typedWell, ...fromAbroadWell, birthDate: '1879-12-31', sex: 'male' });

    expect(form).toMatchObject({ citizenship: 'Өзбекстан', documentNumber: 'AA 0000013' });
    expect(form).not.toHaveProperty('iin');
  });

  it('leaves out what nobody sees: control characters and signs that turn the line', () => {
    const form = read({
      ...typedWell,
      fullName: 'Сапарова\u202E Айг\u0007үл',
      motivation: `${typedWell.motivation}\u0000\r\nСоңы`,
    });

    expect(form.fullName).toBe('Сапарова Айгүл');
    expect(form.motivation).toBe(`${typedWell.motivation}\nСоңы`);
  });
});

describe('a form with faults', () => {
  it('has everything that is missing named at once, in the order of the pages', () => {
    const checked = checkForm({}, file);

    expect(checked.ok ? [] : checked.error.map(({ place }) => place)).toEqual(
      askedFields(file, {}).flatMap(({ name, required }) => (required ? [name] : [])),
    );
    expect(checked.ok ? [] : checked.error.every(({ message }) => message.endsWith('.missing'))).toBe(true);
  });

  it.for([
    [{ fullName: '12345' }, 'fullName.invalid'],
    [{ latinName: 'Айгүл Saparova' }, 'latinName.invalid'],
    [{ latinName: ' - ' }, 'latinName.invalid'],
    [{ iinHeld: 'perhaps' }, 'choice.invalid'],
    [{ iin: '80031520001' }, 'iin.shape'],
    [{ iin: '800315200014' }, 'iin.checksum'],
    [{ birthDate: '1880-03-16' }, 'birthDate.not-iin'],
    [{ birthDate: '1880-02-31' }, 'date.invalid'],
    [{ birthDate: '15.03.1880' }, 'date.invalid'],
    [{ sex: 'male' }, 'sex.not-iin'],
    [{ sex: 'x' }, 'choice.invalid'],
    [{ phone: '12' }, 'phone.invalid'],
    [{ address: '—' }, 'text.invalid'],
    [{ education: 'self-taught' }, 'choice.invalid'],
    [{ institution: '—' }, 'institution.invalid'],
    [{ graduationYear: '15' }, 'number.invalid'],
    [{ subjects: ['mathematics', 'alchemy'] }, 'choice.invalid'],
    [{ subjects: [] }, 'subjects.missing'],
    [{ category: 'wizard' }, 'choice.invalid'],
    [{ experienceYears: '-1' }, 'number.invalid'],
    [{ experienceYears: '7.5' }, 'number.invalid'],
    [{ languages: ['fr'] }, 'choice.invalid'],
    [{ testSubject: '101' }, 'number.invalid'],
    [{ pastEmployers: '№ 4 мектеп, 2012–2014\n2014–2016' }, 'pastEmployers.no-place'],
    [{ pastEmployers: '—' }, 'pastEmployers.no-place'],
    [{ pastEmployers: '№ 4 мектеп, 2019–2015' }, 'pastEmployers.backwards'],
    [{ achievements: [{ kind: 'course', year: '21', text: 'x' }] }, 'entries.invalid'],
    [{ achievements: [{ kind: '', year: '2021', text: 'x' }] }, 'entries.invalid'],
    [{ motivation: 'Қысқа жауап.' }, 'words.too-few'],
    [{ motivation: 'сөз '.repeat(301) }, 'words.too-many'],
    [{ familySize: '1' }, 'familySize.too-few'],
    [{ adjustments: 'сөз '.repeat(201) }, 'words.too-many'],
    [{ consent: 'no' }, 'consent.missing'],
    [{ consent: '' }, 'consent.missing'],
    [{ consentVersion: '2022-3.0' }, 'consentVersion.changed'],
  ] as const)('%j: %s', ([change, fault]) => {
    expect(faults(Typed.parse(change))).toEqual([fault]);
  });

  it('does not blame the birth date or the sex for a slip in the IIN', () => {
    expect(faults({ iin: '800315200014', birthDate: '1880-03-15', sex: 'male' })).toEqual(['iin.checksum']);
  });

  it('says which place of work it is, of the lines that hold something', () => {
    const typed = '№ 4 мектеп\n\n2014–2016';
    const checked = checkForm({ ...typedWell, pastEmployers: typed }, file);

    expect(checked.ok ? [] : checked.error).toMatchObject([{ facts: { line: 2 } }]);
  });

  it('says which achievement is not whole', () => {
    const whole = { kind: 'course', year: '2020', text: 'Өрлеу' };
    const checked = checkForm({ ...typedWell, achievements: [whole, { ...whole, text: '' }] }, file);

    expect(checked.ok ? [] : checked.error).toMatchObject([{ facts: { entry: 2, field: 'achievements' } }]);
  });
});

describe('a draft', () => {
  it('keeps whatever was typed, right or wrong, if it fits', () => {
    expect(draftFaults('identity', { iin: 'later', birthDate: 'spring', sex: '' }, file)).toEqual([]);
  });

  it.for(SectionId.options)('takes what the page of the section "%s" sends', (section) => {
    expect(draftFaults(section, sectionsWell[section], file)).toEqual([]);
  });

  it('takes an empty list, of entries as of ticks', () => {
    expect(draftFaults('achievements', { achievements: [] }, file)).toEqual([]);
    expect(draftFaults('work', { subjects: [] }, file)).toEqual([]);
  });

  it('takes an answer that is not asked because of another one: its page may be older than that', () => {
    expect(draftFaults('work', { category: 'expert' }, file)).toEqual([]);
  });

  it('refuses more than a field holds, and lists longer than any of ours', () => {
    const entry = { kind: 'course', year: '2020', text: 'x' };

    expect(draftFaults('motivation', { motivation: 'а'.repeat(20_001) }, file)).toEqual([
      { place: 'motivation', message: 'application-form.too-long', facts: { maximum: 20_000 } },
    ]);
    expect(draftFaults('work', { subjects: Array.from({ length: 41 }, () => 'x') }, file)).toHaveLength(1);
    expect(
      draftFaults('achievements', { achievements: Array.from({ length: 11 }, () => entry) }, file),
    ).toEqual([{ place: 'achievements', message: 'application-form.too-many', facts: { maximum: 10 } }]);
  });

  it('refuses what is no text, and a list of entries where a text belongs', () => {
    const entry = { kind: 'course', year: '2020', text: 'x' };
    const unreadable = [{ message: 'application-form.unreadable' }];

    expect(draftFaults('identity', { fullName: 'Айгүл \uD83D' }, file)).toMatchObject(unreadable);
    expect(draftFaults('identity', { fullName: [entry] }, file)).toMatchObject(unreadable);
    expect(draftFaults('achievements', { achievements: 'a prize' }, file)).toMatchObject(unreadable);
  });

  it('refuses a field of another section or of a question that is not asked', () => {
    const without = { ...file, questions: file.questions.filter(({ code }) => code !== 'address') };

    expect(draftFaults('identity', { motivation: 'x' }, file)).toMatchObject([{ place: 'motivation' }]);
    expect(draftFaults('contacts', { address: '1' }, without)).toMatchObject([{ place: 'address' }]);
  });
});

describe('the answers of a draft', () => {
  it('come from the section that asks for them, else from where an older form did', () => {
    const older = { fullName: 'Айгүл', phone: '8 701 000 00 13' };

    expect(answersIn({ identity: older })).toEqual(older);
    expect(answersIn({ identity: older, contacts: { phone: '8 701 000 00 14' } }).phone).toBe(
      '8 701 000 00 14',
    );
  });
});
