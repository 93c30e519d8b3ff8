import type { Context } from 'hono';
import { namedIn } from '#functions/commands/closed-items.ts';
import { holdApplication, liftHoldOf, type TypedHold } from '#functions/commands/holds-by-hand.ts';
import { type KeptGroup, type RetentionPlan, retentionPlan } from '#functions/commands/retention.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { retentionFrom } from '#shared/domain/retention.ts';
import { HoldCause } from '#shared/domain/retention-hold.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { monthsKept } from '#shared/retention-texts.ts';
import { roundCommand } from '../acting.ts';
import { ClosedItems } from '../closed-items.tsx';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { dateOf, type FieldError, fieldErrors, one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset, Source, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Held, HoldForm, noHold } from './holds.tsx';
import { workOf } from './round-of.ts';

/** What of a round will be erased, and when: a look ahead that changes nothing. */
export const showRetention = (deps: WebDeps) => async (c: Context) => await retentionPage(deps, c);

/** Keeps an application by hand; what was typed comes back with what is wrong with it. */
export const postHold = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'retention.hold');
  if (!command.ok) return refusalPage(c, command.error);
  const posted = await readTyped(c);
  const typed = {
    number: one(posted, 'number'),
    because: one(posted, 'because'),
    reason: one(posted, 'reason'),
    until: dateOf(posted, 'until'),
  };
  const held = await holdApplication(deps, { ...command.value, ...typed });
  const { t } = viewOf(c);
  if (held.ok) return c.redirect(doneAt(t, command.value.roundId, 'rights.done.held'), 303);
  const reason = reasonError(held.error, t);
  const faults = held.error.kind === 'invalid' ? fieldErrors(held.error.faults, t) : [];
  const errors = faults.length === 0 && reason ? [reason] : faults;
  return errors.length > 0 ? await retentionPage(deps, c, { typed, errors }) : refusalPage(c, held.error);
};

export const postLiftedHold = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'retention.hold');
  if (!command.ok) return refusalPage(c, command.error);
  const posted = await readTyped(c);
  const because = HoldCause.safeParse(one(posted, 'because'));
  if (!because.success) return refusalPage(c, { kind: 'not-found', what: 'application' });
  const hold = { number: one(posted, 'number'), because: because.data };
  const lifted = await liftHoldOf(deps, { ...command.value, ...hold });
  if (!lifted.ok) return refusalPage(c, lifted.error);
  return c.redirect(doneAt(viewOf(c).t, command.value.roundId, 'rights.done.lifted'), 303);
};

const doneAt = (t: Translator, roundId: string, key: MessageKey): string =>
  `${paths.retention(t.locale, roundId)}?done=${key}`;

type Again = { typed: TypedHold; errors: readonly FieldError[] };

const retentionPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = roundCommand(c, 'retention.read');
  const found = command.ok ? await retentionPlan(deps, command.value) : command;
  if (!found.ok) return refusalPage(c, found.error);
  const { byHand, closed } = found.value;
  const names = await namesOf(deps, [...byHand.map(({ by }) => by), ...namedIn(closed)]);
  const page = <RetentionPage view={viewOf(c)} plan={found.value} names={names} again={again} />;
  return c.html(page, again ? 422 : 200);
};

type PageProps = {
  view: View;
  plan: RetentionPlan;
  names: ReadonlyMap<PersonId, string>;
  again: Again | undefined;
};

const RetentionPage = ({ view, plan, names, again }: PageProps) => {
  const { t } = view;
  const { place, groups } = plan;
  const { round, file } = place;
  return (
    <Page
      view={view}
      title={t('rights.retention.title')}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: workOf(t.locale, place) }}
      wide
    >
      <ErrorSummary t={t} errors={again?.errors ?? []} />
      <p>{t('rights.retention.text')}</p>
      {retentionFrom(round.state) === undefined && <Inset>{t('rights.retention.running')}</Inset>}
      <Table
        caption={t('rights.retention.title')}
        hideCaption
        head={[
          t('rights.retention.group'),
          t('rights.retention.rule'),
          t('rights.retention.until'),
          t('rights.retention.kept'),
          t('rights.retention.erased'),
        ]}
        numeric={[3, 4]}
        rows={groups.map((group) => [
          t(`rights.retention.group.${group.group}`),
          <Rule t={t} group={group} />,
          group.until ? t.moment(group.until, file.timeZone) : '–',
          t.number(group.kept.length),
          t.number(group.erased),
        ])}
      />
      <Held t={t} plan={plan} names={names} />
      <ClosedItems t={t} closed={plan.closed} names={names} />
      {plan.mayHold && (
        <HoldForm t={t} roundId={round.id} typed={again?.typed ?? noHold} errors={again?.errors ?? []} />
      )}
    </Page>
  );
};

const Rule = ({ t, group: { rule } }: { t: Translator; group: KeptGroup }) =>
  rule ? (
    <>
      {monthsKept(t, rule)}
      <Source t={t} of={rule} />
    </>
  ) : (
    <>{t('rights.retention.no-rule')}</>
  );
