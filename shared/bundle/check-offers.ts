import type { Mechanism } from '#shared/allocation/instance.ts';
import { type Finding, finding } from '#shared/bundle/finding.ts';
import type { OfferStep, Offers, Row, Statement } from '#shared/bundle/format.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { acceptancesOf, type Cascade, type CascadeEvent } from '#shared/domain/cascade.ts';
import { isSettled, soundSteps } from '#shared/domain/cascade-check.ts';
import { isShared, type PostLimit } from '#shared/domain/post-caps.ts';

/**
 * Plays the offers of a statement again, step by step: that no seat was given twice, no limit passed, no kept post given away and nobody
 * skipped, and that they ended where the statement says.
 */
export const checkOffers = ({ offers, rows }: Statement, rules: RoundRules): Finding[] => {
  if (!offers) return [];
  const { after, isolated } = replayOf(offers);
  const rowOf = (place: string | number): Row[] => rows.slice(Number(place), Number(place) + 1);
  const settled = isSettled(after);
  const isOfFile = areLimitsOfFile(offers, rules) && areReservesOfFile(offers, rules);
  const isWhole = isInOrder(offers) && isRightPeople(offers, rows) && isOfFile;
  // A number of posts that cannot be is nobody's own step: the first row stands for it.
  const badSteps = isolated.flatMap(({ event }) => rowOf('seeker' in event ? event.seeker : 0));
  const misplaced = offers.seekers.filter(({ row, has }) => !hasExactly(after, row, has));
  return [
    finding('offers', offers.steps.length, isWhole ? badSteps : rows.slice(0, 1)),
    finding('settled', offers.seekers.length, settled.ok ? [] : rowOf(settled.error.seeker)),
    {
      ...finding(
        'cutoffs',
        offers.vacancies.length,
        misplaced.flatMap(({ row }) => rowOf(row)),
      ),
      holds: misplaced.length === 0 && areCutoffsRight(offers, rows),
    },
  ];
};

/** What the steps come to, one after the other, and those that do not hold with what is wrong with each. */
export const replayOf = (offers: Offers): ReturnType<typeof soundSteps<CascadeEvent>> =>
  soundSteps(cascadeIn(offers), offers.steps.map(eventOf));

const cascadeIn = ({ seekers, vacancies, limits, reserves = [], openFirst, counting }: Offers): Cascade => ({
  seekers: new Map(
    seekers.map(({ row, from, wishes }) => [
      `${row}`,
      {
        id: `${row}`,
        wishes: wishes.map(String),
        offers: [],
        // Until the edition by which they come in.
        ...(from !== undefined && { stopped: true as const }),
      },
    ]),
  ),
  posts: new Map(vacancies.map(({ posts }, place) => [`${place}`, posts])),
  limits: limits.map(groupOf),
  reserves: reserves.map((reserve, place) => ({ code: `${place}`, ...groupOf(reserve) })),
  openFirst,
  counting,
});

const groupOf = ({ posts, vacancies }: Offers['limits'][number]): PostLimit => ({
  posts,
  vacancies: new Set(vacancies.map(String)),
});

const eventOf = (step: OfferStep): CascadeEvent => {
  switch (step.type) {
    case 'withdrawn':
    case 'deferred':
      return { type: step.type, seeker: `${step.seeker}` };
    case 'capacity-changed':
      return { type: step.type, vacancy: `${step.vacancy}`, posts: step.posts };
    case 'put-first':
    case 'returned': {
      const vacancies = step.vacancies.map(String);
      return { type: step.type, seeker: `${step.seeker}`, vacancies };
    }
    case 'reranked':
      return { type: step.type, order: step.order.map(String) };
    case 'exchanged':
      return { type: step.type, seeker: `${step.seeker}`, wishes: step.wishes.map(String) };
    default:
      return { type: step.type, seeker: `${step.seeker}`, vacancy: `${step.vacancy}` };
  }
};

const isInOrder = ({ steps }: Offers): boolean =>
  steps.every(({ at }, index) => index === 0 || (steps[index - 1]?.at ?? at) <= at);

/** Everyone whose result goes on, by rank, and nobody else: from the beginning on, or by the last edition that offers went by. */
const isRightPeople = (offers: Offers, rows: readonly Row[]): boolean => {
  const right = rows.flatMap(({ outcome }, place) => (outcome === 'goes-on' ? place : []));
  const orders = ordersIn(offers);
  const last = orders.at(-1)?.order ?? [];
  const firsts = new Map<number, number>();
  for (const { edition, order } of orders.toReversed()) for (const row of order) firsts.set(row, edition);
  const isInPlace = offers.seekers.every(
    ({ row, from = 1 }, index) => firsts.get(row) === from && from >= (offers.seekers[index - 1]?.from ?? 1),
  );
  const isOnce = new Set(offers.seekers.map(({ row }) => row)).size === offers.seekers.length;
  return (
    isInPlace && isOnce && last.length === right.length && last.every((row, index) => row === right[index])
  );
};

/** The orders that offers went by, one after the other: that of the first results, then those of editions. */
export const ordersIn = ({ seekers, steps }: Offers): { edition: number; order: readonly number[] }[] => [
  { edition: 1, order: seekers.flatMap(({ row, from }) => (from === undefined ? row : [])) },
  ...steps.flatMap((step) => (step.type === 'reranked' ? step : [])),
];

const areLimitsOfFile = ({ limits, vacancies }: Offers, { posts }: RoundRules): boolean => {
  const [everything] = limits;
  const declared = [
    posts.total,
    ...posts.quotas.filter(({ kind }) => kind === 'at-most').map((one) => one.posts),
  ];
  return (
    everything?.vacancies.length === vacancies.length &&
    limits.length === declared.length &&
    limits.every((limit, index) => limit.posts === declared[index])
  );
};

/** Posts are kept by the quotas "at least" of a file that names deferred acceptance, and by no others; and count when and how the file says. */
const areReservesOfFile = (
  { reserves = [], openFirst, counting }: Offers,
  { posts: { quotas, allocation } }: RoundRules,
): boolean => {
  const declared = quotas
    .filter(({ kind }) => kind === 'at-least' && allocation?.mechanism === keepsPosts)
    .toSorted((a, b) => (a.precedence ?? 0) - (b.precedence ?? 0));
  return (
    openFirst === allocation?.openFirst &&
    counting === (isShared(reserves) ? allocation?.counting : undefined) &&
    reserves.length === declared.length &&
    reserves.every((reserve, index) => reserve.posts === declared[index]?.posts)
  );
};

const keepsPosts: Mechanism = 'applicant-proposing-deferred-acceptance';

const hasExactly = ({ seekers }: Cascade, row: number, has: number | undefined): boolean => {
  const seeker = seekers.get(`${row}`);
  const accepted = seeker ? acceptancesOf(seeker) : [];
  return has === undefined ? accepted.length === 0 : accepted.length === 1 && accepted[0] === `${has}`;
};

/** The last rank that has a post of each vacancy; who has one by a remedy says nothing of how far the offers came. */
const areCutoffsRight = ({ vacancies, seekers, steps }: Offers, rows: readonly Row[]): boolean => {
  const last = new Map<number, number>();
  const isRemedied = (row: number, has: number): boolean =>
    steps.some((step) => step.type === 'put-first' && step.seeker === row && step.vacancies.includes(has));
  for (const { row, has } of seekers) {
    if (has !== undefined && !isRemedied(row, has))
      last.set(has, Math.max(last.get(has) ?? 0, rows[row]?.rank ?? Infinity));
  }
  return vacancies.every(({ cutoff }, place) => cutoff === last.get(place));
};
