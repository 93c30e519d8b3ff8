import { capTreeOf } from '#shared/allocation/cap-tree.ts';
import { deferredAcceptance } from '#shared/allocation/deferred-acceptance.ts';
import { none, type Sides } from '#shared/allocation/market.ts';
import { at } from '#shared/allocation/numbers.ts';
import { rankedByScore } from '#shared/allocation/scores.ts';
import { nobodyWaits, type Waiting } from '#shared/allocation/waiting.ts';
import type { Cascade, CascadeEvent } from '#shared/domain/cascade.ts';
import { soundSteps } from '#shared/domain/cascade-check.ts';
import { waveOf } from '#shared/domain/cascade-wave.ts';
import { constant, figureOf, heading, inTurn, record } from './harness.ts';
import { scoredMarket } from './market.ts';
import { boards } from './offer-board.ts';

const people = 10_000;
const posts = 424;
const answered = 100;
const millions = process.env['BENCH_MILLION'] ? 1_000_000 : 100_000;

/** Offers and the answers to them, checked as a round and a bundle are; and one withdrawal with all that it moves. */
export const run = async (): Promise<void> => {
  heading(`Offers (${people.toLocaleString('en')} people with ten wishes each, ${posts} posts)`);
  const plain = roundOf([]);
  const kept = roundOf([{ code: 'kept', posts: 60, vacancies: tenth(plain.posts.keys()) }]);
  await besideNone(kept, plain);
  await boards();
  const moves = withdrawals(millions, 20_000);
  const slowest = Array.from({ length: 5 }, (_, part) => {
    const own = moves.filter((_took, index) => index % 5 === part).toSorted((a, b) => a - b);
    return own[Math.floor(own.length * 0.99)] ?? 0;
  });
  record({
    section: '1 allocation',
    what: `${millions.toLocaleString('en')} applicants, one withdraws: everybody moves up, the slowest of a hundred`,
    unit: 'µs',
    ours: figureOf(slowest),
    against: { what: 'the goal', figure: constant(10) },
    goal: 'p99 at most 10 µs at a million',
  });
};

const tenth = (codes: Iterable<string>): Set<string> =>
  new Set([...codes].filter((_code, index) => index % 10 === 3));

const roundOf = (reserves: Cascade['reserves']): Cascade => {
  const { preferences, capacity } = scoredMarket(people);
  const codes = Array.from(capacity, (_seats, vacancy) => `v${vacancy}`);
  const seekers = Array.from({ length: people }, (_, seeker) => {
    const own = preferences.entries.subarray(
      at(preferences.start, seeker),
      at(preferences.start, seeker + 1),
    );
    return { id: `a${seeker}`, wishes: Array.from(own, (vacancy) => codes[vacancy] ?? ''), offers: [] };
  });
  return {
    seekers: new Map(seekers.map((seeker) => [seeker.id, seeker])),
    posts: new Map(codes.map((code, vacancy) => [code, at(capacity, vacancy)])),
    limits: [{ posts, vacancies: new Set(codes) }],
    reserves,
  };
};

const offersOf = (wave: ReadonlyMap<string, string>): CascadeEvent[] =>
  Array.from(wave, ([seeker, vacancy]) => ({ type: 'offered', seeker, vacancy }));

/** The wave, and then one after the other everybody in it declines and the next are asked. */
const storyOf = (before: Cascade) => {
  const wave = offersOf(waveOf(before));
  const asked = soundSteps(before, wave).after;
  const answers: CascadeEvent[] = [];
  let { after } = soundSteps(asked, []);
  for (const event of wave.slice(0, answered)) {
    if (event.type !== 'offered') continue;
    const declined = { ...event, type: 'declined' as const };
    const left = soundSteps(after, [declined]).after;
    const next = offersOf(waveOf(left));
    answers.push(declined, ...next);
    after = soundSteps(left, next).after;
  }
  return { before, wave, asked, answers };
};

const check = (before: Cascade, events: readonly CascadeEvent[]): number => {
  const start = performance.now();
  const { isolated } = soundSteps(before, events);
  if (isolated.length > 0) throw new Error('An offer that is due does not pass its check.');
  return performance.now() - start;
};

const besideNone = async (kept: Cascade, plain: Cascade): Promise<void> => {
  const [ours, other] = [storyOf(kept), storyOf(plain)];
  const [wave, plainWave] = await inTurn(
    5,
    () => check(ours.before, ours.wave),
    () => check(other.before, other.wave),
  );
  record({
    section: '1 allocation',
    what: `a wave of ${ours.wave.length} offers where 60 posts are kept, checked`,
    unit: 'ms',
    ours: wave,
    against: { what: 'the same where none are kept', figure: plainWave },
    goal: 'ratio at most 2',
  });
  const [step, plainStep] = await inTurn(
    5,
    () => check(ours.asked, ours.answers) / ours.answers.length,
    () => check(other.asked, other.answers) / other.answers.length,
  );
  record({
    section: '1 allocation',
    what: `one of ${ours.answers.length} answers and offers after it, with reading the round once`,
    unit: 'ms',
    ours: step,
    against: { what: 'the same where none are kept', figure: plainStep },
    goal: 'ratio at most 2; 110 ms while everything was allocated anew',
  });
};

/**
 * People withdraw one after the other: whoever waits first for the seat moves up, which frees the next seat. Nothing but what moves is looked at.
 * @returns microseconds of each
 */
const withdrawals = (applicants: number, count: number): number[] => {
  const { preferences, scores, capacity } = scoredMarket(applicants);
  const sides = rankedByScore(preferences, scores, capacity);
  const tree = capTreeOf(
    { members: [], max: new Int32Array(0), reserve: new Int32Array(0), precedence: new Int32Array(0) },
    capacity,
  );
  if (!tree.ok) throw new Error('There are no caps.');
  const held = deferredAcceptance(sides, tree.value);
  const waiting = nobodyWaits(sides.rankingStart);
  for (let applicant = 0; applicant < applicants; applicant += 1) wait(sides, waiting, held, applicant);
  const took: number[] = [];
  for (let number = 0; took.length < count; number += 1) {
    const applicant = Math.imul(number, 48_271) % applicants;
    if (at(held, Math.abs(applicant)) === none) continue;
    const start = performance.now();
    moveUp(sides, waiting, held, Math.abs(applicant));
    took.push((performance.now() - start) * 1000);
  }
  return took;
};

const endOf = ({ choiceStart }: Sides, held: Int32Array, applicant: number): number =>
  at(held, applicant) === none ? at(choiceStart, applicant + 1) : at(held, applicant);

const wait = (sides: Sides, waiting: Waiting, held: Int32Array, applicant: number): void => {
  const end = endOf(sides, held, applicant);
  for (let choice = at(sides.choiceStart, applicant); choice < end; choice += 1) {
    waiting.enter(at(sides.choiceVacancy, choice), at(sides.choicePlace, choice));
  }
};

const moveUp = (sides: Sides, waiting: Waiting, held: Int32Array, leaver: number): void => {
  const { choiceStart, choiceVacancy, choicePlace, rankingStart, ranking } = sides;
  let free = at(choiceVacancy, at(held, leaver));
  for (let choice = at(choiceStart, leaver); choice < at(held, leaver); choice += 1) {
    waiting.leave(at(choiceVacancy, choice), at(choicePlace, choice));
  }
  held[leaver] = none;
  while (free !== none) {
    const place = waiting.next(free, 0);
    if (place === none) return;
    const next = at(ranking, at(rankingStart, free) + place);
    const end = endOf(sides, held, next);
    let choice = at(choiceStart, next);
    while (at(choiceVacancy, choice) !== free) choice += 1;
    for (let worse = choice; worse < end; worse += 1) {
      waiting.leave(at(choiceVacancy, worse), at(choicePlace, worse));
    }
    free = at(held, next) === none ? none : at(choiceVacancy, at(held, next));
    held[next] = choice;
  }
};
