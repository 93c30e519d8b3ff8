import type { Context } from 'hono';
import { type BeaconView, beaconView, bringBeacon, waiveRoundBeacon } from '#functions/commands/beacon.ts';
import { chairs } from '#functions/commands/chairing.ts';
import { statusOf } from '#functions/http/problem.ts';
import { addressesOf, chains, randomnessOf, waivableAt } from '#shared/domain/beacon.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, TextArea, WarningText } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details, Digest, type Fact, Facts, Inset, Source } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** A form that was refused, with what was typed. */
type Again = { form: 'value' | 'waiver'; typed: string; error: FieldError; refusal: Refusal };

/** The public value that the draws of a round wait for: which one, where it is published, and how it stands. */
export const showBeacon = (deps: WebDeps) => async (c: Context) => await beaconPage(deps, c);

const beaconPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = roundCommand(c, 'gate.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await beaconView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const page = <BeaconPage view={viewOf(c)} beacon={found.value} now={deps.clock.now()} again={again} />;
  return c.html(page, again ? statusOf(again.refusal) : 200);
};

/** Records a value that was pasted, or draws the form again with what is wrong with it. */
export const postBeacon = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'beacon.record');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = one(await readTyped(c), 'value');
  const brought = await bringBeacon(deps, { ...command.value, text: typed });
  if (brought.ok) return c.redirect(doneAt(t, command.value.roundId, 'recorded'), 303);
  const error = valueError(brought.error, t);
  return error
    ? await beaconPage(deps, c, { form: 'value', typed, error, refusal: brought.error })
    : refusalPage(c, brought.error);
};

const valueError = (refusal: Refusal, t: Translator): FieldError | undefined => {
  if (refusal.kind === 'too-early') {
    return { field: 'value', text: t('beacon.early', { at: t.moment(refusal.until, refusal.zone) }) };
  }
  return refusal.kind === 'invalid' ? fieldErrors(refusal.faults, t)[0] : undefined;
};

/** The chair lets the draws do without the value. */
export const postWaiver = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'beacon.waive');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = one(await readTyped(c), 'reason');
  const waived = await waiveRoundBeacon(deps, { ...command.value, reason: typed });
  if (waived.ok) return c.redirect(doneAt(t, command.value.roundId, 'waived'), 303);
  const error = reasonError(waived.error, t);
  return error
    ? await beaconPage(deps, c, { form: 'waiver', typed, error, refusal: waived.error })
    : refusalPage(c, waived.error);
};

const doneAt = (t: Translator, roundId: string, what: 'recorded' | 'waived'): string =>
  `${paths.beacon(t.locale, roundId)}?done=beacon.done.${what}`;

type PartProps = { view: View; beacon: BeaconView; now: string; again: Again | undefined };

const BeaconPage = (props: PartProps) => {
  const { view, beacon, again } = props;
  const { t } = view;
  const { place, rule, due, value, waived } = beacon;
  const { file, round } = place;
  return (
    <Page
      view={view}
      title={t('beacon.title')}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: paths.committee(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={again && [again.error]} />
      {due.chain === 'rehearsal' && <WarningText t={t}>{t('beacon.rehearsal')}</WarningText>}
      <p>{t('beacon.text')}</p>
      <Standing view={view} beacon={beacon} />
      <Facts facts={factsOf(t, beacon)} />
      <p>{t('beacon.rule', { count: rule.hoursAfterCall })}</p>
      {round.state.stage === 'call' && <p>{t('beacon.extended')}</p>}
      <Source t={t} of={rule} />
      <Published view={view} beacon={beacon} />
      {!value && <Bring {...props} />}
      {!value && !waived && <Waive {...props} />}
    </Page>
  );
};

/** That the value is there, or that the draws do without it. */
const Standing = ({ view: { t }, beacon: { place, value, waived } }: Pick<PartProps, 'view' | 'beacon'>) => {
  if (value) return <Inset>{t('beacon.known')}</Inset>;
  if (!waived) return null;
  return (
    <Inset>
      <p>{t('beacon.waived', { at: t.moment(waived.at, place.file.timeZone) })}</p>
      {waived.because !== undefined && <p class="typed">{waived.because}</p>}
    </Inset>
  );
};

const factsOf = (t: Translator, { place, due, value }: BeaconView): Fact[] => [
  { name: t('beacon.chain'), value: t(`beacon.chain.${due.chain}`) },
  { name: t('beacon.hash'), value: <Digest value={chains[due.chain].hash} /> },
  { name: t('beacon.round'), value: String(due.round) },
  { name: t('beacon.at'), value: t.moment(due.at, place.file.timeZone) },
  ...(value
    ? [
        { name: t('beacon.signature'), value: <Digest value={value.signature} /> },
        { name: t('beacon.randomness'), value: <Digest value={randomnessOf(value)} /> },
      ]
    : []),
];

/** Addresses as text: whoever reads them may sit behind a closed network and carry the value in. */
const Published = ({ view: { t }, beacon: { due } }: Pick<PartProps, 'view' | 'beacon'>) => {
  const addresses = addressesOf(due);
  return (
    <>
      <h2 class="govuk-heading-m">{t('beacon.where')}</h2>
      <p>
        {t(addresses.length > 0 ? 'beacon.where.text' : 'beacon.where.rehearsal', { round: `${due.round}` })}
      </p>
      {addresses.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {addresses.map((address) => (
            <li>
              <code class="digest">{address}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const Bring = ({ view: { t }, beacon: { place, due }, now, again }: PartProps) => {
  const { by, file, round } = place;
  if (!permit('beacon.record', by.role, round.state.stage).ok) return null;
  const refused = again?.form === 'value' ? again : undefined;
  if (now < due.at && !refused) {
    return <Inset>{t('beacon.early', { at: t.moment(due.at, file.timeZone) })}</Inset>;
  }
  return (
    <form method="post" action={paths.beacon(t.locale, round.id)} novalidate>
      <TextArea
        t={t}
        name="value"
        label={t('beacon.value')}
        hint={t('beacon.value.hint')}
        value={refused?.typed ?? ''}
        errors={refused && [refused.error]}
      />
      <Button>{t('beacon.bring')}</Button>
    </form>
  );
};

const Waive = ({ view: { t }, beacon: { place, rule, due }, now, again }: PartProps) => {
  const { by, file, round } = place;
  const from = waivableAt(rule, due);
  const refused = again?.form === 'waiver' ? again : undefined;
  if (from === undefined) return <p>{t('beacon.waive.never')}</p>;
  const may = now >= from && permit('beacon.waive', by.role, round.state.stage).ok && chairs(place).ok;
  return (
    <Details summary={t('beacon.waive')} open={refused !== undefined}>
      <p>{t('beacon.waive.text')}</p>
      {!may && <p>{t('beacon.waive.from', { at: t.moment(from, file.timeZone) })}</p>}
      {may && (
        <form method="post" action={paths.waiveBeacon(t.locale, round.id)} novalidate>
          <TextArea
            t={t}
            name="reason"
            label={t('beacon.waive.reason')}
            rows={3}
            value={refused?.typed ?? ''}
            errors={refused && [refused.error]}
          />
          <Button kind="warning">{t('beacon.waive')}</Button>
        </form>
      )}
    </Details>
  );
};
