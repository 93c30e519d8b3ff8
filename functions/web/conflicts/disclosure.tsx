import type { Context } from 'hono';
import {
  type OwnDisclosure,
  ownDisclosure,
  removeDisclosure,
  tellDisclosure,
} from '#functions/commands/disclosures.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { type DisclosureField, disclosureFields } from '#shared/domain/disclosure.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, TextArea } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';

type Again = { typed: Typed; errors: readonly FieldError[] };

/** What a member tells of themselves; nobody else is shown it. */
export const showDisclosure = (deps: WebDeps) => async (c: Context) => await disclosurePage(deps, c);

const disclosurePage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const { id, role } = actor(c);
  const props = { view: viewOf(c), own: await ownDisclosure(deps, id), asGuest: role === 'guest', again };
  return c.html(<DisclosurePage {...props} />, again ? 422 : 200);
};

export const postDisclosure = (deps: WebDeps) => async (c: Context) => {
  const typed = await readTyped(c);
  const { t } = viewOf(c);
  const told = await tellDisclosure(deps, actor(c), linesIn(typed));
  if (told.ok) return c.redirect(`${paths.disclosure(t.locale)}?done=conflicts.done.told`, 303);
  return told.error.kind === 'invalid'
    ? await disclosurePage(deps, c, { typed, errors: fieldErrors(told.error.faults, t) })
    : await refusalPage(c, told.error);
};

export const postRemoval = (deps: WebDeps) => async (c: Context) => {
  const removed = await removeDisclosure(deps, actor(c));
  if (!removed.ok) return refusalPage(c, removed.error);
  return c.redirect(`${paths.disclosure(viewOf(c).t.locale)}?done=conflicts.done.removed`, 303);
};

const actor = (c: Context) => requireActor(c, rolesFor('conflict.declare'));

const linesIn = (typed: Typed): Record<DisclosureField, string> => ({
  familyNames: one(typed, 'familyNames'),
  employers: one(typed, 'employers'),
  pastEmployers: one(typed, 'pastEmployers'),
  institutions: one(typed, 'institutions'),
  addresses: one(typed, 'addresses'),
});

type Props = { view: View; own: OwnDisclosure; asGuest: boolean; again: Again | undefined };

const DisclosurePage = ({ view, own, asGuest, again }: Props) => {
  const { t } = view;
  const { told, rounds } = own;
  return (
    <Page
      view={view}
      title={t('conflicts.disclosure')}
      failed={again !== undefined}
      back={{ href: asGuest ? paths.ownGuestRounds(t.locale) : paths.committees(t.locale) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('conflicts.disclosure.text')}</p>
      <p>{t('conflicts.disclosure.kept')}</p>
      {rounds.length > 0 && (
        <Inset>
          {rounds.map(({ intake, compared }) => (
            <p>{t(compared ? 'conflicts.round.compared' : 'conflicts.round.waits', { intake })}</p>
          ))}
        </Inset>
      )}
      <form method="post" action={paths.disclosure(t.locale)} novalidate>
        {disclosureFields.map((name) => (
          <TextArea
            t={t}
            name={name}
            label={t(`conflicts.${name}`)}
            hint={t(`conflicts.${name}.hint`)}
            optional={name !== 'familyNames'}
            rows={3}
            errors={again?.errors}
            value={again ? one(again.typed, name) : (told?.[name] ?? []).join('\n')}
          />
        ))}
        <Button>{t('common.save')}</Button>
      </form>
      {told && (
        <form method="post" action={paths.removeDisclosure(t.locale)}>
          <p>{t('conflicts.remove.text')}</p>
          <Button kind="secondary">{t('conflicts.remove')}</Button>
        </form>
      )}
    </Page>
  );
};
