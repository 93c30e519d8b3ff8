import type { Context } from 'hono';
import { FieldName } from '#shared/domain/application-form.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { readTyped, type Typed } from './form.ts';
import { fieldLabel } from './words.ts';

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

/** Only what people type: codes, tokens and the form's own fields stay where they are. A date comes in three boxes. */
const labelOf = (t: Translator, name: string): string | undefined => {
  if (name === 'reason') return t('problems.kept.reason');
  if (name === 'copy') return t('redaction.copy');
  if (name === 'text') return t('results.claim.text');
  if (name === 'comments.committee') return t('scoring.comment.committee');
  if (name === 'comments.applicant') return t('scoring.comment.applicant');
  if (name === 'place') return t('interview.place');
  const field = FieldName.safeParse(name.replace(/-(day|month|year|kind|text)$/, ''));
  return field.success && field.data !== 'consentVersion' ? fieldLabel(t, field.data) : undefined;
};
