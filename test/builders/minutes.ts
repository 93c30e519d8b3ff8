import { sha256Of } from '#shared/domain/hash.ts';
import { idAlphabet } from '#shared/domain/ids.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Agreement } from '#shared/papers/agreement.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const names = [
  ['chair', 'Әлия Құрманғалиқызы Сәрсенбай'],
  ['member', 'Бекзат Ыбырайұлы Төлеген'],
  ['member', 'Гүлнәр Өтегенқызы Жұмабай'],
  ['member', 'Дәурен Қанатұлы Ахмет'],
  ['member', 'Елена Викторовна Щербакова'],
  ['member', 'Зәуре Һамитқызы Ғабдолла'],
  ['member', 'Игорь Семёнович Ёлкин'],
  ['substitute', 'Күләш Ерболқызы Нұрпейіс'],
  ['substitute', 'Лев Юрьевич Эйхман'],
  ['secretary', 'Мәдина Үсенқызы Ізбас'],
] as const;

/** The person of the seat in that place of the list: chair 0, members 1 to 6, substitutes 7 and 8, secretary 9. */
export const seated = (place: number): string => idAlphabet.charAt(place + 10).repeat(20);

/** An application's number; `place` counts from 0. */
export const numberOf = (place: number): string => {
  const letter = (shift: number): string => idAlphabet.charAt((place * 7 + shift * 11) % 32);
  return `KZ19-${letter(1)}${letter(2)}${idAlphabet.charAt(place >> 5)}${idAlphabet.charAt(place & 31)}-${letter(3)}${letter(4)}${letter(5)}${letter(6)}`;
};

type Input = ReturnType<typeof Minutes.parse>;

const voters = [0, 1, 2, 3, 4, 5, 7];

const gate = (
  stage: GatedStage,
  day: string,
  more: Partial<Record<keyof Input['gates'][number], unknown>> = {},
) => ({
  stage,
  attempt: 1,
  openedAt: at(`${day}T04:00`),
  decidedAt: at(`${day}T09:30`),
  outcome: 'advanced',
  meetings: [{ at: at(`${day}T05:00`), outcome: 'held', present: voters.map(seated) }],
  needed: 5,
  voters: 7,
  votes: voters.map((place) => ({ personId: seated(place), choice: 'for', onPaper: false })),
  departures: [],
  ...more,
});

/** One against, one who abstains, both with a reason; the last two on paper. */
const dividedVote = (place: number) => ({
  personId: seated(place),
  choice: place === 4 ? 'against' : place === 3 ? 'abstain' : 'for',
  onPaper: place >= 5,
  ...(place === 4 && { reason: 'Порог для учителей физики, по-моему, завышен на 2 балла.' }),
  ...(place === 3 && { reason: 'Екі үміткердің бағаларын көрген жоқпын.' }),
});

const gates = () => [
  gate('screening', '2022-10-06'),
  gate('scoring', '2022-10-14', {
    meetings: [
      {
        at: at('2022-10-12T05:00'),
        outcome: 'postponed',
        present: [],
        reason: 'Баллы последней пары экспертов поступили позже срока.',
      },
      { at: at('2022-10-13T05:00'), outcome: 'inquorate', present: [0, 2, 3].map(seated) },
      { at: at('2022-10-14T05:00'), outcome: 'held', present: voters.map(seated) },
    ],
    votes: voters.map(dividedVote),
    departures: [
      {
        number: numberOf(30),
        proposed: 'does-not-go-on',
        decided: 'goes-on',
        reason:
          'Балл на границе порога; интервал ранга пересекает линию, а вакансия физики без других кандидатов.',
      },
      {
        number: numberOf(31),
        proposed: 'reserve',
        decided: 'goes-on',
        reason: 'Тең балл: жоғарғы қатармен бірдей.',
      },
    ],
    undone: {
      at: at('2022-10-14T11:00'),
      reason: 'В протокол подсчёта попал лишний лист; решение принято заново.',
    },
  }),
  gate('scoring', '2022-10-17', { attempt: 2 }),
  gate('interviews', '2022-10-24'),
  gate('preliminary', '2022-10-28'),
  gate('claims', '2022-11-08'),
  gate('offers', '2022-11-22'),
  gate('onboarding', '2022-12-14'),
];

const outcomeOf = (place: number): string => {
  if (place < 24) return 'placed';
  if (place < 27) return 'declined';
  if (place === 27) return 'lapsed';
  if (place < 32) return 'reserve';
  if (place < 38) return 'not-shortlisted';
  if (place < 42) return 'not-eligible';
  return 'withdrawn';
};

const application = (place: number) => ({
  number: numberOf(place),
  outcome: outcomeOf(place),
  ...(place < 38 && { scoring: 78.25 - place * 1.375 }),
  ...(place < 32 && { interview: 20 - (place % 5), total: 98.25 - place * 1.5, rank: place + 1 }),
});

const subjects = ['mathematics', 'physics', 'chemistry', 'informatics', 'english-language'] as const;

const vacancyOf = (place: number) => `MAT-${String(place * 3 + 1).padStart(3, '0')}`;

const offer = (place: number) => ({
  vacancy: vacancyOf(place),
  school: {
    kk: `№ ${place + 11} үлгі мектеп (синтетикалық)`,
    ru: `Школа-образец № ${place + 11} (вымышленная)`,
  },
  subject: subjects[place % subjects.length],
  number: numberOf(place),
  answer: place < 24 ? 'accepted' : place < 27 ? 'declined' : 'lapsed',
  answeredAt: at(`2022-11-${String(12 + (place % 8)).padStart(2, '0')}T10:15`),
});

const placement = (place: number) => ({
  number: numberOf(place),
  vacancy: vacancyOf(place),
  ...(place !== 23 && { completedAt: at('2022-12-12T04:00') }),
});

const seatOf = ([seat, name]: readonly [string, string], place: number) => ({
  personId: seated(place),
  name,
  seat,
  stoodInFor: place === 7 ? [seated(6)] : [],
  votesAtEnd: voters.includes(place),
  ...(place === 6 && { leftAt: at('2022-10-05T04:00') }),
});

const range = (length: number): number[] => Array.from({ length }, (_, place) => place);

/** Minutes of a whole round: 44 applications, seven who vote, 438 posts of which 24 are filled. Nobody in them exists. */
export const someMinutes = (over: Partial<Record<keyof Input, unknown>> = {}): Minutes =>
  Minutes.parse({
    kind: 'minutes',
    schemaVersion: 1,
    region: 'KZ-19',
    roundId: '7'.repeat(20),
    intake: '2022-3',
    title: {
      kk: 'Тапшы өңірлерге арналған мұғалімдерді конкурстық іріктеу',
      ru: 'Конкурсный отбор учителей для регионов с дефицитом кадров',
      en: 'Competitive selection of teachers for shortage regions',
    },
    number: 1,
    madeAt: at('2022-12-15T06:00'),
    zone: 'Asia/Almaty',
    roundFile: sha256Of('round file'),
    register: sha256Of('register'),
    seats: names.map(seatOf),
    gates: gates(),
    applications: range(44).map(application),
    offers: range(28).map(offer),
    posts: {
      total: 438,
      offerable: 438,
      filled: 24,
      groups: [
        { name: 'Ұйғыр ауданы', total: 121, filled: 7 },
        { name: 'Кеген ауданы', total: 98, filled: 5 },
        { name: 'Райымбек ауданы', total: 87, filled: 6 },
        { name: 'Балқаш ауданы', total: 132, filled: 6 },
      ],
    },
    claims: [
      {
        number: numberOf(33),
        filedAt: at('2022-10-31T08:00'),
        decidedAt: at('2022-11-04T08:00'),
        outcome: 'dismissed',
      },
      {
        number: numberOf(31),
        filedAt: at('2022-11-01T08:00'),
        decidedAt: at('2022-11-07T08:00'),
        outcome: 'granted',
      },
    ],
    placements: range(24).map(placement),
    unverified: [
      {
        rule: {
          kk: 'Бағалау парағы: өлшемшарттар мен салмақтар',
          ru: 'Оценочный лист: критерии и веса',
          en: 'Evaluation sheet: criteria and weights',
        },
        source: 'приказ МОН РК № 57, по памяти',
      },
      {
        rule: {
          kk: 'Кворум: дауыс беретін мүшелердің үштен екісі',
          ru: 'Кворум: две трети членов с правом голоса',
          en: 'Quorum: two thirds of the voting members',
        },
        source: 'DOMAIN 2.2',
      },
    ],
    ...over,
  });

/** How far seven raters agreed, of whom six scored eight applications in common. */
export const someAgreement: Agreement = {
  raters: 7,
  applications: 38,
  scores: 79,
  icc21: { value: 0.4312 },
  icc2k: { value: 0.6112, interval: [0.4103, 0.7611] },
  anchored: { raters: 6, applications: 8, value: 0.52, interval: [-0.0814, 0.7933] },
  alphaOrdinal: { value: 0.4127, interval: [0.1988, 0.5873] },
  apart: { percent: 20, applications: 3 },
  counts: 'not-asked',
};
