import type { Context } from 'hono';
import { askDeferral, grantDeferral, refuseDeferral, releasePlace } from '#functions/commands/deferrals.ts';
import { ownPlacement, type PlacementView } from '#functions/commands/placements.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { DeferralReason, deferralIn } from '#shared/domain/deferral.ts';
import { PlacementId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { roundIdOf } from '../acting.ts';
import { askedOf } from '../apply/application.ts';
import { DateField } from '../date-field.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, Checkboxes, ErrorSummary, Radios, TextArea } from '../fields.tsx';
import { dateOf, type FieldError, fieldErrors, one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { dateIn } from '../words.ts';

/** What the form of a deferral holds when it comes back. */
type Again = { until: string; reason: string; release: boolean; errors: readonly FieldError[] };

/** Asks to begin later; what was typed wrongly comes back on a page of its own. */
export const postDeferral = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const typed = await readTyped(c);
  const until = dateOf(typed, 'until');
  const reason = DeferralReason.safeParse(one(typed, 'reason')).data;
  const mayRelease = one(typed, 'release') === 'yes';
  const result = await askDeferral(deps, { ...asked.value, until, reason, mayRelease });
  const back = paths.placement(t.locale, asked.value.applicationId);
  if (result.ok) return c.redirect(`${back}?done=deferral.done.asked`, 303);
  if (result.error.kind !== 'invalid') return refusalPage(c, result.error);
  const errors = fieldErrors(result.error.faults, t);
  const again = { until, reason: one(typed, 'reason'), release: mayRelease, errors };
  const own = await ownPlacement(deps, asked.value);
  if (!own.ok) return refusalPage(c, own.error);
  const rule = ruleOf(own.value);
  return c.html(
    <Page view={view} title={t('deferral.title')} failed back={{ href: back, text: t('placement.title') }}>
      <ErrorSummary t={t} errors={errors} />
      <Form t={t} rule={rule} address={`${back}/deferral`} again={again} />
    </Page>,
    422,
  );
};

/** The post goes to the next person. */
export const postRelease = (deps: WebDeps) => decidingIn((command) => releasePlace(deps, command));

export const postDeferralGrant = (deps: WebDeps) => decidingIn((command) => grantDeferral(deps, command));

export const postDeferralRefusal = (deps: WebDeps) =>
  decidingIn((command, reason) => refuseDeferral(deps, { ...command, reason }));

type Command = Parameters<typeof grantDeferral>[1];

/** An administrator decides on the page of all placements; a refusal without its reason, or with one too long, comes back on a page of its own. */
const decidingIn =
  (decide: (command: Command, reason: string) => ReturnType<typeof grantDeferral>) =>
  async (c: Context): Promise<Response> => {
    const view = viewOf(c);
    const { t } = view;
    const roundId = roundIdOf(c);
    const placement = PlacementId.safeParse(c.req.param('placement'));
    if (!roundId || !placement.success) return refusalPage(c, { kind: 'not-found', what: 'placement' });
    const by = requireActor(c, rolesFor('deferral.decide'));
    const reason = one(await readTyped(c), 'reason');
    const decided = await decide({ by, roundId, placementId: placement.data }, reason);
    const all = paths.placements(t.locale, roundId);
    if (decided.ok) return c.redirect(`${all}?done=deferral.done.decided`, 303);
    const error = reasonError(decided.error, t);
    if (!error) return refusalPage(c, decided.error);
    const address = `${all}/${placement.data}/deferral/refusal`;
    return c.html(
      <Page
        view={view}
        title={t('deferral.refuse')}
        failed
        back={{ href: all, text: t('placement.all.title') }}
      >
        <ErrorSummary t={t} errors={[error]} />
        <Refusing t={t} id="reason" address={address} typed={reason} errors={[error]} />
      </Page>,
      422,
    );
  };

type PartProps = { t: View['t']; of: PlacementView; address: string; said: string | undefined };

/** By which day somebody begins who was granted a later one, for their school; why is their own. */
export const Begins = ({ t, of: { placement, file } }: Pick<PartProps, 't' | 'of'>) => {
  if (!placement.beginsAt) return null;
  const until = t.day(addSeconds(placement.beginsAt, -1), file.timeZone);
  return <p>{t('deferral.staff.granted', { until })}</p>;
};

/** Whether and when an applicant begins later, and the form that asks for it where the round file allows it. */
export const OwnDeferral = ({ t, of, address, said }: PartProps) => {
  const { placement, round } = of;
  const { deferral } = placement;
  const inTime = round.stage === 'offers' || round.stage === 'onboarding';
  const rule = placement.status === 'open' && inTime ? ruleOf(of) : undefined;
  if (!deferral && !rule) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{t('deferral.title')}</h2>
      {deferral && (
        <Inset>{t(`deferral.status.${deferral.status}`, { until: dateIn(t, deferral.until) })}</Inset>
      )}
      <Because t={t} said={said} />
      {rule && deferral?.status !== 'asked' && (
        <Details summary={t('deferral.ask.title')}>
          <p>{t(askText(rule), { last: dateIn(t, rule.until) })}</p>
          <Form t={t} rule={rule} address={address} />
        </Details>
      )}
    </>
  );
};

type Rule = ReturnType<typeof deferralIn>;

const ruleOf = ({ round, file }: PlacementView): Rule => deferralIn(round.stage, file.answer.deferral);

/** Whether the post is held for who begins later. */
const askText = ({ release }: NonNullable<Rule>) => {
  if (!release) return 'deferral.ask.text';
  return release.always ? 'deferral.ask.released' : 'deferral.ask.either';
};

type FormProps = { t: View['t']; rule: Rule; address: string; again?: Again };

const Form = ({ t, rule, address, again }: FormProps) => (
  <form method="post" action={address} novalidate>
    <DateField
      t={t}
      name="until"
      label={t('deferral.until')}
      value={again?.until ?? ''}
      errors={again?.errors}
    />
    <Radios
      t={t}
      name="reason"
      label={t('deferral.reason')}
      value={again?.reason}
      errors={again?.errors}
      options={DeferralReason.options.map((value) => ({ value, text: t(`deferral.reason.${value}`) }))}
    />
    <Releasing t={t} rule={rule} again={again} />
    <Button kind="secondary">{t('deferral.ask')}</Button>
  </form>
);

/** The own consent that the post goes to somebody else, where the round file knows of that. */
const Releasing = ({ t, rule, again }: Pick<FormProps, 't' | 'rule'> & { again: Again | undefined }) => {
  const release = rule?.release;
  if (!release) return null;
  const until = dateIn(t, release.entryUntil);
  return (
    <Checkboxes
      t={t}
      name="release"
      label={t('deferral.release.label')}
      hint={t('deferral.release.hint', { until })}
      errors={again?.errors}
      values={again?.release ? ['yes'] : []}
      options={[{ value: 'yes', text: t('deferral.release.agree') }]}
    />
  );
};

const Because = ({ t, said }: Pick<PartProps, 't' | 'said'>) =>
  said === undefined ? null : <p class="typed">{`${t('deferral.because')}: ${said}`}</p>;

/** What an administrator is asked, with both answers as long as one may be given. */
export const DecidingDeferral = ({ t, of, address, said }: PartProps) => {
  const { deferral, status } = of.placement;
  const release = of.file.answer.deferral?.release;
  if (!deferral) return null;
  const until = dateIn(t, deferral.until);
  if (deferral.status !== 'asked' || status !== 'open') {
    return (
      <>
        <p>{t(`deferral.staff.${deferral.status}`, { until })}</p>
        <Because t={t} said={said} />
      </>
    );
  }
  return (
    <>
      <Inset>
        {t('deferral.staff.asked', { until })} {t(`deferral.reason.${deferral.reason}`)}
      </Inset>
      {!release?.always && (
        <form method="post" action={`${address}/grant`}>
          <Button>{t('deferral.grant')}</Button>
        </form>
      )}
      {release && deferral.mayRelease && of.round.stage === 'offers' && (
        <form method="post" action={`${address}/release`}>
          <p>{t('deferral.staff.release', { until: dateIn(t, release.entryUntil) })}</p>
          <Button kind="secondary">{t('deferral.release')}</Button>
        </form>
      )}
      {release && !deferral.mayRelease && <p>{t('deferral.staff.notAgreed')}</p>}
      <Details summary={t('deferral.refuse')}>
        <Refusing t={t} id={`deferral-${of.placement.id}`} address={`${address}/refusal`} />
      </Details>
    </>
  );
};

type RefusingProps = {
  t: View['t'];
  id: string;
  address: string;
  typed?: string;
  errors?: readonly FieldError[];
};

const Refusing = ({ t, id, address, typed = '', errors }: RefusingProps) => (
  <form method="post" action={address} novalidate>
    <TextArea
      t={t}
      name="reason"
      id={id}
      label={t('deferral.because')}
      rows={3}
      value={typed}
      errors={errors}
    />
    <Button kind="warning">{t('deferral.refuse')}</Button>
  </form>
);
