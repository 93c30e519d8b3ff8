import { createHash } from 'node:crypto';
import { checkDigit } from '#shared/domain/iin.ts';

/** Somebody who does not exist: born in the 19th century by the IIN, so that nobody living can have the number. */
export type SyntheticApplicant = {
  mail: string;
  locale: 'kk' | 'ru' | 'en';
  typed: Record<'identity' | 'education' | 'work' | 'motivation', Record<string, string | string[]>>;
};

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
  const motivation = `${pick(reasons)} ${pick(plans)}`;
  return {
    mail: `applicant-${index + 1}@example.kz`,
    locale: pick(['kk', 'kk', 'ru', 'ru', 'en']),
    typed: {
      identity: {
        fullName: name,
        iin: iinOf(birthDate, woman, index),
        birthDate,
        phone: `+7701${String(2_000_000 + index).padStart(7, '0')}`,
      },
      education: {
        // One in twenty has no degree, which the call asks for.
        education: pick(index % 20 === 19 ? ['vocational'] : ['bachelor', 'bachelor', 'bachelor', 'master']),
        institution: pick(institutions),
        graduationYear: String(2000 + pick(range(21))),
      },
      work: {
        subjects: [subject],
        category: pick(['moderator', 'expert', 'expert', 'researcher']),
        experienceYears: String(3 + pick(range(18))),
        languages: [pick(['kk', 'ru'])],
      },
      motivation: { motivation },
    },
  };
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
const reasons = [
  'Мен ауыл мектебінде жұмыс істегім келеді, өйткені балалардың қалалық құрбыларымен тең мүмкіндігі болуы керек деп санаймын.',
  'Я хочу работать в сельской школе, потому что ученики там не должны ждать учителя по моему предмету годами.',
  'I want to teach where a class has had no specialist in my subject for a long time and stay long enough to matter.',
] as const;
const plans = [
  'Алғашқы жылы оқушылардың білім деңгейін анықтап, қосымша сабақтар мен үйірме ашамын, ата-аналармен тұрақты байланыс орнатамын және тәжірибеммен бөлісемін. Екінші жылы пән апталығын өткізіп, олимпиадаға дайындық тобын құрамын, әріптестеріммен бірге ашық сабақтар өткіземін. Бес жыл ішінде мектепте пән кабинеті толық жабдықталып, түлектердің көбі осы пәннен сенімді емтихан тапсыратын болады деп үміттенемін.',
  'В первый год проверю, что ученики знают на самом деле, открою кружок и дополнительные занятия, буду регулярно встречаться с родителями и делиться опытом с коллегами. Во второй год подготовлю группу к олимпиаде и проведу открытые уроки для соседних школ. За пять лет надеюсь оставить в школе оборудованный кабинет и учеников, которые уверенно сдают экзамен по моему предмету.',
] as const;
