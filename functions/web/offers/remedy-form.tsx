import { RemedyKind } from '#shared/domain/remedy.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { DateField } from '../date-field.tsx';
import { Button, Radios, TextArea, TextField } from '../fields.tsx';
import { dateOf, one } from '../form.ts';
import { paths } from '../paths.ts';
import type { Again } from './numbered.ts';

/** What an address says of a remedy that is to be proposed. */
export type Known = Partial<Record<'application' | 'kind' | 'vacancies', string | undefined>>;

type Props = {
  t: Translator;
  roundId: string;
  again: Again | undefined;
  known: Known;
  /** Whether a place in this round can still be given. */
  offering: boolean;
};

/** The form by which one of two people proposes a remedy; what was typed comes back, and a list of what is owed fills in what it knows. */
export const Proposing = ({ t, roundId, again, known, offering }: Props) => {
  const own = again && again.number === undefined ? again : undefined;
  const typed = (name: 'application' | 'kind' | 'vacancies' | 'reason'): string =>
    own ? one(own.typed, name) : name === 'reason' ? '' : (known[name] ?? '');
  const field = { t, errors: own?.errors };
  const kinds = RemedyKind.options.filter((kind) => offering || kind === 'next-intake');
  return (
    <>
      <h2 class="govuk-heading-m" id="propose">
        {t('remedy.propose.title')}
      </h2>
      <p>{t('remedy.propose.text')}</p>
      {!offering && <p>{t('remedy.only')}</p>}
      <form method="post" action={paths.remedies(t.locale, roundId)} novalidate>
        <TextField
          {...field}
          name="application"
          label={t('apply.numberName')}
          value={typed('application')}
          width={20}
        />
        <Radios
          {...field}
          name="kind"
          label={t('remedy.kind')}
          value={typed('kind')}
          options={kinds.map((value) => ({
            value,
            text: t(`remedy.kind.${value}`),
            hint: t(`remedy.hint.${value}`),
          }))}
        />
        <TextField
          {...field}
          name="vacancies"
          label={t('remedy.vacancies')}
          hint={t('remedy.vacanciesHint')}
          value={typed('vacancies')}
        />
        <DateField
          {...field}
          name="until"
          label={t('remedy.until')}
          value={own ? dateOf(own.typed, 'until') : ''}
        />
        <TextArea {...field} name="reason" label={t('capacity.reason')} value={typed('reason')} rows={3} />
        <Button>{t('capacity.propose')}</Button>
      </form>
    </>
  );
};
