import * as z from 'zod';
import type { Application } from '#shared/domain/application.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationId, RefereeId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Somebody who is asked for a reference. Who that is, and what they write, lies in the persons table. */
export const Referee = z.object({
  id: RefereeId,
  /** 1 for the first of those that the round asks for. */
  slot: z.int().min(1),
  contact: DocumentRef,
  status: z.enum(['named', 'asked', 'given', 'declined']),
  askedAt: Instant.optional(),
  endedAt: Instant.optional(),
  /** Digests of the tokens that letters carried: each opens this reference and nothing else. */
  links: z.array(Sha256),
  draft: DocumentRef.optional(),
  answer: DocumentRef.optional(),
});
export type Referee = z.infer<typeof Referee>;

/** The references of one application; its id is the application's. */
export const References = z.object({
  applicationId: ApplicationId,
  roundId: RoundId,
  referees: z.array(Referee),
  /** When letters to referees were asked for, within the last day: the limit counts them. */
  letters: z.array(Instant),
});
export type References = z.infer<typeof References>;

const about = { at: Instant, referee: RefereeId };

export const ReferenceEvent = z.discriminatedUnion('type', [
  /** Whoever stood in the slot before is no longer asked, and their links are void. */
  z.object({
    type: z.literal('referee-named'),
    ...about,
    applicationId: ApplicationId,
    roundId: RoundId,
    slot: z.int().min(1),
    contact: DocumentRef,
  }),
  /** Something about the same mailbox was corrected: what was asked, and its links, stand. */
  z.object({ type: z.literal('referee-corrected'), ...about, contact: DocumentRef }),
  z.object({ type: z.literal('referee-asked'), ...about }),
  z.object({ type: z.literal('reference-link-made'), ...about, link: Sha256 }),
  z.object({ type: z.literal('reference-saved'), ...about, draft: DocumentRef }),
  z.object({ type: z.literal('reference-given'), ...about, answer: DocumentRef }),
  z.object({ type: z.literal('reference-declined'), ...about }),
]);
export type ReferenceEvent = z.infer<typeof ReferenceEvent>;

export const referencesAggregate: Aggregate<References, ReferenceEvent> = {
  name: 'references',
  event: ReferenceEvent,
  snapshot: References,
  evolve: (references, event) => {
    if (event.type === 'referee-named') {
      const { referee: id, slot, contact, applicationId, roundId } = event;
      const others = references?.referees.filter((one) => one.slot !== slot) ?? [];
      const referees = [...others, { id, slot, contact, status: 'named' as const, links: [] }];
      referees.sort((a, b) => a.slot - b.slot);
      return { applicationId, roundId, referees, letters: references?.letters ?? [] };
    }
    if (!references) throw new Error(`References cannot begin with ${event.type}.`);
    const letters =
      event.type === 'referee-asked' ? [...lately(references, event.at), event.at] : references.letters;
    const referees = references.referees.map((one) =>
      one.id === event.referee ? evolveReferee(one, event) : one,
    );
    return { ...references, referees, letters };
  },
  lists: () => ({}),
};

const evolveReferee = (
  referee: Referee,
  event: Exclude<ReferenceEvent, { type: 'referee-named' }>,
): Referee => {
  switch (event.type) {
    case 'referee-corrected':
      return { ...referee, contact: event.contact };
    case 'referee-asked':
      return { ...referee, status: 'asked', askedAt: event.at };
    case 'reference-link-made':
      return { ...referee, links: [...referee.links, event.link] };
    case 'reference-saved':
      return { ...referee, draft: event.draft };
    case 'reference-given':
      return { ...referee, status: 'given', answer: event.answer, endedAt: event.at };
    case 'reference-declined':
      return { ...referee, status: 'declined', endedAt: event.at };
    default:
      return event satisfies never;
  }
};

type Wanted = NonNullable<RoundFile['references']>;
type Decision = Result<ReferenceEvent[], Refusal>;

/** References are asked for and given from the call until screening has ended, while the application stands and is not erased. */
export const referencesWanted = (
  application: Application,
  round: Round,
  file: Pick<RoundFile, 'references'>,
): Result<Wanted, Refusal> => {
  if (!file.references || application.erasedAt) return refuse({ kind: 'not-found', what: 'reference' });
  if (application.stage === 'withdrawn') {
    return refuse({ kind: 'already-withdrawn', number: application.number });
  }
  if (round.stage !== 'call' && round.stage !== 'screening') {
    return refuse({ kind: 'wrong-stage', stage: round.stage });
  }
  return ok(file.references);
};

export const refereeIn = (references: References | undefined, id: RefereeId): Referee | undefined =>
  references?.referees.find((one) => one.id === id);

type Naming = Pick<Referee, 'id' | 'slot' | 'contact'> & Pick<References, 'applicationId' | 'roundId'>;

/**
 * Names somebody, or somebody else, or the same person under another address. What was given stays.
 * @param naming `samePerson`: only details of whoever stands there are corrected, who keeps what they were asked
 */
export const nameReferee = (
  references: References | undefined,
  { id: referee, samePerson, ...naming }: Naming & { samePerson: boolean },
  { count }: Wanted,
  now: Instant,
): Decision => {
  if (naming.slot > count) return refuse({ kind: 'not-found', what: 'reference' });
  const before = references?.referees.find(({ slot }) => slot === naming.slot);
  if (before?.status === 'given') return refuse({ kind: 'reference-ended' });
  if (before && samePerson) {
    return ok([{ type: 'referee-corrected', at: now, referee: before.id, contact: naming.contact }]);
  }
  return ok([{ type: 'referee-named', at: now, referee, ...naming }]);
};

/** Letters to one referee are so far apart at least; asking again before that changes nothing. */
const apartSeconds = 3600;
const daySeconds = 86_400;
/** For each reference that the round asks for, in a day: nobody's mailbox is flooded in an applicant's name. */
const lettersADay = 3;

/** Asks by letter, or once more where no answer came. */
export const askReferee = (
  references: References,
  referee: Referee,
  { count }: Wanted,
  now: Instant,
): Decision => {
  if (referee.status === 'given' || referee.status === 'declined') return refuse({ kind: 'reference-ended' });
  if (referee.askedAt && now < addSeconds(referee.askedAt, apartSeconds)) return ok([]);
  const sent = lately(references, now);
  const [first] = sent;
  if (first && sent.length >= count * lettersADay) {
    const seconds = (new Date(addSeconds(first, daySeconds)).getTime() - new Date(now).getTime()) / 1000;
    return refuse({ kind: 'too-many-requests', retryAfterMinutes: Math.ceil(seconds / 60) });
  }
  return ok([{ type: 'referee-asked', at: now, referee: referee.id }]);
};

/** The one whose letter carried this token, while an answer is awaited. */
export const refereeBehind = (references: References, link: Sha256): Result<Referee, Refusal> => {
  const referee = references.referees.find(({ links }) => links.includes(link));
  return referee?.status === 'asked' ? ok(referee) : refuse({ kind: 'reference-ended' });
};

/** What submission still needs: so many people named as the round insists on, not their answers. */
export const refereesMissing = (named: number, { references }: Pick<RoundFile, 'references'>): Fault[] => {
  const count = references?.count ?? 0;
  return named >= count || references?.required === false
    ? []
    : [{ place: 'references', message: 'reference.fault.missing', facts: { count, named } }];
};

const lately = ({ letters }: References, now: Instant): Instant[] =>
  letters.filter((at) => now < addSeconds(at, daySeconds));
