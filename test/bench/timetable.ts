import { chanceOf } from '#shared/chance.ts';
import {
  type Candidate,
  type FreeTime,
  type Instance,
  openWishes,
  type Sitting,
  unfitFor,
} from '#shared/timetable/instance.ts';
import { timetable } from '#shared/timetable/timetable.ts';
import { constant, heading, inTurn, record } from './harness.ts';

const interviews = 2000;
const panels = 40;
const days = 7;
const timesADay = 8;

/** A timetable of a large round beside giving one application after the other the best time that is still free. */
export const run = async (): Promise<void> => {
  heading(`Timetable (${interviews} interviews, ${panels} panels, ${panels * days * timesADay} times)`);
  const instance = largeRound();
  const solved = timetable(instance);
  if (!solved.ok) throw new Error('There is no timetable of the large round.');
  const greedy = oneByOne(instance);
  const [ours, simple] = await inTurn(
    5,
    () => timed(() => timetable(instance)),
    () => timed(() => oneByOne(instance)),
  );
  const what = `${interviews} interviews with ${solved.value.wishes.asked} wishes`;
  const section = '2 assignment';
  record({
    section,
    what: `${what}, exact`,
    unit: 'ms',
    ours,
    against: { what: 'one after the other, each the best time that is left', figure: simple },
    goal: 'at most 5 s: a secretary waits for it',
  });
  record({
    section,
    what: `${what}: wishes left open, and interviews without a time`,
    unit: '',
    ours: constant(solved.value.wishes.open),
    against: { what: 'one after the other', figure: constant(greedy.open + greedy.without) },
    goal: 'below 1',
  });
};

const dayOf = (day: number): string => `2022-10-${24 + day}`;

/** People of two languages who prefer mornings and the first days; one panel in four is reached without steps. */
const largeRound = (): Instance => {
  const chance = chanceOf('a large round');
  const oneIn = (number: number): boolean => chance.below(number) === 0;
  const sittings = Array.from({ length: panels }, (_, panel): Sitting => {
    const members = Array.from({ length: 4 }, (_member, seat) => `m${(panel * 3 + seat) % (panels * 3)}`);
    const languages = panel % 3 === 0 ? (['kk', 'ru'] as const) : ([panel % 3 === 1 ? 'kk' : 'ru'] as const);
    return {
      id: `p${panel}`,
      crew: `p${panel}`,
      languages: [...languages],
      provides: panel % 4 === 0 ? ['step-free'] : [],
      longer: 0,
      members: [members],
      booked: 0,
    };
  });
  const candidates = Array.from(
    { length: interviews },
    (_, index): Candidate => ({
      id: `c${index}`,
      needs: {
        language: oneIn(5) ? undefined : oneIn(2) ? 'kk' : 'ru',
        access: oneIn(20) ? ['step-free'] : [],
      },
      part: oneIn(4) ? undefined : oneIn(4) ? 'afternoon' : 'morning',
      days: oneIn(4) ? [] : [dayOf(chance.below(3)), dayOf(chance.below(days))],
      conflicts: oneIn(10) ? [`m${chance.below(panels * 3)}`, `m${chance.below(panels * 3)}`] : [],
      members: [3],
      insiders: oneIn(10) ? [`m${chance.below(panels * 3)}`] : [],
      outsiders: 2,
    }),
  );
  const times = sittings.flatMap(({ id: panel }) =>
    Array.from({ length: days * timesADay }, (_, number): FreeTime => {
      const [day, place] = [dayOf(Math.floor(number / timesADay)), number % timesADay];
      const startsAt = `${day}T${String(9 + place).padStart(2, '0')}:00`;
      const part = place < timesADay / 2 ? 'morning' : 'afternoon';
      return { id: `${panel} ${startsAt}`, panel, day, part, startsAt, place };
    }),
  );
  return { seed: 'bench', candidates, panels: sittings, times };
};

const oneByOne = ({ candidates, panels: sittings, times }: Instance): { open: number; without: number } => {
  const left = new Set(times);
  const panelOf = new Map(sittings.map((sitting) => [sitting.id, sitting]));
  let [open, without] = [0, 0];
  for (const candidate of candidates) {
    let [best, fewest]: [FreeTime | undefined, number] = [undefined, Infinity];
    for (const time of left) {
      const panel = panelOf.get(time.panel);
      const wishes = openWishes(candidate, time);
      if (wishes >= fewest || !panel || unfitFor(candidate, panel).length > 0) continue;
      [best, fewest] = [time, wishes];
      if (wishes === 0) break;
    }
    if (!best) without += 1;
    else {
      left.delete(best);
      open += fewest;
    }
  }
  return { open, without };
};

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
