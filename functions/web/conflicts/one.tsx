import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { type ConflictPlace, conflictPlace, type MemberBeside } from '#functions/commands/conflict-views.ts';
import { lookThroughTies, RulingChoice, ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Radios, Select, TextArea } from '../fields.tsx';
import { type FieldError, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { GroundList, StandingTag } from './parts.tsx';

type Again = { typed: Typed; errors: readonly FieldError[] };

/** Everybody on the committee beside one application, where the secretary rules. */
export const showConflictsWith = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'conflict.rule');
  return command.ok ? await conflictPage(deps, c, command.value) : refusalPage(c, command.error);
};

const conflictPage = async (
  deps: WebDeps,
  c: Context,
  command: CandidacyCommand,
  again?: Again,
): Promise<Response> => {
  const found = await conflictPlace(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<ConflictPage view={viewOf(c)} place={found.value} again={again} />, again ? 422 : 200);
};

export const postRuling = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'conflict.rule');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const memberId = PersonId.safeParse(one(typed, 'memberId'));
  const ruling = RulingChoice.safeParse(one(typed, 'ruling'));
  const errors = [
    ...(memberId.success ? [] : [{ field: 'memberId', text: t('conflicts.memberNeeded') }]),
    ...(ruling.success ? [] : [{ field: 'ruling', text: t('conflicts.rulingNeeded') }]),
  ];
  const redraw = (wrong: readonly FieldError[]) =>
    conflictPage(deps, c, command.value, { typed, errors: wrong });
  if (!memberId.success || !ruling.success) return await redraw(errors);
  const ruled = await ruleOnConflictOf(deps, {
    ...command.value,
    memberId: memberId.data,
    ruling: ruling.data,
    reason: one(typed, 'reason'),
  });
  if (ruled.ok) {
    const list = paths.conflicts(t.locale, command.value.roundId);
    return c.redirect(`${list}?done=conflicts.done.${ruling.data}`, 303);
  }
  const error = reasonError(ruled.error, t);
  return error ? await redraw([error]) : refusalPage(c, ruled.error);
};

export const postLookedThrough = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'conflict.rule');
  const looked = command.ok ? await lookThroughTies(deps, command.value) : command;
  if (!looked.ok || !command.ok) return refusalPage(c, looked.ok ? { kind: 'not-allowed' } : looked.error);
  const list = paths.conflicts(viewOf(c).t.locale, command.value.roundId);
  return c.redirect(`${list}?done=conflicts.done.looked`, 303);
};

type Props = { view: View; place: ConflictPlace; again: Again | undefined };

const ConflictPage = ({ view, place, again }: Props) => {
  const { t } = view;
  const { round, number, members, applicationId, said } = place;
  const known = members.filter(({ conflict }) => conflict);
  return (
    <Page
      view={view}
      title={number}
      caption={t('conflicts.title')}
      failed={again !== undefined}
      back={{ href: paths.conflicts(t.locale, round.id) }}
      wide
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('conflicts.all.text')}</p>
      {said !== undefined && (
        <Facts facts={[{ name: t('conflicts.said'), value: <span class="typed">{said}</span> }]} />
      )}
      {known.length === 0 ? <p>{t('conflicts.none')}</p> : <Known t={t} place={place} known={known} />}
      <p>
        <a href={paths.candidate(t.locale, round.id, applicationId)}>{t('conflicts.application')}</a>
      </p>
      <Rule t={t} place={place} again={again} />
      <Ties t={t} place={place} />
    </Page>
  );
};

const Known = ({
  t,
  place: { file },
  known,
}: {
  t: Translator;
  place: ConflictPlace;
  known: MemberBeside[];
}) => (
  <Table
    caption={t('conflicts.title')}
    hideCaption
    head={[t('committee.person'), t('conflicts.ground'), t('conflicts.standing'), t('conflicts.reason')]}
    rows={known.flatMap(({ name, conflict }) =>
      conflict
        ? [
            [
              name,
              <GroundList t={t} conflict={conflict} />,
              <StandingTag t={t} conflict={conflict} />,
              conflict.ruling
                ? `${conflict.ruling.reason ?? '—'} (${t.moment(conflict.ruling.at, file.timeZone)})`
                : '—',
            ],
          ]
        : [],
    )}
  />
);

const Rule = ({ t, place, again }: { t: Translator; place: ConflictPlace; again: Again | undefined }) => {
  const waiting = place.members.find(({ conflict }) => conflict && !conflict.ruling);
  return (
    <form
      method="post"
      action={paths.conflictsWith(t.locale, place.round.id, place.applicationId)}
      novalidate
    >
      <h2 class="govuk-heading-m">{t('conflicts.rule')}</h2>
      <Select
        t={t}
        name="memberId"
        label={t('committee.person')}
        errors={again?.errors}
        value={again ? one(again.typed, 'memberId') : waiting?.memberId}
        // Nobody is ruled on only because they stand first.
        empty={t('committee.chair.choose')}
        options={place.members.map(({ memberId, name, seat }) => ({
          value: memberId,
          text: `${name} (${t(`committee.seat.${seat}`)})`,
        }))}
      />
      <Radios
        t={t}
        name="ruling"
        label={t('conflicts.ruling')}
        errors={again?.errors}
        value={again ? one(again.typed, 'ruling') : undefined}
        options={RulingChoice.options.map((choice) => ({
          value: choice,
          text: t(`conflicts.ruling.${choice}`),
          hint: t(`conflicts.ruling.${choice}.hint`),
        }))}
      />
      <TextArea
        t={t}
        name="reason"
        label={t('screening.reason')}
        hint={t('conflicts.reason.hint', { maximum: maxReason })}
        errors={again?.errors}
        value={again ? one(again.typed, 'reason') : ''}
      />
      <Button>{t('common.save')}</Button>
    </form>
  );
};

/** The last thing that is done about what an applicant wrote, once each who was named is ruled on. */
const Ties = ({
  t,
  place: { round, file, applicationId, ties },
}: {
  t: Translator;
  place: ConflictPlace;
}) => {
  if (!ties) return null;
  const { isOpen, looked } = ties;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('conflicts.ties')}</h2>
      {looked && <p>{t('conflicts.ties.looked', { at: t.moment(looked, file.timeZone) })}</p>}
      {isOpen && (
        <form
          method="post"
          action={`${paths.conflictsWith(t.locale, round.id, applicationId)}/looked-through`}
        >
          <p>{t(looked ? 'conflicts.ties.again' : 'conflicts.ties.text')}</p>
          <Button>{t('conflicts.ties.look')}</Button>
        </form>
      )}
    </section>
  );
};
