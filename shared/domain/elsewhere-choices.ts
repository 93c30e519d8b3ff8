import * as z from 'zod';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { type Reordering, reordered } from '#shared/domain/choice-order.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { Answer } from '#shared/domain/elsewhere-gone.ts';
import { isUnplaced } from '#shared/domain/exchange.ts';
import { OfferId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { Turn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What the region that somebody was handed to decided: it proposes a post, or has none for them. */
export const HandedOutcome = z.enum(['post', 'none']);
export type HandedOutcome = z.infer<typeof HandedOutcome>;

/**
 * Why nothing of somebody who agreed was handed over: nothing was chosen, there was a post or an offer of the own round, nobody was handed over in time, or the list
 * was stopped.
 */
export const NotHanded = z.enum(['unchosen', 'placed', 'late', 'stopped']);
export type NotHanded = z.infer<typeof NotHanded>;

/** What somebody agreed to about the posts of one list of another region, and which of them they want, best first. */
export const ElsewhereChoices = z.object({
  /** The list, by the SHA-256 of its statement. */
  list: Sha256,
  region: RegionCode,
  agreedAt: Instant,
  choices: z.array(VacancyCode),
  /** When it was handed to the region. */
  handedAt: Instant.optional(),
  /** What that region decided, since the person was told. */
  outcome: z.object({ at: Instant, kind: HandedOutcome }).optional(),
  /** What the person said to the post that was proposed, as that region stated it: on which day, and since when it is noted here. */
  answer: z.object({ at: Instant, kind: Answer, on: z.iso.date() }).optional(),
  /** Since when they are out of the own round because of it. */
  goneAt: Instant.optional(),
  /** Since when it is certain that nothing is handed over; the consent ended with it. */
  notHanded: z.object({ at: Instant, why: NotHanded }).optional(),
});
export type ElsewhereChoices = z.infer<typeof ElsewhereChoices>;

/** Events of a candidacy. */
export const elsewhereChoiceEvents = [
  z.object({ type: z.literal('elsewhere-joined'), at: Instant, list: Sha256, region: RegionCode }),
  z.object({
    type: z.literal('elsewhere-ranked'),
    at: Instant,
    list: Sha256,
    choices: z.array(VacancyCode),
  }),
  z.object({ type: z.literal('elsewhere-left'), at: Instant, list: Sha256 }),
  z.object({ type: z.literal('elsewhere-handed'), at: Instant, list: Sha256, packet: Sha256 }),
  z.object({ type: z.literal('elsewhere-not-handed'), at: Instant, list: Sha256, why: NotHanded }),
  z.object({ type: z.literal('elsewhere-outcome-told'), at: Instant, list: Sha256, outcome: HandedOutcome }),
  z.object({
    type: z.literal('elsewhere-answered'),
    at: Instant,
    list: Sha256,
    answer: Answer,
    on: z.iso.date(),
    turn: Turn,
  }),
  /** Out of the own round, with a post of another region: open offers end with it. */
  z.object({ type: z.literal('elsewhere-gone'), at: Instant, list: Sha256, turn: Turn }),
  /** In again: the other region stated anew that nothing came of its post. `offers`: what ended with it, and may be offered anew. */
  z.object({
    type: z.literal('elsewhere-returned'),
    at: Instant,
    list: Sha256,
    turn: Turn,
    offers: z.array(OfferId),
  }),
] as const;

export type ElsewhereChoiceEvent = z.infer<(typeof elsewhereChoiceEvents)[number]>;

export const isElsewhereChoiceEvent = (event: { type: string }): event is ElsewhereChoiceEvent =>
  elsewhereChoiceEvents.some(({ shape }) => shape.type.value === event.type);

/** What somebody's parts come to; a consent that was taken back leaves nothing. */
export const evolveElsewhereChoices = (
  before: readonly ElsewhereChoices[],
  event: ElsewhereChoiceEvent,
): ElsewhereChoices[] => {
  switch (event.type) {
    case 'elsewhere-joined': {
      const { list, region, at: agreedAt } = event;
      return [...before.filter((one) => one.list !== list), { list, region, agreedAt, choices: [] }];
    }
    case 'elsewhere-ranked':
      return changedOne(before, event.list, { choices: event.choices });
    case 'elsewhere-left':
      return before.filter((one) => one.list !== event.list);
    case 'elsewhere-handed':
      return changedOne(before, event.list, { handedAt: event.at });
    case 'elsewhere-not-handed':
      return changedOne(before, event.list, { notHanded: { at: event.at, why: event.why } });
    case 'elsewhere-outcome-told':
      return changedOne(before, event.list, { outcome: { at: event.at, kind: event.outcome } });
    case 'elsewhere-answered': {
      const { at, answer: kind, on } = event;
      return changedOne(before, event.list, { answer: { at, kind, on } });
    }
    case 'elsewhere-gone':
      return changedOne(before.map(inAgain), event.list, { goneAt: event.at });
    case 'elsewhere-returned':
      return before.map(inAgain);
    default:
      return event satisfies never;
  }
};

const inAgain = ({ goneAt: _over, ...rest }: ElsewhereChoices): ElsewhereChoices => rest;

const changedOne = (
  before: readonly ElsewhereChoices[],
  list: Sha256,
  change: Partial<ElsewhereChoices>,
): ElsewhereChoices[] => before.map((one) => (one.list === list ? Object.assign({}, one, change) : one));

/** The list that somebody comes to: until when they may choose, and the zone in which a refusal tells it. */
type AtList = { list: Sha256; region: RegionCode; choosingUntil: Instant; zone: string };

/** What somebody agreed to, as long as something can still come of it. */
export const choicesAt = (candidacy: Contender, list: Sha256): ElsewhereChoices | undefined =>
  candidacy.elsewhere?.find((one) => one.list === list && !one.notHanded);

/** Agrees that what the consent names may be handed to the region of the list. Again changes nothing; who has a post, or an offer of one, needs none. */
export const joinElsewhere = (
  candidacy: Candidacy,
  at: AtList,
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  const { list, region } = at;
  const late = lateAt(at, now);
  if (late) return refuse(late);
  if (choicesAt(candidacy, list)) return ok([]);
  if (!isUnplaced(candidacy)) return refuse({ kind: 'not-in-stage' });
  return ok([{ type: 'elsewhere-joined', at: now, list, region }]);
};

/** Ranks posts of the list, best first, from the order that the page showed; the same order again changes nothing. */
export const rankElsewhere = (
  candidacy: Candidacy,
  wanted: Reordering,
  at: AtList,
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  const late = lateAt(at, now);
  if (late) return refuse(late);
  const own = choicesAt(candidacy, at.list);
  if (!own) return refuse({ kind: 'not-in-stage' });
  const choices = reordered(own.choices, wanted);
  if (!choices.ok) return choices;
  return ok(
    choices.value ? [{ type: 'elsewhere-ranked', at: now, list: at.list, choices: choices.value }] : [],
  );
};

/** Takes the consent back, with everything that was chosen; refused as `already-decided` once it is being handed over. Again changes nothing. */
export const leaveElsewhere = (
  candidacy: Candidacy,
  { list, handedAt }: { list: Sha256; handedAt: Instant | undefined },
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  if (!choicesAt(candidacy, list)) return ok([]);
  if (handedAt) return refuse({ kind: 'already-decided', decidedAt: handedAt });
  return ok([{ type: 'elsewhere-left', at: now, list }]);
};

/** Who is handed over for a list: who agreed, chose, and has no post by now. */
export const isHandedFor = (candidacy: Contender, list: Sha256): boolean =>
  isUnplaced(candidacy) && (choicesAt(candidacy, list)?.choices.length ?? 0) > 0;

/** Notes that somebody was handed over, once. */
export const noteHanded = (
  candidacy: Candidacy,
  { list, packet }: { list: Sha256; packet: Sha256 },
  now: Instant,
): CandidacyEvent[] => {
  const own = choicesAt(candidacy, list);
  return own && !own.handedAt ? [{ type: 'elsewhere-handed', at: now, list, packet }] : [];
};

/** Why nothing of somebody is handed over, once that is certain; undefined for who did not agree, was handed over, or is among `numbers`, who are being. Who agreed after the list was stopped did so when it was shown anew. */
export const whyNotHanded = (
  candidacy: Contender,
  {
    list,
    numbers,
    stoppedAt,
  }: { list: Sha256; numbers: readonly string[] | undefined; stoppedAt: Instant | undefined },
): NotHanded | undefined => {
  const own = choicesAt(candidacy, list);
  if (!own || own.handedAt || numbers?.includes(candidacy.number)) return undefined;
  if (stoppedAt) return own.agreedAt <= stoppedAt ? 'stopped' : undefined;
  if (own.choices.length === 0) return 'unchosen';
  return numbers || !isUnplaced(candidacy) ? 'placed' : 'late';
};

/** Notes what the region decided about somebody who was handed over, once. */
export const noteOutcome = (
  candidacy: Candidacy,
  { list, outcome }: { list: Sha256; outcome: HandedOutcome },
  now: Instant,
): CandidacyEvent[] =>
  isUntold(candidacy, list) ? [{ type: 'elsewhere-outcome-told', at: now, list, outcome }] : [];

/** Whether somebody was handed over and does not know yet what came of it. */
export const isUntold = (candidacy: Contender, list: Sha256): boolean => {
  const own = choicesAt(candidacy, list);
  return own?.handedAt !== undefined && !own.outcome;
};

const lateAt = ({ choosingUntil, zone }: AtList, now: Instant): Refusal | undefined =>
  now >= choosingUntil ? { kind: 'too-late', closesAt: choosingUntil, zone } : undefined;
