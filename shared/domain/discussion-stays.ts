import type { Discussion } from '#shared/domain/discussion.ts';
import { type Noted, type NotedStay, notedStays, noteOf } from '#shared/domain/discussion-attendance.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { chairsIn, common, type SeatFacts, type Tenure, type Turn } from '#shared/domain/tenure.ts';
import type { Instant } from '#shared/domain/time.ts';

/*
 * Who was at a discussion from when until when: what was noted of them, as far as they had a place in the room.
 */

/** A discussion, and who had a place in the room while it went on. */
export type Sitting = { discussion: Discussion; tenures: readonly Tenure[] };

/** @param end when it was over; what changed on the committee afterwards did not happen to it */
export const sittingOf = (
  discussion: Discussion,
  tenures: readonly Tenure[],
  end: Instant | undefined = discussion.closedAt,
): Sitting => ({
  discussion,
  tenures: tenures.flatMap(({ until, ended, ...tenure }) => {
    if (end !== undefined && tenure.from > end) return [];
    if (until !== undefined && until <= discussion.openedAt) return [];
    return [until !== undefined && (end === undefined || until < end) ? { ...tenure, until, ended } : tenure];
  }),
});

/** Part of a discussion at which somebody was there, how it began, and how it ended; it goes on where it has no end. */
export type Stay = {
  personId: PersonId;
  from: Instant;
  until: Instant | undefined;
  began: NotedStay['began'] | Turn;
  ended: 'departure' | Turn | undefined;
};

/** Everybody's, of each in the order of time. */
export const staysIn = (sitting: Sitting): Stay[] =>
  peopleIn(sitting).flatMap((personId) => staysOf(sitting, personId));

/** Those of whom something was noted first, in the order of the notes. */
const peopleIn = ({ discussion: { late = [], left = [] }, tenures }: Sitting): PersonId[] => [
  ...new Set([...late, ...left, ...tenures].map(({ personId }) => personId)),
];

const staysOf = ({ discussion, tenures }: Sitting, personId: PersonId): Stay[] => {
  const own = tenures.filter((one) => one.personId === personId);
  return notedStays(discussion, personId)
    .flatMap((noted) => own.flatMap((tenure) => stayIn(noted, tenure) ?? []))
    .reduce<Stay[]>(goingOn, []);
};

const stayIn = (noted: NotedStay, tenure: Tenure): Stay | undefined => {
  const isInstant = noted.from === noted.until && isDuring(tenure, noted.from);
  const time = isInstant ? noted : common(noted, tenure);
  if (!time) return undefined;
  const { from, until } = time;
  const began = tenure.from > noted.from ? tenure.began : noted.began;
  const ended = until === noted.until ? 'departure' : tenure.ended;
  return { personId: tenure.personId, from, until, began, ended: until && ended };
};

/** Whoever takes another place at the very moment at which they give up theirs has not gone. */
const goingOn = (stays: Stay[], next: Stay): Stay[] => {
  const last = stays.at(-1);
  const isSame = last?.until === next.from && last.ended !== 'departure';
  if (!last || !isSame) return [...stays, next];
  return stays.slice(0, -1).concat({ ...last, until: next.until, ended: next.ended });
};

const isDuring = ({ from, until }: Tenure, at: Instant): boolean =>
  from <= at && (until === undefined || at < until);

/** While a committee talked about one application without a break. */
type Span = { applicationId: ApplicationId; from: Instant; until?: Instant | undefined };

/** Whether somebody was there for any part of it. */
export const wasThere = (sitting: Sitting, personId: PersonId, { from, until }: Span): boolean =>
  staysOf(sitting, personId).some(
    (stay) => (until === undefined || stay.from <= until) && (stay.until === undefined || stay.until >= from),
  );

/**
 * Everybody who was out of the room for any part of what was said about an application, in the order in which they left; nobody whose
 * presence was noted by mistake.
 */
export const awayDuring = (sitting: Sitting, applicationId: ApplicationId): PersonId[] => [
  ...new Set(
    sitting.discussion.spans.flatMap((span) =>
      span.applicationId === applicationId ? span.away.filter((id) => wasThere(sitting, id, span)) : [],
    ),
  ),
];

/** Of those who may vote, who was there at its end, or is. */
export const presentIn = (sitting: Sitting): PersonId[] => {
  const voting = new Set(
    sitting.tenures.flatMap(({ personId, votes, until }) => (votes && until === undefined ? [personId] : [])),
  );
  return staysIn(sitting).flatMap(({ personId, until }) =>
    until === undefined && voting.has(personId) ? [personId] : [],
  );
};

/** Who had a place in the room to the end and was not there then, having come at no time since they took it; once it is over, who never came. */
export const missingIn = (sitting: Sitting, isOver: boolean): PersonId[] => {
  const came = new Set(staysIn(sitting).map(({ personId }) => personId));
  const people = sitting.tenures.flatMap(({ personId, until }) => {
    const isMissing = isOver ? !came.has(personId) : until === undefined && !noteIn(sitting, personId);
    return isMissing ? [personId] : [];
  });
  return [...new Set(people)];
};

/** Who held the chair from when until when, where that changed or nobody did for a time; nothing where one person held it throughout. */
export const chairsDuring = (
  { openedAt, closedAt }: Pick<Discussion, 'openedAt' | 'closedAt'>,
  facts: SeatFacts,
  end: Instant | undefined = closedAt,
): Chaired[] => {
  const chairs = chairsIn(facts).flatMap(({ personId, ...time }): Chaired[] => {
    const during = common(time, {
      from: openedAt,
      ...(end !== undefined && end > openedAt && { until: end }),
    });
    if (!during) return [];
    const { from, until } = during;
    return [{ personId, from, until: until !== undefined && until === end ? undefined : until }];
  });
  const [only] = chairs;
  return chairs.length === 1 && only?.from === openedAt && only.until === undefined ? [] : chairs;
};

export type Chaired = { personId: PersonId; from: Instant; until: Instant | undefined };

/** Who came later or went, why where it was with a place in the room, and what was talked about meanwhile, in the order in which it was begun. */
type Missed = { personId: PersonId; at: Instant; why: Turn | undefined; missed: ApplicationId[] };

/** Who was not there when it was opened and came later: without what was begun before that, or not all of it. */
export const latecomers = (sitting: Sitting): Missed[] => {
  const { spans } = sitting.discussion;
  const first = Map.groupBy(staysIn(sitting), ({ personId }) => personId);
  return [...first.values()]
    .flatMap(([stay]) => (stay && stay.began !== 'presence' ? [stay] : []))
    .toSorted(byTime(({ from }) => from))
    .map(({ personId, from: at, began }) => {
      const missed = spans.flatMap(({ applicationId, from }) => (from < at ? [applicationId] : []));
      return { personId, at, why: turnIn(began), missed: [...new Set(missed)] };
    });
};

/** Who went before the end, when they came back, and what went on or was begun while they were not there. */
export const leavers = (
  sitting: Sitting,
): (Missed & { back: Instant | undefined; backWhy: Turn | undefined })[] =>
  staysIn(sitting)
    .flatMap(({ personId, until: at, ended }, index, stays) => {
      if (at === undefined) return [];
      const next = stays[index + 1];
      const later = next?.personId === personId ? next : undefined;
      const back = later?.from;
      const missed = sitting.discussion.spans.flatMap(({ applicationId, from, until }) =>
        (until === undefined || until > at) && (back === undefined || from < back) ? [applicationId] : [],
      );
      const backWhy = later && turnIn(later.began);
      return [{ personId, at, why: turnIn(ended), back, backWhy, missed: [...new Set(missed)] }];
    })
    .toSorted(byTime(({ at }) => at));

const turnIn = (bound: Stay['began'] | Stay['ended']): Turn | undefined =>
  typeof bound === 'object' ? bound : undefined;

const byTime =
  <One>(timeOf: (one: One) => Instant) =>
  (a: One, b: One): number => {
    const [one, other] = [timeOf(a), timeOf(b)];
    return one < other ? -1 : Number(one > other);
  };

/** What stands of somebody since they last took a place in the room, and can be taken back; undefined of who has not come since. */
export const noteIn = (
  { discussion, tenures }: Sitting,
  personId: PersonId,
): { what: Noted; at: Instant; why?: Turn } | undefined => {
  const tenure = tenures
    .filter((one) => one.personId === personId)
    .reduce<Tenure | undefined>(placeIn, undefined);
  const note = noteOf(discussion, personId);
  if (!tenure || !note) return undefined;
  const { from, began } = tenure;
  if (note.what !== 'departure') return from > note.at ? { what: 'seat', at: from, why: began } : note;
  const { undone = [] } = discussion;
  const isTakenBack = undone.some(
    (one) => one.personId === personId && one.what === 'seat' && one.noted === note.at,
  );
  return note.at < from || isTakenBack ? undefined : note;
};

/** The place that somebody has had since then, whatever seat it came to be: the last one that followed none at once. */
const placeIn = (since: Tenure | undefined, { from, until, ...tenure }: Tenure): Tenure => ({
  ...(since?.until === from ? since : { ...tenure, from }),
  until,
});
