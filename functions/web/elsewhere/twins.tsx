import type { Context } from 'hono';
import { ruleTwins } from '#functions/commands/elsewhere-twins.ts';
import { nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden, TextField } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { PeopleProps } from './people.tsx';

/** Notes whether two people are one; who they are stands in the form, or was typed. */
export const rulingFrom = async (deps: WebDeps, c: Context): Promise<Result<void, Refusal>> => {
  const command = roundCommand(c, 'elsewhere.receive');
  if (!command.ok) return command;
  const typed = await readTyped(c);
  const same = one(typed, 'same') === 'yes';
  return await ruleTwins(deps, {
    ...command.value,
    one: one(typed, 'one'),
    other: one(typed, 'other'),
    same,
  });
};

type TwinProps = Pick<PeopleProps, 'of'> & { t: PeopleProps['view']['t'] };

/** Whom somebody likely is, as it was found by the data, with what a person may say of it. */
export const TwinForm = ({
  t,
  of,
  name,
  other,
  isRuled,
}: TwinProps & { name: string; other: string; isRuled: boolean }) => (
  <>
    {isRuled && <p>{t('elsewhere.twins.confirmed')}</p>}
    <form method="post" action={paths.elsewhereTwins(t.locale, of.place.round.id)} class="screen-only">
      <Hidden name="one" value={name} />
      <Hidden name="other" value={other} />
      {!isRuled && (
        <button type="submit" class="link-button" name="same" value="yes">
          {t('elsewhere.twins.confirm')}
          <span class="govuk-visually-hidden"> {name}</span>
        </button>
      )}{' '}
      <button type="submit" class="link-button" name="same" value="no">
        {t('elsewhere.twins.reject')}
        <span class="govuk-visually-hidden"> {name}</span>
      </button>
    </form>
  </>
);

/** Names two more as one person, and shows what was noted so far. */
export const Twins = ({ view: { t }, of }: PeopleProps) => {
  const { place, waiting } = of;
  const rulings = place.record?.state.twins ?? [];
  const isOpen = !place.record?.state.given && waiting.length > 1;
  return (
    <>
      {rulings.length > 0 && (
        <Table
          caption={t('elsewhere.twins')}
          head={[t('elsewhere.twins.two'), t('elsewhere.twins.ruled'), t('elsewhere.twins.at')]}
          rows={rulings.map(({ one: a, other: b, same, at }) => [
            <span class="whole">{[a, b].map(nameOfNewcomer).join(', ')}</span>,
            t(same ? 'elsewhere.twins.same' : 'elsewhere.twins.apart'),
            t.moment(at, place.work.file.timeZone),
          ])}
        />
      )}
      {isOpen && (
        <form
          method="post"
          action={paths.elsewhereTwins(t.locale, place.round.id)}
          class="screen-only"
          novalidate
        >
          <h2 class="govuk-heading-m">{t('elsewhere.twins.add')}</h2>
          <p>{t('elsewhere.twins.text')}</p>
          <TextField t={t} name="one" label={t('elsewhere.twins.one')} type="text" width={20} value="" />
          <TextField t={t} name="other" label={t('elsewhere.twins.other')} type="text" width={20} value="" />
          <div class="govuk-button-group">
            <Button kind="secondary" name="same" value="yes">
              {t('elsewhere.twins.note')}
            </Button>
            <Button kind="secondary" name="same" value="no">
              {t('elsewhere.twins.noteApart')}
            </Button>
          </div>
        </form>
      )}
    </>
  );
};
