import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type Cascade, type CascadeEvent, isLive, type Seeker, step } from '#shared/domain/cascade.ts';
import { type CascadeFault, soundSteps } from '#shared/domain/cascade-check.ts';
import { goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import { evolveAll } from '#shared/domain/event.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import { offerOf } from '#shared/domain/offer.ts';
import { seatOf } from '#shared/domain/offer-wave.ts';
import type { Seats } from '#shared/domain/seats.ts';

/*
 * An answer, a lapse and a departure once more by the step of the cascade, which knows nothing of how they were decided. Each touches the
 * offers of one person and the seats of their vacancies alone: it gives nobody a seat, so nobody is passed over by it and no limit gets fuller.
 * So these alone are looked at, however many people a round has.
 */

/** What is wrong with an answer. */
export type AnswerFault =
  | CascadeFault
  /** Leaves the person another offer than the step does. */
  | { fault: 'other-than-step'; vacancy: string }
  /** The seats of the vacancy do not say of the offer what the person's record says. */
  | { fault: 'seat-differs'; vacancy: string };

type Answering = {
  events: readonly CandidacyEvent[];
  /** The seats of every vacancy that the events touch, as they leave them. */
  seats: ReadonlyMap<VacancyCode, Seats>;
  /** The round makes no offers any more, so that what is open ends by itself. */
  haveEnded?: boolean | undefined;
};

/** Everything that is wrong with what was decided on the offers of one person. */
export const answerFaults = (
  before: Candidacy,
  { events, seats, haveEnded = false }: Answering,
): AnswerFault[] => {
  const steps = stepsOf(before, events);
  const part = partOf(before);
  const { after, isolated } = haveEnded ? stepped(part, steps) : soundSteps(part, steps);
  const faults: AnswerFault[] = isolated.flatMap((one) => one.faults);
  if (faults.length > 0) return faults;
  const decided = evolveAll(candidacyAggregate, before, events) ?? before;
  return [...othersThanStep(after, decided, events), ...seatFaults(decided, events, seats)];
};

/** What happened to one person, as steps of the offers: what an acceptance or a departure closes follows from that step. */
const stepsOf = (
  { applicationId: seeker, offers }: Candidacy,
  events: readonly CandidacyEvent[],
): CascadeEvent[] => {
  const vacancyOf = (id: string): string => offers.find((offer) => offer.id === id)?.vacancy ?? '';
  const steps = events.flatMap((event): CascadeEvent[] => {
    switch (event.type) {
      case 'offer-accepted':
        return [{ type: 'accepted', seeker, vacancy: vacancyOf(event.offer) }];
      case 'offer-accepted-conditionally':
        return [{ type: 'accepted-conditionally', seeker, vacancy: vacancyOf(event.offer) }];
      case 'offer-declined':
        return [{ type: 'declined', seeker, vacancy: vacancyOf(event.offer) }];
      case 'offer-lapsed':
        return [{ type: 'lapsed', seeker, vacancy: vacancyOf(event.offer) }];
      case 'candidacy-withdrawn':
      case 'elsewhere-gone':
        return [{ type: 'withdrawn', seeker }];
      case 'candidacy-deferred':
        return [{ type: 'deferred', seeker }];
      case 'elsewhere-returned':
        return [{ type: 'returned', seeker, vacancies: event.offers.map(vacancyOf) }];
      default:
        return [];
    }
  });
  const closed = events.flatMap((event): CascadeEvent[] =>
    event.type === 'offer-closed' ? [{ type: 'closed', seeker, vacancy: vacancyOf(event.offer) }] : [],
  );
  return steps.length > 0 ? steps : closed;
};

const partOf = (candidacy: Candidacy): Cascade => {
  const { applicationId: id, withdrawnAt, deferred } = candidacy;
  const offers = candidacy.offers.map(seatOf);
  const seeker: Seeker = {
    id,
    wishes: [],
    offers,
    ...(deferred && { left: 'deferred' as const }),
    ...((withdrawnAt || goneElsewhere(candidacy)) && { left: 'withdrawn' as const }),
  };
  // Of other people's seats nothing follows for an answer.
  const posts = new Map(offers.map(({ vacancy }) => [vacancy, 1]));
  return { seekers: new Map([[id, seeker]]), posts, limits: [] };
};

/** Without asking whether it was right to close anything: once the offers have ended, it is. */
const stepped = (part: Cascade, steps: readonly CascadeEvent[]): ReturnType<typeof soundSteps> => {
  let after = part;
  for (const event of steps) {
    const next = step(after, event);
    if (!next.ok) return { after, sound: [], isolated: [{ event, faults: [{ fault: next.error }] }] };
    after = next.value;
  }
  return { after, sound: [...steps], isolated: [] };
};

const othersThanStep = (
  { seekers }: Cascade,
  decided: Candidacy,
  events: readonly CandidacyEvent[],
): AnswerFault[] => {
  const anew = new Set(
    events.flatMap((event) =>
      event.type === 'elsewhere-returned' ? event.offers.map((id) => offerOf(decided, id)?.vacancy) : [],
    ),
  );
  const right = [...(seekers.get(decided.applicationId)?.offers ?? [])];
  const faults: AnswerFault[] = [];
  for (const offer of decided.offers) {
    const { vacancy, status } = seatOf(offer);
    if (anew.has(offer.vacancy)) continue;
    const same = right.findIndex((one) => one.vacancy === vacancy && one.status === status);
    if (same === -1) faults.push({ fault: 'other-than-step', vacancy });
    else right.splice(same, 1);
  }
  return faults;
};

/** The seats say of each offer that was touched what the record says, and nobody accepts where more have a seat than there are. */
const seatFaults = (
  decided: Candidacy,
  events: readonly CandidacyEvent[],
  seats: Answering['seats'],
): AnswerFault[] =>
  events.flatMap((event): AnswerFault[] => {
    const offer = 'offer' in event ? offerOf(decided, event.offer) : undefined;
    if (!offer) return [];
    const { vacancy } = offer;
    const at = seats.get(vacancy);
    const seat = at?.taken.find((one) => one.offer === offer.id);
    const owed = isLive(seatOf(offer)) ? (offer.status === 'accepted' ? 'accepted' : 'held') : undefined;
    if (seat?.status !== owed) return [{ fault: 'seat-differs', vacancy }];
    const isFull = at !== undefined && at.taken.length > at.capacity;
    return seat && isFull ? [{ fault: 'over-capacity', vacancy }] : [];
  });
