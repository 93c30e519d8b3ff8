import type { Context } from 'hono';
import { evidenceOf, makeClaim } from '#functions/commands/claims.ts';
import { type ClaimView, viewClaim } from '#functions/commands/own-claim.ts';
import { detailsOf } from '#functions/http/refusal-text.ts';
import { ClaimGrounds, isDecided, type ResultClaim, reopenedNow } from '#shared/domain/claim.ts';
import { clockStart, isClaimOverdue } from '#shared/domain/claim-rule.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { claimPaths } from '../claim-paths.ts';
import { EarlierClaims, filingFacts } from '../committee/claim-earlier.tsx';
import { ClaimTag, clockFacts, correctedFacts } from '../committee/claim-facts.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, Checkboxes, ErrorSummary, Radios, TextArea, WarningText } from '../fields.tsx';
import { type FieldError, fieldErrors, many, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { askedOf } from './application.ts';

type Refused = { typed: Typed; errors: readonly FieldError[] };

/** The own claim: the form while the window is open, then what became of it. */
export const showOwnClaim = (deps: WebDeps) => async (c: Context) => await claimPage(deps, c);

const claimPage = async (
  deps: WebDeps,
  c: Context,
  refused?: Refused,
  status: 200 | 422 = 200,
): Promise<Response> => {
  const asked = askedOf(c);
  const found = asked.ok ? await viewClaim(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(
    <ClaimPage view={viewOf(c)} own={found.value} refused={refused} now={deps.clock.now()} />,
    status,
  );
};

/** Files the claim. Too late, the refusal gives back what was typed. */
export const postClaim = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const typed = await readTyped(c);
  const grounds = ClaimGrounds.safeParse(one(typed, 'grounds'));
  if (!grounds.success) {
    const errors = [{ field: 'grounds', text: t('results.claim.groundsNeeded') }];
    return await claimPage(deps, c, { typed, errors }, 422);
  }
  const text = one(typed, 'text');
  const evidence = many(typed, 'evidence');
  const made = await makeClaim(deps, { ...asked.value, grounds: grounds.data, text, evidence });
  if (made.ok) {
    return c.redirect(`${paths.claim(t.locale, asked.value.applicationId)}?done=results.done.filed`, 303);
  }
  if (made.error.kind !== 'invalid') return refusalPage(c, made.error);
  return await claimPage(deps, c, { typed, errors: fieldErrors(made.error.faults, t) }, 422);
};

type PageProps = { view: View; own: ClaimView; refused: Refused | undefined; now: Instant };

const ClaimPage = ({ view, own, refused, now }: PageProps) => {
  const { t } = view;
  const { application, file, claim } = own;
  return (
    <Page
      view={view}
      title={t('results.claim')}
      caption={textIn(t, file.title)}
      failed={refused !== undefined}
      back={{ href: paths.result(t.locale, application.id), text: t('results.own') }}
    >
      <ErrorSummary t={t} errors={refused?.errors} />
      {claim && <Filed t={t} own={own} claim={claim} now={now} />}
      {claim?.claim.status === 'open' && <Waiting t={t} own={own} claim={claim.claim} now={now} />}
      {(!claim || claim.claim.status === 'withdrawn') && <Claiming t={t} own={own} refused={refused} />}
    </Page>
  );
};

type WaitingProps = { t: Translator; own: ClaimView; claim: ResultClaim; now: Instant };

/** Of a claim that waits for its decision: whether that is late, and the way to take the claim back. */
const Waiting = ({ t, own: { application, file, round }, claim, now }: WaitingProps) => (
  <>
    {reopenedNow(claim) && (
      <Inset>{t('results.claim.reopened', { at: t.moment(clockStart(claim), file.timeZone) })}</Inset>
    )}
    {isClaimOverdue(file, claim, now) && <Inset>{t('results.claim.late')}</Inset>}
    {round.stage === 'claims' && (
      <p>
        <a href={claimPaths.withdrawal(t.locale, application.id)}>{t('results.claim.withdraw')}</a>
      </p>
    )}
  </>
);

/** The form where a claim can be made, anew as well, and else why none can. */
const Claiming = ({ t, own, refused }: FormProps) => {
  const { accepts, claim } = own;
  if (accepts.ok)
    return (
      <>
        {claim && <h2 class="govuk-heading-m">{t('results.claim.again')}</h2>}
        <ClaimForm t={t} own={own} refused={refused} />
      </>
    );
  return (
    <Inset>
      <p>{t('results.claim.notNow')}</p>
      {detailsOf(accepts.error, t).map((text) => (
        <p>{text}</p>
      ))}
    </Inset>
  );
};

type FiledProps = { t: Translator; own: ClaimView; claim: NonNullable<ClaimView['claim']>; now: Instant };

const Filed = ({ t, own: { file }, claim: { claim, text, reason, earlier }, now }: FiledProps) => (
  <>
    <Facts
      facts={[
        { name: t('results.claim.status'), value: <ClaimTag t={t} status={claim.status} /> },
        ...filingFacts(t, { claim, text, file }),
        ...clockFacts(t, claim, file, now),
        ...(isDecided(claim)
          ? [
              { name: t('results.claim.decidedAt'), value: t.moment(claim.decidedAt, file.timeZone) },
              ...correctedFacts(t, claim, file),
              { name: t('committee.reason'), value: <span class="typed">{reason}</span> },
            ]
          : []),
      ]}
    />
    <EarlierClaims t={t} claim={claim} texts={earlier} file={file} />
  </>
);

type FormProps = { t: Translator; own: ClaimView; refused: Refused | undefined };

const ClaimForm = ({ t, own: { application, round, file }, refused }: FormProps) => (
  <form method="post" action={paths.claim(t.locale, application.id)} novalidate>
    {'claimsCloseAt' in round && (
      <p>{t('results.claims.until', { at: t.moment(round.claimsCloseAt, file.timeZone) })}</p>
    )}
    <WarningText t={t}>{t('results.claim.once')}</WarningText>
    <Radios
      t={t}
      name="grounds"
      label={t('results.claim.grounds')}
      value={refused ? one(refused.typed, 'grounds') : undefined}
      errors={refused?.errors}
      options={ClaimGrounds.options.map((value) => ({ value, text: t(`results.claim.grounds.${value}`) }))}
    />
    <TextArea
      t={t}
      name="text"
      label={t('results.claim.text')}
      hint={t('results.claim.textHint')}
      rows={10}
      value={refused ? one(refused.typed, 'text') : ''}
      errors={refused?.errors}
    />
    <Evidence t={t} application={application} file={file} refused={refused} />
    <Button>{t('results.claim.file')}</Button>
  </form>
);

/** Documents of the own application that the claim points at; nothing where there are none. */
const Evidence = ({
  t,
  application,
  file,
  refused,
}: Pick<ClaimView, 'application' | 'file'> & Pick<FormProps, 't' | 'refused'>) => {
  const held = evidenceOf(application, file);
  if (held.length === 0) return null;
  return (
    <Checkboxes
      t={t}
      name="evidence"
      label={t('results.claim.evidence')}
      hint={t('results.claim.evidence.hint')}
      values={refused ? many(refused.typed, 'evidence') : []}
      options={held.map(({ code, title }) => ({ value: code, text: textIn(t, title) }))}
    />
  );
};
