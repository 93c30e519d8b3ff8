import { createHash } from 'node:crypto';
import type { SectionId, TypedEntry } from '#shared/domain/application-form.ts';
import { checkDigit } from '#shared/domain/iin.ts';

/** Somebody who does not exist: born in the 19th century by the IIN, so that nobody living can have the number. */
export type SyntheticApplicant = {
  mail: string;
  locale: 'kk' | 'ru' | 'en';
  typed: Record<PlainSection, TypedSection> & { achievements: { achievements: TypedEntry[] } };
  /** Whom they name for a reference, which nobody has to. */
  referee?: SyntheticReferee;
};

export type SyntheticReferee = {
  name: string;
  position: string;
  mail: string;
  relation: string;
  locale: 'kk' | 'ru' | 'en';
};

type PlainSection = Exclude<SectionId, 'achievements' | 'equality' | 'consent'>;
type TypedSection = Record<string, string | string[]>;

/**
 * The same number gives the same person, on any machine.
 * @param index from 0
 */
export const syntheticApplicant = (index: number): SyntheticApplicant => {
  const pick = chooser(`applicant ${index}`);
  const woman = pick([true, true, false]);
  const family = pick(families);
  const name = `${family.kk}${woman ? family.ending : ''} ${pick(woman ? womenNames : menNames)}`;
  const subject = pick(subjects);
  const birthDate = `18${70 + pick(range(30))}-${twoDigits(1 + pick(range(12)))}-${twoDigits(1 + pick(range(28)))}`;
  const phone = `+7701${String(2_000_000 + index).padStart(7, '0')}`;
  // One in six says how to reach them, which no rater may read.
  const motivation = `${pick(reasons)} ${pick(plans)}${index % 6 === 0 ? ` Телефон: ${phone}.` : ''}`;
  const graduate = index % 11 === 5;
  return {
    mail: `applicant-${index + 1}@example.kz`,
    locale: pick(['kk', 'kk', 'ru', 'ru', 'en']),
    typed: {
      identity: {
        fullName: name,
        iinHeld: 'yes',
        iin: iinOf(birthDate, woman, index),
        birthDate,
        sex: woman ? 'female' : 'male',
      },
      contacts: {
        phone,
        address: `${pick(places)}, ${1 + (index % 90)}`,
      },
      education: {
        path: graduate ? 'graduate' : 'teacher',
        // One in twenty has no degree, which the call asks for.
        education: pick(index % 20 === 19 ? ['vocational'] : ['bachelor', 'bachelor', 'bachelor', 'master']),
        institution: pick(institutions),
        speciality: specialities[subject],
        studyForm: pick(['full-time', 'full-time', 'full-time', 'distance']),
        graduationYear: graduate ? '2022' : String(2000 + pick(range(21))),
        ...(graduate && graduation),
      },
      work: {
        subjects: [subject],
        experienceYears: graduate ? '0' : String(3 + pick(range(18))),
        languages: [pick(['kk', 'ru'])],
        ...(!graduate && {
          category: pick(['moderator', 'expert', 'expert', 'researcher']),
          employer: pick(employers),
        }),
      },
      test: testOf(pick(range(41))),
      achievements: { achievements: index % 3 === 0 ? [achievement] : [] },
      motivation: { motivation },
      household: householdOf(pick(range(5))),
      adjustments: { adjustmentsNeeded: 'no' },
    },
    ...(index % 4 === 0 && { referee: refereeOf(index) }),
  };
};

/** The head of the school where somebody has worked or practised. */
const refereeOf = (index: number): SyntheticReferee => ({
  name: 'Омаров Серік',
  position: '№ 12 орта мектептің директоры',
  mail: `referee-${index + 1}@example.kz`,
  relation: 'Бес жыл бірге жұмыс істедік',
  locale: index % 8 === 0 ? 'kk' : 'ru',
});

/** @param drawn from 0 to 40: what somebody has above the pass mark; who drew 0 has not sat the test */
const testOf = (drawn: number): TypedSection =>
  drawn === 0
    ? { testTaken: 'no' }
    : {
        testTaken: 'yes',
        testSubject: String(60 + drawn),
        testPedagogy: String(50 + drawn),
        testDate: '2022-05-14',
        testNumber: `SAMPLE-${drawn}`,
      };

/** @param others who move with somebody: from the second on they are children */
const householdOf = (others: number): TypedSection =>
  others === 0
    ? { familyMoves: 'no', housingNeeded: 'no' }
    : {
        familyMoves: 'yes',
        familySize: String(others),
        children3to5: others > 1 ? '1' : '0',
        children6to9: String(Math.max(0, others - 2)),
        housingNeeded: 'yes',
      };

const graduation: TypedSection = {
  studyResults: '3,4 / 4',
  thesis: 'Ауыл мектебіндегі сабақ',
  practice: 'excellent',
};

const achievement: TypedEntry = {
  kind: 'pupils-prize',
  year: '2021',
  text: 'Облыстық олимпиаданың II орны, бұйрық № 12',
};

/** The first number after `index` that can be issued: some prefixes have no check digit. */
const iinOf = (birthDate: string, woman: boolean, index: number): string => {
  const day = birthDate.replaceAll('-', '').slice(2);
  for (let serial = 1 + index * 7; ; serial += 1) {
    const open = `${day}${woman ? 2 : 1}${String(serial % 10_000).padStart(4, '0')}`;
    const check = checkDigit(Array.from(open, Number));
    if (check !== undefined) return `${open}${check}`;
  }
};

const chooser = (seed: string) => {
  let turn = 0;
  return <T>(options: readonly T[]): T => {
    turn += 1;
    const drawn = createHash('sha256').update(`${seed} ${turn}`).digest().readUInt32BE(0);
    const chosen = options[drawn % options.length];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  };
};

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
const twoDigits = (value: number): string => String(value).padStart(2, '0');

const families = [
  { kk: 'Әбдіқадыр', ending: '' },
  { kk: 'Жұмабаев', ending: 'а' },
  { kk: 'Сейтқали', ending: '' },
  { kk: 'Нұрпейісов', ending: 'а' },
  { kk: 'Қасымов', ending: 'а' },
  { kk: 'Иванов', ending: 'а' },
  { kk: 'Ким', ending: '' },
  { kk: 'Тілеубердин', ending: 'а' },
] as const;
const womenNames = ['Айгерім', 'Гүлнәр', 'Мария', 'Жанар', 'Сәуле', 'Ботагөз', 'Елена'] as const;
const menNames = ['Ермек', 'Нұрлан', 'Пётр', 'Асқар', 'Дәурен', 'Сергей'] as const;
const subjects = [
  'mathematics',
  'mathematics',
  'physics',
  'chemistry',
  'russian-language',
  'english-language',
] as const;
const institutions = [
  'Абай атындағы ұлттық педагогикалық университет',
  'Женский педагогический университет',
  'Жетісу университеті',
] as const;
const specialities = {
  mathematics: 'Математика мұғалімі',
  physics: 'Физика мұғалімі',
  chemistry: 'Химия мұғалімі',
  'russian-language': 'Учитель русского языка и литературы',
  'english-language': 'Two foreign languages, teacher',
} as const;
const places = [
  'Талдықорған қаласы, Абай көшесі',
  'село Узынагаш, улица Школьная',
  'Қаскелең қаласы, Жібек жолы көшесі',
] as const;
const employers = ['№ 12 орта мектеп', 'Средняя школа № 4', '№ 7 мектеп-гимназия'] as const;
const reasons = [
  'Мен ауыл мектебінде жұмыс істегім келеді, өйткені балалардың қалалық құрбыларымен тең мүмкіндігі болуы керек деп санаймын.',
  'Я хочу работать в сельской школе, потому что ученики там не должны ждать учителя по моему предмету годами.',
  'I want to teach where a class has had no specialist in my subject for a long time and stay long enough to matter.',
] as const;
const plans = [
  'Алғашқы жылы оқушылардың білім деңгейін анықтап, қосымша сабақтар мен үйірме ашамын, ата-аналармен тұрақты байланыс орнатамын және тәжірибеммен бөлісемін. Екінші жылы пән апталығын өткізіп, олимпиадаға дайындық тобын құрамын, әріптестеріммен бірге ашық сабақтар өткіземін. Бес жыл ішінде мектепте пән кабинеті толық жабдықталып, түлектердің көбі осы пәннен сенімді емтихан тапсыратын болады деп үміттенемін.',
  'В первый год проверю, что ученики знают на самом деле, открою кружок и дополнительные занятия, буду регулярно встречаться с родителями и делиться опытом с коллегами. Во второй год подготовлю группу к олимпиаде и проведу открытые уроки для соседних школ. За пять лет надеюсь оставить в школе оборудованный кабинет и учеников, которые уверенно сдают экзамен по моему предмету.',
] as const;
