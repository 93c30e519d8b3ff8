import type { HeldByHand, TypedHold } from '#functions/commands/holds-by-hand.ts';
import type { KeptGroup, RetentionPlan } from '#functions/commands/retention.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RetentionHold } from '#shared/domain/retention.ts';
import { HoldCause } from '#shared/domain/retention-hold.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { heldUntil } from '#shared/retention-texts.ts';
import { DateField } from '../date-field.tsx';
import { Button, Hidden, Radios, TextArea, TextField } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';

export const noHold: TypedHold = { number: '', because: '', reason: '', until: '' };

type HeldProps = { t: Translator; plan: RetentionPlan; names: ReadonlyMap<PersonId, string> };

/** What stays although its time may be over: what is still open by itself, then what people hold, each with who, why and until when. */
export const Held = ({ t, plan: { place, groups, byHand, mayHold }, names }: HeldProps) => {
  const { timeZone } = place.file;
  const open = groups.flatMap(openIn);
  const lines = byHand.map((hold) => [
    <span class="whole">{hold.number}</span>,
    t(`rights.hold.${hold.because}`),
    <>
      {heldUntil(t, hold.until, timeZone)}
      {mayHold && <Lift t={t} roundId={place.round.id} hold={hold} />}
    </>,
    <>
      {names.get(hold.by) ?? t('common.nothing')}, {t.moment(hold.heldAt, timeZone)}
      <p class="typed">{hold.reason}</p>
    </>,
  ]);
  return (
    <>
      {open.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{t('rights.retention.held')}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {open.map(({ number, held }) => (
              <li>
                <span class="whole">{number}</span>: {t(`rights.retention.held.${held}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {lines.length > 0 && (
        <Table
          caption={t('rights.hold.title')}
          head={[
            t('apply.numberName'),
            t('rights.hold.because'),
            t('rights.hold.last-day'),
            t('rights.hold.reason'),
          ]}
          rows={lines}
        />
      )}
    </>
  );
};

type Open = Exclude<RetentionHold, HoldCause>;

const openIn = ({ kept }: KeptGroup): { number: string; held: Open }[] =>
  kept.flatMap(({ application: { number }, held }) => (held && isOpen(held) ? [{ number, held }] : []));

const isOpen = (held: RetentionHold): held is Open => !HoldCause.safeParse(held).success;

const Lift = ({ t, roundId, hold }: { t: Translator; roundId: string; hold: HeldByHand }) => (
  <form method="post" action={paths.liftHold(t.locale, roundId)}>
    <Hidden name="number" value={hold.number} />
    <Hidden name="because" value={hold.because} />
    <Button kind="secondary">
      {t('rights.hold.lift')}
      <span class="govuk-visually-hidden">
        {' '}
        {hold.number}, {t(`rights.hold.${hold.because}`)}
      </span>
    </Button>
  </form>
);

type FormProps = { t: Translator; roundId: string; typed: TypedHold; errors: readonly FieldError[] };

export const HoldForm = ({ t, roundId, typed, errors }: FormProps) => (
  <section>
    <h2 class="govuk-heading-m">{t('rights.hold.new')}</h2>
    <p>{t('rights.hold.text')}</p>
    <form method="post" action={paths.retention(t.locale, roundId)} novalidate>
      <TextField
        t={t}
        name="number"
        label={t('apply.numberName')}
        width={20}
        value={typed.number}
        errors={errors}
        spellCheck={false}
      />
      <Radios
        t={t}
        name="because"
        label={t('rights.hold.because')}
        value={typed.because}
        errors={errors}
        options={HoldCause.options.map((value) => ({ value, text: t(`rights.hold.${value}`) }))}
      />
      <DateField
        t={t}
        name="until"
        label={t('rights.hold.last-day')}
        hint={t('rights.hold.last-day.hint')}
        optional
        value={typed.until}
        errors={errors}
      />
      <TextArea
        t={t}
        name="reason"
        label={t('rights.hold.reason')}
        hint={t('rights.hold.reason.hint')}
        value={typed.reason}
        errors={errors}
      />
      <Button>{t('rights.hold.hold')}</Button>
    </form>
  </section>
);
