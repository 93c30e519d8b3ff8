import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { ApplicationId, ApplicationNumber, ClaimId, PersonId, VacancyCode } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { Turn } from '#shared/domain/turn.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * What somebody is given who was wronged, where nobody who did nothing wrong loses an offer for it (ANCHORS B10):
 * - `offer-next`: the next place that becomes free in one of the posts goes to them, before whoever waits;
 * - `extra-place`: the post has one place more, which goes to them;
 * - `next-intake`: in the next intake they are admitted, and a place in a post of these subjects goes to them before others, if their result
 *   goes on there.
 */
export const RemedyKind = z.enum(['offer-next', 'extra-place', 'next-intake']);
export type RemedyKind = z.infer<typeof RemedyKind>;

/** Those that give a place in the same round. */
export const PlaceRemedyKind = RemedyKind.exclude(['next-intake']);
export type PlaceRemedyKind = z.infer<typeof PlaceRemedyKind>;

/** What one person proposes another one confirms, since others wait longer for it. */
export const Remedy = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  kind: RemedyKind,
  applicationId: ApplicationId,
  application: ApplicationNumber,
  /** Posts that the person wants; one where a place is added. */
  vacancies: z.array(VacancyCode).min(1),
  /** Of a promise for the next intake, the last day on which the call of that closes. */
  until: z.iso.date().optional(),
  /** The claim that was upheld, where there is one: a wrong publication or a court's decision has none. */
  claim: ClaimId.optional(),
  by: PersonId,
  at: Instant,
  reason: DocumentRef,
  status: z.enum(['waiting', 'granted', 'refused']),
  ended: z.object({ by: PersonId, at: Instant, turn: Turn, reason: DocumentRef.optional() }).optional(),
});
export type Remedy = z.infer<typeof Remedy>;

const ending = { at: Instant, remedy: z.int().min(1), by: PersonId };

/** Events of a round. */
export const remedyEvents = [
  z.object({
    type: z.literal('remedy-proposed'),
    ...Remedy.omit({ status: true, ended: true }).shape,
  }),
  z.object({ type: z.literal('remedy-granted'), ...ending, turn: Turn }),
  z.object({ type: z.literal('remedy-refused'), ...ending, reason: DocumentRef }),
] as const;
const RemedyEvent = z.discriminatedUnion('type', remedyEvents);
export type RemedyEvent = z.infer<typeof RemedyEvent>;

export const isRemedyEvent = (event: { type: string }): event is RemedyEvent =>
  remedyEvents.some(({ shape }) => shape.type.value === event.type);

type Remedies = readonly Remedy[];
type Decision = Result<RemedyEvent[], Refusal>;

export type RemedyProposal = Omit<Remedy, 'number' | 'at' | 'status' | 'ended'>;

/**
 * Proposes a remedy. The same once more changes nothing while it waits or counts. Refused as `invalid` at `vacancies` where the person does
 * not wait for one of them, and where a place would be added to several.
 * @param waitsFor posts that the person could still be offered
 */
export const proposeRemedy = (
  remedies: Remedies,
  proposal: RemedyProposal,
  waitsFor: readonly string[],
  now: Instant,
): Decision => {
  if (remedies.some((one) => one.status !== 'refused' && isSame(one, proposal))) return ok([]);
  const faults = faultsOf(proposal, waitsFor);
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  return ok([{ type: 'remedy-proposed', number: remedies.length + 1, at: now, ...proposal }]);
};

const isSame = (one: Remedy, other: RemedyProposal): boolean =>
  one.kind === other.kind &&
  one.applicationId === other.applicationId &&
  one.until === other.until &&
  one.vacancies.length === other.vacancies.length &&
  one.vacancies.every((code) => other.vacancies.includes(code));

const faultsOf = ({ kind, vacancies }: RemedyProposal, waitsFor: readonly string[]): Fault[] => {
  const unknown = vacancies.filter((code) => !waitsFor.includes(code));
  if (vacancies.length === 0 || unknown.length > 0) {
    const facts = { vacancies: waitsFor.join(', ') || '–' };
    return [{ place: 'vacancies', message: 'remedy.error.vacancies', facts }];
  }
  return kind === 'extra-place' && vacancies.length > 1
    ? [{ place: 'vacancies', message: 'remedy.error.one' }]
    : [];
};

/**
 * Lets a remedy count. Whoever proposed it cannot; once more by anybody else changes nothing. Refused as `changed-meanwhile` where the person
 * waits for none of the posts any more.
 */
export const grantRemedy = (
  remedies: Remedies,
  { remedy: number, by }: { remedy: number; by: PersonId },
  waitsFor: readonly string[],
  now: Instant,
): Decision => {
  const remedy = remedies.find((one) => one.number === number);
  if (!remedy) return refuse({ kind: 'not-found', what: 'page' });
  if (remedy.by === by) return refuse({ kind: 'second-person-needed' });
  if (remedy.status === 'granted') return ok([]);
  const waits = remedy.vacancies.some((code) => waitsFor.includes(code));
  if (remedy.status !== 'waiting' || !waits) return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'remedy-granted', at: now, remedy: number, by }]);
};

/** Ends a remedy before it counts, with a reason; whoever proposed it may as well. */
export const refuseRemedy = (
  remedies: Remedies,
  { remedy: number, by, reason }: { remedy: number; by: PersonId; reason: DocumentRef },
  now: Instant,
): Decision => {
  const remedy = remedies.find((one) => one.number === number);
  if (!remedy) return refuse({ kind: 'not-found', what: 'page' });
  if (remedy.status === 'refused') return ok([]);
  if (remedy.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'remedy-refused', at: now, remedy: number, by, reason }]);
};

export const evolveRemedies = (remedies: Remedies, event: RemedyEvent): Remedy[] => {
  if (event.type === 'remedy-proposed') {
    const { type: _, ...proposed } = event;
    return [...remedies, { ...proposed, status: 'waiting' }];
  }
  const { remedy, at, by } = event;
  const granted = event.type === 'remedy-granted';
  const beside = granted ? { ...(event.turn && { turn: event.turn }) } : { reason: event.reason };
  const status = granted ? 'granted' : 'refused';
  return remedies.map((one) =>
    one.number === remedy ? { ...one, status, ended: { by, at, ...beside } } : one,
  );
};

/** Whom posts go to before others, by remedies that count, in the order in which they were granted. */
export type First = { applicationId: ApplicationId; vacancies: readonly VacancyCode[] };

/** Whether somebody who has a post has it by a remedy: such a place says nothing of how far the post went down the ranking. */
export const hasByRemedy = (
  firsts: readonly First[],
  { applicationId, vacancy }: { applicationId: ApplicationId; vacancy: VacancyCode },
): boolean => firsts.some((one) => one.applicationId === applicationId && one.vacancies.includes(vacancy));

/** The remedies that count, the first that was granted first. */
export const grantedRemedies = ({ remedies = [] }: { remedies?: Remedies | undefined }): Remedy[] =>
  remedies
    .filter(({ status }) => status === 'granted')
    .toSorted((a, b) => (a.ended?.turn ?? 0) - (b.ended?.turn ?? 0));

/** Those of them by which posts of this round go to somebody before others. */
export const placeRemedies = (round: { remedies?: Remedies | undefined }): Remedy[] =>
  grantedRemedies(round).filter(({ kind }) => PlaceRemedyKind.safeParse(kind).success);

/**
 * Whom posts go to before others, as the offers' plan says it; nothing where nobody is.
 * @param promised whom earlier intakes put first (`promised-first.ts`), before everybody who is put first here
 */
export const firstIn = (
  round: { remedies?: Remedies | undefined },
  promised: readonly First[],
): { first?: readonly First[] } => {
  const first = [...promised, ...placeRemedies(round)];
  return first.length === 0
    ? {}
    : { first: first.map(({ applicationId, vacancies }) => ({ applicationId, vacancies })) };
};
