import type { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import type { Incentive } from '#shared/domain/vacancy.ts';
import { vacancyColumns } from '#shared/domain/vacancy-csv.ts';

/*
 * Writes the synthetic vacancy register of the demonstration: `node infra/data/vacancies.ts > FILE`. The total of 438
 * and the subjects are the Almaty region's (README); schools, places and the split are made up, the same every time.
 */

const wanted: readonly { subject: Subject; prefix: string; posts: number }[] = [
  { subject: 'mathematics', prefix: 'MAT', posts: 96 },
  { subject: 'english-language', prefix: 'ENG', posts: 78 },
  { subject: 'primary', prefix: 'PRI', posts: 74 },
  { subject: 'russian-language', prefix: 'RUS', posts: 62 },
  { subject: 'physics', prefix: 'PHY', posts: 54 },
  { subject: 'chemistry', prefix: 'CHE', posts: 41 },
  { subject: 'geography', prefix: 'GEO', posts: 33 },
];

/** The region's real districts after 2022; the villages in them are numbered, not named. */
const districts = [
  'Балқаш ауданы',
  'Еңбекшіқазақ ауданы',
  'Жамбыл ауданы',
  'Іле ауданы',
  'Қарасай ауданы',
  'Кеген ауданы',
  'Райымбек ауданы',
  'Талғар ауданы',
  'Ұйғыр ауданы',
  'Қонаев қаласы',
] as const;

const schoolTypes = [
  'general',
  'general',
  'general',
  'ungraded',
  'ungraded',
  'support',
  'comfortable',
] as const;
const hours = [16, 16, 16, 18, 20, 24, 12] as const;
const schools = 120;

/** A small deterministic mix of two numbers, so that neighbours do not look alike. */
const mixed = (first: number, second: number): number =>
  ((first + 1) * 7919 + (second + 1) * 104_729) % 65_521;

const pick = <T>(options: readonly [T, ...T[]], chance: number): T =>
  options[chance % options.length] ?? options[0];

const languageOf = (district: string, chance: number): InstructionLanguage => {
  if (district === 'Ұйғыр ауданы' && chance % 5 === 0) return 'ug';
  if (chance % 16 === 0) return 'mixed';
  return chance % 4 === 0 ? 'ru' : 'kk';
};

/** The surcharge and the places for children belong to the programme's package (DOMAIN 1.4); the rest varies. */
const incentivesOf = (chance: number): Incentive[] => {
  const incentives: Incentive[] = ['kindergarten', 'school-place', 'surcharge-150'];
  if (chance % 2 === 0) incentives.push('housing');
  if (chance % 3 === 0) incentives.push('utilities');
  if (chance % 7 === 0) incentives.push('relocation');
  return incentives.toSorted();
};

const row = (subject: Subject, code: string, chance: number): string[] => {
  const school = 1 + (chance % schools);
  const district = pick(districts, school);
  return [
    code,
    `№ ${school} үлгі мектеп (синтетикалық)`,
    `Школа-образец № ${school} (вымышленная)`,
    pick(schoolTypes, school),
    district,
    `${1 + (school % 12)}-үлгі ауыл`,
    subject,
    languageOf(district, chance),
    String(pick(hours, chance >> 3)),
    '1',
    incentivesOf(chance).join('|'),
  ];
};

const rows = wanted.flatMap(({ subject, prefix, posts }, place) =>
  Array.from({ length: posts }, (_, index) =>
    row(subject, `${prefix}-${String(index + 1).padStart(3, '0')}`, mixed(place, index)),
  ),
);

process.stdout.write(`${[vacancyColumns, ...rows].map((cells) => cells.join(',')).join('\n')}\n`);
