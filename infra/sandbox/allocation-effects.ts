import { tableOf } from '#infra/sandbox/table.ts';
import { allocate } from '#shared/allocation/allocate.ts';
import { capMembers, isAroundAll } from '#shared/allocation/cap-members.ts';
import type { Cap, Instance, Matches } from '#shared/allocation/instance.ts';

/** More rules than this would hide each other, and each is an allocation of its own. */
const mostRules = 20;

/** From this share of a group's places on, a rule decides more there than the rankings do. */
const dominant = 0.5;

type Effect = {
  rule: string;
  /** People in the group, and all who were placed, with the rule and without it. */
  inside: { with: number; without: number };
  placed: { with: number; without: number };
  /** Who gets something else without it. */
  moved: number;
};

/**
 * What each reserve, and each limit that is full, does: the same instance allocated once more without it (ANCHORS F22). A rule that
 * decides more of its group's places than the rankings do is named: in 2016 a bonus of Affelnet's filled schools with 83 % of those who had it.
 */
export const effectsText = (instance: Instance, matches: Matches, nameOf: (cap: Cap) => string): string[] => {
  const rules = instance.caps.flatMap((cap, index) => rulesOf(instance, matches, { cap, index, nameOf }));
  const effects = rules.slice(0, mostRules).flatMap((rule) => effectOf(instance, matches, rule) ?? []);
  if (effects.length === 0) return [];
  const left = rules.length - mostRules;
  return [
    'Simulated: what each rule does, by allocating once more without it',
    tableOf(effects, [
      { title: 'rule', of: ({ rule }) => rule },
      { title: 'people', of: ({ inside }) => inside.with, right: true },
      { title: 'share', of: ({ inside, placed }) => percent(inside.with, placed.with), right: true },
      { title: 'without', of: ({ inside }) => inside.without, right: true },
      { title: 'share', of: ({ inside, placed }) => percent(inside.without, placed.without), right: true },
      { title: 'moved', of: ({ moved }) => moved, right: true },
    ]),
    ...(left > 0 ? [`${left} more rules are not simulated`] : []),
    ...effects.flatMap(dominance),
  ];
};

/** A rule, the group of vacancies that it is about, and the caps without it. */
type Rule = { rule: string; members: ReadonlySet<string>; caps: Instance['caps'] };

/** The limit around everything is how many posts there are, and no rule between groups. */
const rulesOf = (
  instance: Instance,
  matches: Matches,
  { cap, index, nameOf }: { cap: Cap; index: number; nameOf: (cap: Cap) => string },
): Rule[] => {
  const members = new Set(capMembers(instance, cap));
  const { reserve = 0, precedence: _order, ...limit } = cap;
  const named = (what: string): string => `${what} of ${nameOf(cap)}`;
  const seats = instance.vacancies.reduce(
    (sum, { id, capacity }) => sum + (members.has(id) ? capacity : 0),
    0,
  );
  const isFull = cap.max < seats && insideOf(matches, members) >= cap.max && !isAroundAll(instance, cap);
  return [
    ...(reserve > 0
      ? [{ rule: named(`reserve ${reserve}`), members, caps: instance.caps.with(index, limit) }]
      : []),
    ...(isFull
      ? [
          {
            rule: named(`limit ${cap.max}`),
            members,
            caps: instance.caps.with(index, { ...cap, max: seats }),
          },
        ]
      : []),
  ];
};

const effectOf = (
  instance: Instance,
  matches: Matches,
  { rule, members, caps }: Rule,
): Effect | undefined => {
  const answer = allocate({ ...instance, caps });
  if (!answer.ok) return undefined;
  const { matches: without } = answer.value;
  return {
    rule,
    inside: { with: insideOf(matches, members), without: insideOf(without, members) },
    placed: { with: placedIn(matches), without: placedIn(without) },
    moved: instance.applicants.filter(({ id }) => matches[id] !== without[id]).length,
  };
};

const insideOf = (matches: Matches, members: ReadonlySet<string>): number =>
  Object.values(matches).filter((vacancy) => vacancy !== null && members.has(vacancy)).length;

const placedIn = (matches: Matches): number =>
  Object.values(matches).filter((vacancy) => vacancy !== null).length;

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

/** Said of a group that has at least so much of its places, or lacks as many again, by the rule alone. */
const dominance = ({ rule, inside }: Effect): string[] => {
  const most = Math.max(inside.with, inside.without);
  const share = most === 0 ? 0 : Math.abs(inside.with - inside.without) / most;
  return share >= dominant
    ? [`Warning: ${rule} alone decides ${percent(share, 1)} of the places there, more than the rankings do`]
    : [];
};
