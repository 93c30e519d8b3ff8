import type { Caps, Lists } from '#shared/allocation/market.ts';

/** A synthetic market as numbers: who wants what, and a committee's score for each wish in ten-thousandths of a point. */
export type Scored = {
  preferences: Lists;
  /** One for each entry of the preferences. */
  scores: Int32Array;
  capacity: Int32Array;
  region: Int32Array;
  subject: Int32Array;
};

export const regions = 16;
export const subjects = 12;
const wishes = 10;

/**
 * The market of PERFORMANCE figures: n / 10 vacancies with 1–60 seats (most have few, so that there are about 0.8 n), lists of ten of one
 * subject, some vacancies wanted more than others. A score is the applicant's own, and a part that differs from vacancy to
 * vacancy. The same every time.
 */
export const scoredMarket = (applicants: number): Scored => {
  const chance = chanceFrom(applicants);
  const vacancies = applicants / 10;
  const perSubject = Math.floor(vacancies / subjects);
  const capacity = Int32Array.from({ length: vacancies }, () => 1 + Math.floor(60 * chance() ** 7.5));
  const start = Int32Array.from({ length: applicants + 1 }, (_, index) => index * wishes);
  const entries = new Int32Array(applicants * wishes);
  const scores = new Int32Array(entries.length);
  for (let applicant = 0; applicant < applicants; applicant += 1) {
    const subject = Math.floor(chance() * subjects);
    const own = chance() * 700_000;
    const first = applicant * wishes;
    for (let wish = first; wish < first + wishes; ) {
      const vacancy = Math.floor(perSubject * chance() ** 1.5) * subjects + subject;
      // What is searched is not made first: an array for each of ten million wishes would be most of what memory holds.
      if (isNamed(entries, { from: first, to: wish }, vacancy)) continue;
      entries[wish] = vacancy;
      scores[wish] = Math.floor(own + chance() * 300_000);
      wish += 1;
    }
  }
  const subject = Int32Array.from({ length: vacancies }, (_, vacancy) => vacancy % subjects);
  const region = Int32Array.from(
    { length: vacancies },
    (_, vacancy) => Math.floor(vacancy / subjects) % regions,
  );
  return { preferences: { start, entries }, scores, capacity, region, subject };
};

const isNamed = (
  entries: Int32Array,
  { from, to }: { from: number; to: number },
  vacancy: number,
): boolean => {
  for (let wish = from; wish < to; wish += 1) if (entries[wish] === vacancy) return true;
  return false;
};

/** A cap on every region and, inside it, on every subject, at nine tenths and four fifths of their seats. */
export const nestedCaps = ({ capacity, region, subject }: Scored): Caps => {
  const members: number[][] = Array.from({ length: regions + regions * subjects }, () => []);
  for (let vacancy = 0; vacancy < region.length; vacancy += 1) {
    const number = region[vacancy] ?? 0;
    members[number]?.push(vacancy);
    members[regions + number * subjects + (subject[vacancy] ?? 0)]?.push(vacancy);
  }
  const seats = members.map((inside) => inside.reduce((sum, vacancy) => sum + (capacity[vacancy] ?? 0), 0));
  return {
    members: members.map((inside) => Int32Array.from(inside)),
    max: Int32Array.from(seats, (sum, cap) => Math.floor(sum * (cap < regions ? 0.7 : 0.8))),
    reserve: Int32Array.from(seats, (sum, cap) => (cap < regions ? 0 : Math.floor(sum * 0.3))),
    precedence: new Int32Array(seats.length),
  };
};

/** A small generator of chance (mulberry32), so that every run and every implementation has the same market. */
const chanceFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
