import type { Context } from 'hono';
import {
  drawEvaluationSheets,
  type SheetsOverview,
  sheetsOverview,
  sheetsPerFile,
  type Which,
} from '#functions/commands/evaluation-sheets.ts';
import { hasOwnAlone } from '#functions/commands/score-reach.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { type Locale, locales } from '#shared/i18n/index.ts';
import { candidacyCommand, roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** The evaluation sheets of a round as files to print and sign. */
export const showSheets = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'evaluation-sheets.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await sheetsOverview(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<SheetsPage view={viewOf(c)} {...found.value} />);
};

/** Some sheets of a round: `1-kk.pdf`, `2-ru.pdf`, … */
export const showSheetsFile = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'evaluation-sheets.read');
  if (!command.ok) return refusalPage(c, command.error);
  const [, part, language] = /^(\d{1,4})-([a-z]{2})\.pdf$/.exec(c.req.param('file') ?? '') ?? [];
  return await sheetsFile(deps, c, command.value, { language, which: { part: Number(part) } });
};

/** The sheet of one application: `kk.pdf`. */
export const showSheetFile = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'evaluation-sheets.read');
  if (!command.ok) return refusalPage(c, command.error);
  const [, language] = /^([a-z]{2})\.pdf$/.exec(c.req.param('file') ?? '') ?? [];
  const { applicationId, ...round } = command.value;
  return await sheetsFile(deps, c, round, { language, which: { applicationId } });
};

const sheetsFile = async (
  deps: WebDeps,
  c: Context,
  command: CommitteeCommand,
  { language, which }: { language: string | undefined; which: Which },
): Promise<Response> => {
  const locale = locales.find((one) => one === language);
  if (!locale) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const drawn = await drawEvaluationSheets(deps, { ...command, which, locale });
  if (!drawn.ok) return refusalPage(c, drawn.error);
  return c.body(drawn.value.pdf, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${drawn.value.filename}"`,
    'cache-control': 'private, no-store',
  });
};

const SheetsPage = ({ view, place, applications, parts }: SheetsOverview & { view: View }) => {
  const { t } = view;
  const { round, file } = place;
  const numbers = Array.from({ length: parts }, (_, index) => index + 1);
  const lastOf = (part: number): number => Math.min(applications, part * sheetsPerFile);
  return (
    <Page
      view={view}
      title={t('scoring.sheets')}
      caption={textIn(t, file.title)}
      back={{ href: paths.committee(t.locale, round.state.id) }}
    >
      <p>{t('scoring.sheets.text')}</p>
      {hasOwnAlone(place.by.role, round.state.stage) && <Inset>{t('lists.own')}</Inset>}
      <SampleNote t={t} of={[file.rubric]} />
      {parts === 0 ? (
        <p>{t('scoring.sheets.none')}</p>
      ) : (
        <Table
          caption={t('scoring.sheets.files')}
          head={[t('scoring.sheets.applications'), 'PDF']}
          rows={numbers.map((part) => [
            t('scoring.sheets.from', { first: (part - 1) * sheetsPerFile + 1, last: lastOf(part) }),
            <LanguageLinks
              title={t('scoring.sheets')}
              at={(locale) => paths.evaluationSheets(t.locale, round.state.id, `${part}-${locale}.pdf`)}
            />,
          ])}
        />
      )}
      <p>{t('lists.logged')}</p>
    </Page>
  );
};

/** One link for each language that a paper is drawn in. */
export const LanguageLinks = ({ title, at }: { title: string; at: (locale: Locale) => string }) => (
  <>
    {locales.map((locale, index) => (
      <>
        {index > 0 && ', '}
        <a href={at(locale)} aria-label={`${title}, ${locale}`}>
          {locale}
        </a>
      </>
    ))}
  </>
);
