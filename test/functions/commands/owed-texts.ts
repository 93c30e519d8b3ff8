import type { DocumentRef } from '#shared/domain/document.ts';
import {
  type ApplicationId,
  type ApplicationNumber,
  type ClaimId,
  type PersonId,
  type RoundId,
  SlotId,
} from '#shared/domain/ids.ts';
import type { OwedInterviewEvent } from '#shared/domain/owed-interview.ts';
import type { Instant } from '#shared/domain/time.ts';

type Of = {
  applicationId: ApplicationId;
  roundId: RoundId;
  number: ApplicationNumber;
  claimId: ClaimId;
  by: PersonId;
  at: Instant;
};

/** An interview that was owed, with each text that its events can name; each says its own name. */
export const owedTexts = (
  text: (owner: string, kind: DocumentRef['kind'], body: unknown) => DocumentRef,
  { applicationId, roundId, number, claimId, by, at }: Of,
): OwedInterviewEvent[] => {
  const slot = SlotId.parse('S10T0000000000000001');
  const owner = `application#${applicationId}#owed-interview`;
  const why = (place: string) =>
    text(`round#${roundId}#owed-${place}`, 'reason', { reason: `TEXT owed-interview/${place}` });
  const said = (kind: 'comment' | 'feedback' | 'card', place: string) =>
    text(owner, kind, { text: `TEXT owed-interview/${place}` });
  const found = { claim: claimId };
  const asked = { type: 'owed-interview-asked', at, applicationId, roundId, number, found, by } as const;
  const comments = {
    committee: said('comment', 'scorecard-given.score.comments.committee'),
    applicant: said('feedback', 'scorecard-given.score.comments.applicant'),
  };
  const card = said('card', 'scorecard-drafted.draft.card');
  const note = text(`${owner}#${by}`, 'note', { note: 'TEXT owed-interview/interview-noted.note.text' });
  return [
    { ...asked, reason: why('owed-interview-asked.reason') },
    { type: 'owed-interview-refused', at, by, reason: why('owed-interview-refused.reason') },
    { ...asked, reason: why('owed-interview-asked.reason') },
    { type: 'owed-interview-granted', at, by },
    { type: 'owed-interview-planned', at, slot },
    { type: 'owed-interview-cancelled', at, slot, reason: why('owed-interview-cancelled.reason') },
    { type: 'owed-interview-planned', at, slot },
    { type: 'scorecard-drafted', at, draft: { raterId: by, version: 1, at, card } },
    { type: 'scorecard-given', at, score: { raterId: by, version: 2, at, points: {}, total: 1, comments } },
    { type: 'interview-noted', at, note: { raterId: by, at, text: note } },
    { type: 'owed-interview-counted', at, correction: 1, total: 1 },
  ];
};
