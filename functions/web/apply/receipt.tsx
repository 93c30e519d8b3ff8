import type { Context } from 'hono';
import { type ApplicationView, readReceipt } from '#functions/commands/applications.ts';
import { drawReceipt } from '#functions/commands/receipt-paper.ts';
import type { Receipt } from '#shared/domain/application.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Digest, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { applicationOf, askedOf } from './application.ts';

/** What an applicant can hold against us: number, moment, and the SHA-256 of each part. */
export const showReceipt = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const read = await readReceipt(deps, found.value.asked);
  if (!read.ok) return refusalPage(c, read.error);
  return c.html(<ReceiptPage view={viewOf(c)} application={found.value} {...read.value} />);
};

/** The receipt itself, the bytes whose SHA-256 the page, the letter and the record name. */
export const downloadReceipt = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const read = await readReceipt(deps, found.value.asked);
  if (!read.ok) return refusalPage(c, read.error);
  return c.body(canonicalJson(read.value.receipt), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${read.value.receipt.number}.json"`,
  });
};

/** The receipt on paper, in the language of the page: drawn for whoever asks, and kept nowhere. */
export const printReceipt = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const drawn = await drawReceipt(deps, { ...asked.value, locale: viewOf(c).t.locale });
  if (!drawn.ok) return refusalPage(c, drawn.error);
  return c.body(drawn.value.pdf, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${drawn.value.filename}"`,
  });
};

type ReceiptPageProps = { view: View; application: ApplicationView; receipt: Receipt; sha256: string };

const ReceiptPage = ({ view, application, receipt, sha256 }: ReceiptPageProps) => {
  const { t } = view;
  const { file, application: own } = application;
  const titleOf = (code: string): string => {
    const requirement = file.documents.find((document) => document.code === code);
    return requirement ? textIn(t, requirement.title) : code;
  };
  return (
    <Page view={view} title={t('apply.receipt.title')} ownHeading>
      <div class="govuk-panel govuk-panel--confirmation">
        <h1 class="govuk-panel__title">{t('apply.receipt.title')}</h1>
        <div class="govuk-panel__body">
          {t('apply.numberName')}
          <br />
          <strong>{receipt.number}</strong>
        </div>
      </div>
      {own.stage === 'withdrawn' && <Inset>{t('apply.withdrawn.title')}</Inset>}
      <p>{t('apply.receipt.text')}</p>
      <Facts
        facts={[
          { name: t('apply.receipt.round'), value: textIn(t, file.title) },
          ...(receipt.submission === undefined
            ? []
            : [
                {
                  name: t('amend.submission'),
                  value: t('amend.submission.number', { count: receipt.submission }),
                },
              ]),
          { name: t('apply.receipt.at'), value: t.moment(receipt.submittedAt, file.timeZone) },
          { name: t('apply.receipt.whole'), value: <Digest value={sha256} /> },
          { name: t('apply.receipt.form'), value: <Digest value={receipt.form} /> },
          ...receipt.files.map((one) => ({
            name: titleOf(one.requirement),
            value: <Digest value={one.sha256} />,
          })),
          {
            name: t('apply.task.choices'),
            value: receipt.choices.length === 0 ? t('common.nothing') : receipt.choices.join(', '),
          },
        ]}
      />
      <ul class="govuk-list">
        <li>
          <a href={paths.receiptPaper(t.locale, own.id)}>{t('apply.receipt.print')}</a>
        </li>
        <li>
          <a href={paths.receiptFile(t.locale, own.id)}>{t('apply.receipt.download')}</a>
        </li>
      </ul>
      <h2 class="govuk-heading-m">{t('apply.receipt.next')}</h2>
      <p>{t('apply.receipt.next.text')}</p>
      <p>
        <a href={paths.application(t.locale, own.id)}>{t('apply.receipt.follow')}</a>
      </p>
    </Page>
  );
};
