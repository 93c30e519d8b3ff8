import type { Context } from 'hono';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects, claimItems } from '#functions/commands/claim-effects.ts';
import type { CodedItem } from '#functions/commands/claim-items.ts';
import { type CommitteeClaim, claimsPage, committeeClaim } from '#functions/commands/committee-claims.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { ResultClaim } from '#shared/domain/claim.ts';
import { clockStart } from '#shared/domain/claim-rule.ts';
import { ClaimId, type PersonId, Sha256 } from '#shared/domain/ids.ts';
import { untold } from '#shared/domain/round-advance.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary, WarningText } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { PageLinks, pageAsked } from '../paged.tsx';
import { Facts, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { EarlierClaims, filingFacts } from './claim-earlier.tsx';
import { ClaimEffectsPage } from './claim-effects.tsx';
import { answersOf, ClaimTags, clockFacts, decisionFacts, pointsFacts } from './claim-facts.tsx';
import { DecisionForm } from './claim-form.tsx';
import { AboutReopening, peopleIn } from './claim-reopening-facts.tsx';
import { itemsOf, verdictIn } from './claim-verdict.ts';
import { sheetsBehind } from './proposal-table.tsx';

type Refused = { typed: Typed; errors: readonly FieldError[] };

/** The claims of the round, a page of them at a time. */
export const showClaims = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'claim.read');
  const found = command.ok ? await claimsPage(deps, { ...command.value, page: pageAsked(c) }) : command;
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<ClaimsPage view={viewOf(c)} found={found.value} now={deps.clock.now()} />);
};

/** One claim, with the form of its decision for who decides it. */
export const showClaim = (deps: WebDeps) => async (c: Context) => await claimPage(deps, c);

const claimPage = async (
  deps: WebDeps,
  c: Context,
  refused?: Refused,
  status: 200 | 422 = 200,
): Promise<Response> => {
  const command = roundCommand(c, 'claim.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await committeeClaim(deps, { ...command.value, claimId: c.req.param('claim') ?? '' });
  if (!found.ok) return refusalPage(c, found.error);
  const { place, shown } = found.value;
  const { claim } = shown;
  const names = await namesOf(deps, peopleIn(claim));
  const items = shown.mayDecide ? await claimItems(deps, { ...command.value, claimId: claim.id }) : ok([]);
  if (!items.ok) return refusalPage(c, items.error);
  const props = { place, shown, items: items.value, refused, names, now: deps.clock.now() };
  return c.html(<ClaimPage view={viewOf(c)} {...props} />, status);
};

/**
 * Decides one claim with a reason; what was typed comes back where something is missing. Upholding moves others too, so the first press
 * shows whom, and only the second, which names what was shown, decides; where it would move others by now, these are shown first.
 */
export const postDecision = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const command = roundCommand(c, 'claim.decide');
  if (!command.ok) return refusalPage(c, command.error);
  const claimId = ClaimId.safeParse(c.req.param('claim'));
  if (!claimId.success) return refusalPage(c, { kind: 'not-found', what: 'claim' });
  const typed = await readTyped(c);
  const redraw = (errors: readonly FieldError[]) => claimPage(deps, c, { typed, errors }, 422);
  const answerTo = async (error: Refusal) => {
    const unreasoned = reasonError(error, t);
    if (unreasoned) return await redraw([unreasoned]);
    return error.kind === 'invalid' ? await redraw(fieldErrors(error.faults, t)) : refusalPage(c, error);
  };
  if (one(typed, 'change') !== '') return await claimPage(deps, c, { typed, errors: [] });
  const verdict = verdictIn(typed);
  if (!verdict) return await redraw([{ field: 'verdict', text: t('results.claim.verdictNeeded') }]);
  if (one(typed, 'verdict') === 'items' && itemsOf(typed).length === 0)
    return await redraw([{ field: 'verdict', text: t('results.fault.items-needed') }]);
  const shown = Sha256.safeParse(one(typed, 'shown')).data;
  const openSince = Instant.safeParse(one(typed, 'openSince')).data;
  const about = { ...command.value, claimId: claimId.data, openSince };
  const settled = await settleClaim(deps, { ...about, reason: one(typed, 'reason'), ...verdict, shown });
  if (settled.ok) {
    return c.redirect(`${paths.claims(t.locale, command.value.roundId)}?done=results.done.decided`, 303);
  }
  if (settled.error.kind !== 'changed-meanwhile' || verdict.verdict === 'rejected')
    return await answerTo(settled.error);
  const effects = await claimEffects(deps, { ...about, ...verdict });
  if (!effects.ok) return await answerTo(effects.error);
  const errors = shown ? [{ field: 'affected', text: t('replay.claim.changed') }] : [];
  const props = { view, effects: effects.value, claimId: claimId.data, typed, errors };
  return c.html(<ClaimEffectsPage {...props} />, shown ? 409 : 200);
};

type ListProps = {
  view: View;
  found: Extract<Awaited<ReturnType<typeof claimsPage>>, { ok: true }>['value'];
  now: Instant;
};

const ClaimsPage = ({ view, found, now }: ListProps) => {
  const { place, claims, overdue, reopening, page, pages } = found;
  const { t } = view;
  const { round, file } = place;
  const isTold = isGatedRound(round.state) && !untold(round.state).includes('preliminary');
  const until = isTold && 'claimsCloseAt' in round.state ? round.state.claimsCloseAt : undefined;
  return (
    <Page
      view={view}
      title={t('results.claims')}
      caption={textIn(t, file.title)}
      back={{ href: paths.committee(t.locale, round.id) }}
      wide
    >
      {until && <p>{t('results.claims.until', { at: t.moment(until, file.timeZone) })}</p>}
      {overdue > 0 && <WarningText t={t}>{t('results.claims.overdue', { count: overdue })}</WarningText>}
      {reopening > 0 && <Inset>{t('results.claims.reopening', { count: reopening })}</Inset>}
      {claims.length === 0 ? (
        <p>{t('results.claims.none')}</p>
      ) : (
        <Table
          caption={t('results.claims')}
          hideCaption
          head={[
            t('apply.numberName'),
            t('results.claim.filed'),
            t('results.claim.grounds'),
            ...(file.claims ? [t('results.claim.by')] : []),
            t('results.claim.status'),
          ]}
          rows={claims.map((claim) => claimRow({ t, place, now }, claim))}
        />
      )}
      <PageLinks t={t} at={paths.claims(t.locale, round.id)} page={page} pages={pages} />
    </Page>
  );
};

type RowProps = { t: View['t']; place: Workplace; now: Instant };

/** By when it is decided stands where the round file says a time; of a claim that was withdrawn nothing is awaited. */
const claimRow = ({ t, place: { round, file }, now }: RowProps, claim: ResultClaim) => {
  const clock = file.claims ? [clockFacts(t, claim, file, now)[0]?.value ?? '–'] : [];
  return [
    <a class="whole" href={paths.committeeClaim(t.locale, round.id, claim.id)}>
      {claim.number}
    </a>,
    t.moment(claim.filedAt, file.timeZone),
    t(`results.claim.grounds.${claim.grounds}`),
    ...clock,
    <ClaimTags t={t} claim={claim} />,
  ];
};

type PageProps = {
  view: View;
  place: Workplace;
  shown: CommitteeClaim;
  items: readonly CodedItem[];
  refused: Refused | undefined;
  names: ReadonlyMap<PersonId, string>;
  now: Instant;
};

const ClaimPage = ({ view, place, shown, items, refused, names, now }: PageProps) => {
  const { claim, texts, standing, mayDecide } = shown;
  const { t } = view;
  const { round, file } = place;
  return (
    <Page
      view={view}
      title={t('results.claim.about', { number: claim.number })}
      caption={textIn(t, file.title)}
      failed={refused !== undefined}
      back={{ href: paths.claims(t.locale, round.id), text: t('results.claims') }}
    >
      <ErrorSummary t={t} errors={refused?.errors} />
      <SampleNote t={t} of={sheetsBehind(standing ? [standing] : [], file)} />
      <div id="openSince">
        <Facts
          facts={[
            { name: t('results.claim.status'), value: <ClaimTags t={t} claim={claim} /> },
            ...filingFacts(t, { claim, text: texts.text, file, href: answersOf(t, round.state, claim) }),
            ...clockFacts(t, claim, file, now),
            ...pointsFacts(t, standing),
            ...decisionFacts(t, claim, { file, names, reason: texts.reason }),
          ]}
        />
      </div>
      <EarlierClaims t={t} claim={claim} texts={texts.earlier} file={file} names={names} />
      <AboutReopening view={view} place={place} shown={shown} names={names} />
      {mayDecide && (
        <DecisionForm
          t={t}
          action={paths.committeeClaim(t.locale, round.id, claim.id)}
          file={file}
          openSince={clockStart(claim)}
          items={items}
          refused={refused}
        />
      )}
    </Page>
  );
};
