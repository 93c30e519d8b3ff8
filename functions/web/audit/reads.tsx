import type { Context } from 'hono';
import { listRounds } from '#functions/commands/rounds.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Actor } from '#shared/domain/event.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { ReadLog } from '#shared/ports/records.ts';
import { dayMoment, dayWords, readingDays } from '#shared/reading-words.ts';
import { checkPaths } from '../checks/paths.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { PageLinks, pageAsked, pageOf } from '../paged.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { viewOf } from '../view.ts';

/** As many as an auditor looks through, a page at a time; an applicant's own log is complete and read by its address. */
const shownReads = 2000;

/** For auditors: the rounds, whose applications they see by number, and who read whose personal data. */
export const showReads = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t } = view;
  const [reads, { items }] = await Promise.all([
    deps.readLog.newest(shownReads),
    listRounds(deps, { limit: 100 }),
  ]);
  const rounds = items
    .map(({ state }) => state)
    .filter((round) => isGatedRound(round) || round.stage === 'closed');
  const { rows, ...place } = pageOf(daysOf(t, reads), pageAsked(c));
  return c.html(
    <Page view={view} title={t('screening.audit')} wide>
      <p>
        <a href={checkPaths.all(t.locale)}>{t('checks.title')}</a>
      </p>
      <h2 class="govuk-heading-m">{t('screening.audit.rounds')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {rounds.map((round) => (
          <li>
            <a href={paths.screening(t.locale, round.id)}>{round.plan.intake}</a> {stageName(t, round.stage)}
            {round.stage === 'closed' && (
              <>
                {', '}
                <a href={paths.papers(t.locale, round.id)}>{t('minutes.title')}</a>
              </>
            )}
          </li>
        ))}
      </ul>
      {reads.length === 0 ? (
        <p>{t('screening.audit.none')}</p>
      ) : (
        <>
          <Table
            caption={t('screening.audit.reads')}
            head={[
              t('screening.audit.at'),
              t('screening.audit.reader'),
              t('screening.audit.whose'),
              t('screening.audit.what'),
            ]}
            rows={rows.map((day) => [
              dayMoment(t, day),
              readerText(t, day.first.reader),
              <code>{day.first.owner}</code>,
              dayWords(t, day),
            ])}
          />
          <PageLinks t={t} at={paths.audit(t.locale)} {...place} />
        </>
      )}
    </Page>,
  );
};

type Read = Awaited<ReturnType<ReadLog['newest']>>[number];

/** What one reader read of one person on one day stands in one line, newest day first. */
const daysOf = (t: Translator, reads: readonly Read[]) =>
  readingDays(
    reads,
    ({ reader, owner }) => `${readerText(t, reader)} ${owner}`,
    (at) => t.day(at),
  );

/** By role and id: an auditor needs to tell readers apart, not to know them. */
const readerText = (t: Translator, reader: Actor): string =>
  reader.kind === 'person' ? `${t(`account.role.${reader.role}`)} ${reader.id}` : t('rights.reader.other');
