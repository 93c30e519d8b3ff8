import type { Application } from '#shared/domain/application.ts';
import type { Inquiry } from '#shared/domain/candidacy.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';

type Template = Extract<LetterTemplate, `inquiry-${string}`>;

/** A letter to the applicant about a question of the committee; one of each kind for each question. */
export const inquiryLetter = (
  template: Template,
  { id: applicationId, number, personId }: Pick<Application, 'id' | 'number' | 'personId'>,
  { id: roundId, plan }: Pick<Round, 'id' | 'plan'>,
  { id, dueAt, at }: Pick<Inquiry, 'id' | 'dueAt'> & { at: Instant },
): OutboxMessage => {
  const { intake, timeZone: zone } = plan;
  const facts = { applicationId, number, roundId, intake, zone, dueAt, at };
  return { id: `${template}#${id}`, at, body: { kind: 'letter', template, personId, facts } };
};

/** Looks in the morning of the last day whether the applicant must be reminded. */
export const inquiryReminder = (
  { id: applicationId }: Pick<Application, 'id'>,
  inquiry: Inquiry['id'],
  at: Instant,
): OutboxMessage => ({
  id: `remind-inquiry#${inquiry}`,
  at,
  body: { kind: 'remind-inquiry', applicationId, inquiry },
});
