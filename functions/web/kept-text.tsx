import type { Context } from 'hono';
import { type Field, fields } from '#shared/domain/application-form-fields.ts';
import { disclosureFields } from '#shared/domain/disclosure.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { readTyped, type Typed } from './form.ts';
import { fieldLabel, optionName } from './words.ts';

/** What somebody typed into the form of a request that was refused; undefined when nothing was. */
export const keptText = async (c: Context): Promise<Typed | undefined> => {
  const form = /^(application\/x-www-form-urlencoded|multipart\/form-data)/;
  if (c.req.method !== 'POST' || !form.test(c.req.header('content-type') ?? '')) return undefined;
  try {
    return await readTyped(c);
  } catch {
    // A form that cannot be read holds nothing that could be given back.
    return undefined;
  }
};

/** Gives back, to be copied, what cannot be saved: a session that ran out or a deadline must not cost anyone their words. */
export const KeptText = ({ t, typed }: { t: Translator; typed: Typed }) => {
  const texts = Object.entries(typed).flatMap(([name, value]) => {
    const label = labelOf(t, name);
    const text = [value ?? '']
      .flat()
      .filter((one) => one !== '')
      .map((one) => wordsOf(t, name, one))
      .join(', ')
      .trim();
    return label !== undefined && text !== '' ? [{ label, text }] : [];
  });
  if (texts.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{t('problems.kept.title')}</h2>
      <p>{t('problems.kept.text')}</p>
      <dl class="govuk-summary-list">
        {texts.map(({ label, text }) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{label}</dt>
            <dd class="govuk-summary-list__value">
              <span class="typed">{text}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
};

/** Boxes outside the application's form. Several forms have a box `text`: an answer, a request, a claim. */
const labels: ReadonlyMap<string, MessageKey> = new Map([
  ['reason', 'problems.kept.reason'],
  ['text', 'problems.kept.words'],
  ['copy', 'redaction.copy'],
  ['comments.committee', 'scoring.comment.committee'],
  ['comments.applicant', 'scoring.comment.applicant'],
  ['place', 'interview.place'],
  ['other', 'wishes.other'],
  ['name', 'reference.name'],
  ['position', 'reference.position'],
  ['mail', 'account.mail'],
  ['relation', 'reference.relation'],
  ['known', 'reference.known'],
  ['phone', 'desk.phone'],
  ['address', 'desk.address'],
  ['applications', 'guests.applications'],
  ['question', 'inquiry.ask.question'],
  ['note', 'kit.note'],
  ['numbers', 'discussion.numbers'],
  ['meetingReason', 'committee.meeting.remark'],
  ['absenceReason', 'committee.chair.reason'],
  ['paperReason', 'committee.reason'],
  ['departureReason', 'committee.reason'],
  ['undoReason', 'committee.reason'],
  ['stopReason', 'offer.stop.reason'],
  ...disclosureFields.map((name) => [name, `conflicts.${name}`] as const),
]);

/** Only what people type: codes, tokens and the form's own fields stay where they are. */
const labelOf = (t: Translator, name: string): string | undefined => {
  // Of several numbered boxes for reasons one was typed into.
  const key = labels.get(name.replace(/^because-\d+$/, 'reason'));
  if (key) return t(key);
  // Of a ballot: the place of an application, by its number.
  const ranked = /^rank-(?<number>KZ\d\d-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(name)?.groups?.['number'];
  if (ranked !== undefined) return ranked;
  const field = fieldOf(name);
  return field && field.name !== 'consentVersion' ? fieldLabel(t, field.name) : undefined;
};

/** A choice by its name, and what was written as it was written. */
const wordsOf = (t: Translator, name: string, value: string): string => {
  const field = fieldOf(name);
  const isChosen = field && ('options' in field || field.control === 'agreement');
  return isChosen && !/-(year|text)$/.test(name) ? optionName(t, field.name, value) : value;
};

/** The question of the application's form that a box belongs to: a date comes in three, an entry in a kind, a year and words. */
const fieldOf = (name: string): Field | undefined => {
  const asked = name.replace(/-(day|month|year|kind|text)$/, '');
  return fields.find((field) => field.name === asked);
};
