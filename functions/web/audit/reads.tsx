import type { Context } from 'hono';
import { listRounds } from '#functions/commands/rounds.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Actor } from '#shared/domain/event.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { viewOf } from '../view.ts';

/** As many as a person looks through; an applicant's own log is complete and read by its address. */
const shownReads = 500;

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
  return c.html(
    <Page view={view} title={t('screening.audit')} wide>
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
        <Table
          caption={t('screening.audit.reads')}
          head={[
            t('screening.audit.at'),
            t('screening.audit.reader'),
            t('screening.audit.whose'),
            t('screening.audit.what'),
          ]}
          rows={reads.map(({ at, reader, owner, what }) => [
            t.moment(at),
            readerText(t, reader),
            <code>{owner}</code>,
            whatText(t, what),
          ])}
        />
      )}
    </Page>,
  );
};

/** By role and id: an auditor needs to tell readers apart, not to know them. */
const readerText = (t: Translator, reader: Actor): string =>
  reader.kind === 'person' ? `${t(`account.role.${reader.role}`)} ${reader.id}` : reader.kind;

const whatText = (t: Translator, what: string): string => {
  const key = `screening.audit.${what}`;
  return isMessageKey(key) ? t(key) : what;
};
