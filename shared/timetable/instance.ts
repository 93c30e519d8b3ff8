import { type Provided, Unkept } from '#shared/domain/access-need.ts';
import type { DayPart, Needs } from '#shared/domain/interview-wishes.ts';
import { type Panel, type Unfit, unfitness } from '#shared/domain/panel.ts';

/** An application that wants a time. */
export type Candidate = {
  id: string;
  needs: Needs;
  /** What suits best; a wish, and no more. */
  part: DayPart | undefined;
  days: readonly string[];
  /** Members who have a conflict of interest with it. */
  conflicts: readonly string[];
  /** Members who work at a school where it wants a post. */
  insiders: readonly string[];
  /** Others without a conflict of interest whom its interview needs, at all stations together. */
  outsiders: number;
  /** Members without one whom each station of its interview needs. */
  members: readonly number[];
};

/** Who hears applications, and where: the panel of each station, in their order. What is provided is so at every station. */
export type Sitting = Provided & {
  id: string;
  /** Who they are; the same for all times of the same panels, whatever is provided then. */
  crew: string;
  /** Those that are spoken at every station. */
  languages: Panel['languages'];
  /** Who sits at each station. */
  members: readonly (readonly string[])[];
  /** Somebody of them, or a room, is taken by another round at these times. */
  engaged?: boolean;
  /** Interviews that they have already at any time, which stay. */
  booked: number;
};

/** A time that nobody has. */
export type FreeTime = {
  id: string;
  panel: string;
  /** As YYYY-MM-DD, in the zone of the round. */
  day: string;
  part: DayPart;
  startsAt: string;
  /** How many times of the same panels come before it that day, booked ones too. */
  place: number;
};

export type Instance = {
  /** Decides between what is equally good. */
  seed: string;
  candidates: readonly Candidate[];
  panels: readonly Sitting[];
  times: readonly FreeTime[];
};

/** What must hold; each can be left out to see whether it is what binds. */
export type Rule = Unfit;
export const rules = [
  'language',
  ...Unkept.options,
  'conflicts',
  'outsiders',
  'engaged',
] as const satisfies readonly Rule[];

/** What stands between an application and those who would hear it. */
export const unfitFor = (candidate: Candidate, sitting: Sitting): Rule[] => {
  const found = sitting.members.flatMap((members, station) =>
    unfitness(sitting, candidate.needs, {
      has: members.filter((member) => !candidate.conflicts.includes(member)).length,
      needs: candidate.members[station] ?? 0,
    }),
  );
  const broken = new Set<Rule>(found);
  if (lacksOutsiders(candidate, sitting)) broken.add('outsiders');
  if (sitting.engaged) broken.add('engaged');
  return rules.filter((rule) => broken.has(rule));
};

const lacksOutsiders = ({ conflicts, insiders, outsiders }: Candidate, { members }: Sitting): boolean =>
  new Set(members.flat().filter((member) => !conflicts.includes(member) && !insiders.includes(member))).size <
  outsiders;

/** How many wishes a time leaves open: the part of the day, and the day. */
export const openWishes = (
  { part, days }: Pick<Candidate, 'part' | 'days'>,
  time: Pick<FreeTime, 'day' | 'part'>,
): number =>
  Number(part !== undefined && part !== time.part) + Number(days.length > 0 && !days.includes(time.day));
