import type { Context } from 'hono';
import { noteDataReading } from '#functions/commands/assistance.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { personalDataOf } from '#functions/commands/personal-data.ts';
import { applicantOf, deskWorker } from '#functions/http/applicant.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { PersonalData } from '#shared/domain/personal-data.ts';
import { acceptsApplications } from '#shared/domain/round-call.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { heldInWords } from '#shared/papers/held-in-words.ts';
import type { PaperBlock } from '#shared/papers/paper.ts';
import type { WebDeps } from '../deps.ts';
import { Button } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { Facts, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type View, viewOf } from '../view.ts';
import { RefusedPapers } from './refused-papers.tsx';

/** What is held about the person who looks; the page names what is not repeated here. */
export const showData = (deps: WebDeps) => async (c: Context) => {
  const held = await personalDataOf(deps, await reading(deps, c));
  return c.html(<DataPage view={viewOf(c)} held={held} open={await openCalls(deps, held)} />);
};

/** The same as a file of the schema that the API publishes. */
export const downloadData = (deps: WebDeps) => async (c: Context) => {
  const held = await personalDataOf(deps, await reading(deps, c));
  return c.body(JSON.stringify(held, null, 2), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="my-data.json"',
  });
};

/** The same on paper, in the language of the page: drawn for whoever asks, and kept nowhere. */
export const printData = (deps: WebDeps) => async (c: Context) => {
  const by = await reading(deps, c);
  const { personId } = by;
  const held = await personalDataOf(deps, by);
  const { locale } = viewOf(c).t;
  const pdf = await deps.drawPaper({ personId, locale, data: { kind: 'personal-data', held } });
  return c.body(pdf, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="my-data-${locale}.pdf"`,
  });
};

/** Who asks, or for whom the desk does: that it reads everything is logged (law 94-V, art. 22). */
const reading = async (deps: WebDeps, c: Context): Promise<Applicant> => {
  const by = applicantOf(c);
  if (by.assistant !== undefined) await noteDataReading(deps, deskWorker(c), by.personId);
  return by;
};

/** Until when an application can still be corrected by its owner. */
type OpenCalls = ReadonlyMap<ApplicationId, Instant>;

const openCalls = async ({ records, clock }: WebDeps, held: PersonalData): Promise<OpenCalls> => {
  const open = new Map<ApplicationId, Instant>();
  for (const { id, stage } of held.applications) {
    const application = stage === 'withdrawn' ? undefined : await records.find(applicationAggregate, id);
    const round = application && (await records.find(roundAggregate, application.state.roundId));
    const call = round && acceptsApplications(round.state, clock.now());
    if (call?.ok) open.set(id, call.value.closesAt);
  }
  return open;
};

type DataPageProps = { view: View; held: PersonalData; open: OpenCalls };

const DataPage = ({ view, held, open }: DataPageProps) => {
  const { t, assisted } = view;
  const person = assisted?.personId;
  const back = { href: assisted?.href ?? paths.account(t.locale) };
  return (
    <Page view={view} title={t('rights.title')} back={back} wide>
      <p>{t('rights.text')}</p>
      {assisted && <Inset>{t('desk.rights.paper')}</Inset>}
      <ul class="govuk-list">
        <li>
          <a href={paths.dataFile(t.locale, person)}>{t('rights.export.json')}</a>
        </li>
        <li>
          <a href={paths.dataPaper(t.locale, person)}>{t('rights.export.pdf')}</a>
        </li>
      </ul>
      <Asking t={t} held={held} open={open} person={person} />
      <Requests t={t} requests={held.requests} person={person} />
      {heldInWords(held, t).map(({ heading, blocks }) => (
        <section>
          <h2 class="govuk-heading-m">{heading}</h2>
          {blocks.map((block) => (
            <Block block={block} />
          ))}
        </section>
      ))}
    </Page>
  );
};

/** Each right as a link, where it can be used. */
const Asking = ({
  t,
  held,
  open,
  person,
}: {
  t: Translator;
  held: PersonalData;
  open: OpenCalls;
  person: string | undefined;
}) => (
  <section>
    <h2 class="govuk-heading-m">{t('rights.ask')}</h2>
    <ul class="govuk-list govuk-list--bullet">
      {held.applications
        .filter(({ erasedAt }) => !erasedAt)
        .map(({ id, number, stage, zone }) => {
          const until = open.get(id);
          return (
            <>
              {until && (
                <li>
                  <a href={paths.application(t.locale, id)}>
                    {t('rights.correct.edit', { at: t.moment(until, zone) })} ({number})
                  </a>
                </li>
              )}
              {stage !== 'draft' && (
                <li>
                  <a href={paths.askCorrection(t.locale, id, person)}>
                    {t('rights.correct.link', { number })}
                  </a>
                </li>
              )}
              <li>
                <a href={paths.withdrawConsent(t.locale, id, person)}>
                  {t('rights.withdraw.link', { number })}
                </a>
              </li>
            </>
          );
        })}
      <li>
        <a href={paths.askErasure(t.locale, person)}>{t('rights.erase.link')}</a>
      </li>
    </ul>
  </section>
);

type RequestsProps = {
  t: Translator;
  requests: PersonalData['requests'];
  /** For whom the desk acts. */
  person: string | undefined;
};

const Requests = ({ t, requests, person }: RequestsProps) =>
  requests.length === 0 ? null : (
    <Table
      caption={t('rights.requests')}
      head={[
        t('rights.request.kind'),
        t('rights.request.filed'),
        t('rights.request.due'),
        t('rights.request.outcome'),
        ...(person === undefined ? [] : [t('desk.rights.signed')]),
      ]}
      rows={requests.map(({ id, kind, number, filedAt, dueAt, outcome, answer, text, ...signed }) => [
        <>
          {t(`rights.kind.${kind}`)} {number && <span class="whole">{number}</span>}
          {text && <p>{text}</p>}
        </>,
        t.moment(filedAt),
        t.moment(dueAt),
        <>
          {outcome ? t(`rights.outcome.${outcome}`) : t('rights.request.open')}
          {answer && <p>{answer}</p>}
        </>,
        ...(person === undefined
          ? []
          : [
              <>
                {signed.papers
                  ? t('desk.rights.papers', { count: signed.papers.length })
                  : t('desk.rights.missing')}
                <RefusedPapers t={t} refused={signed.papersRefused ?? []} />
                {outcome === undefined && (
                  <form method="post" action={paths.requestPaper(t.locale, person, id)}>
                    <Button kind="secondary">{t('desk.rights.scan')}</Button>
                  </form>
                )}
              </>,
            ]),
      ])}
    />
  );

const Block = ({ block }: { block: PaperBlock }) => {
  if (block.kind === 'heading') return <h3 class="govuk-heading-s">{block.text}</h3>;
  if (block.kind === 'text') return <p class="typed">{block.text}</p>;
  // Of what was answered with several, each stands in a line of its own.
  if (block.kind === 'facts') {
    return (
      <Facts
        facts={block.facts.map(({ name, value }) => ({ name, value: <span class="typed">{value}</span> }))}
      />
    );
  }
  if (block.kind === 'list') {
    return (
      <ul class="govuk-list govuk-list--bullet">
        {block.items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    );
  }
  return null;
};
