import { countingOn, keptCounts, type OfferBoard } from '#functions/commands/offer-board.ts';
import type { OwnKept } from '#functions/commands/own-kept.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table } from '../parts.tsx';
import { textIn } from '../words.ts';

/** By which mechanism a board gives posts out, and which posts it keeps, the first by precedence first. */
export const KeptPosts = ({ t, board }: { t: Translator; board: OfferBoard & { file: RoundFile } }) => {
  const { quotas, allocation } = board.file.posts;
  const rows = keptCounts(board).map(({ code, posts, taken }) => {
    const quota = quotas.find((one) => one.code === code);
    return [
      quota ? textIn(t, quota.title) : code,
      t.number(quota?.precedence ?? 0),
      t.number(posts),
      t.number(taken),
      t.number(Math.max(0, posts - taken)),
    ];
  });
  const counting = countingOn(board);
  return (
    <>
      {allocation && <p>{t(`kept.mechanism.${allocation.mechanism}`)}</p>}
      {rows.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{t('kept.title')}</h2>
          <p>
            {allocation?.openFirst === undefined
              ? t('kept.text')
              : t('kept.textOver', { count: allocation.openFirst })}
          </p>
          {counting && <p>{t(`kept.counting.${counting}`)}</p>}
          <Table
            caption={t('kept.title')}
            hideCaption
            head={[t('kept.quota'), t('kept.precedence'), t('kept.posts'), t('kept.taken'), t('kept.left')]}
            rows={rows}
            numeric={[1, 2, 3, 4]}
          />
        </>
      )}
    </>
  );
};

/** The quota through which an offer was made, beside its vacancy. */
export const quotaTag = (t: Translator, { posts }: RoundFile, reserve: string | undefined): string => {
  const quota = posts.quotas.find(({ code }) => code === reserve);
  return quota ? t('kept.tag', { quota: textIn(t, quota.title) }) : '';
};

/** What kept posts and limits did for an application, and against it; nothing where they did neither. */
export const OwnKeptPosts = ({ t, kept }: { t: Translator; kept: OwnKept | undefined }) => {
  if (!kept || (kept.through.length === 0 && !kept.passed && !kept.capped)) return null;
  const { through, passed, capped, isOver } = kept;
  return (
    <section>
      <h2 class="govuk-heading-m">{t(through.length > 0 || passed ? 'kept.own' : 'kept.limits')}</h2>
      {through.map(({ vacancy, quota }) => (
        <p>{t('kept.through', { vacancy, quota: textIn(t, quota) })}</p>
      ))}
      {passed && (
        <p>
          {t(isOver ? 'kept.passedOver' : 'kept.passed', {
            vacancy: passed.vacancy,
            quotas: titles(t, passed.quotas),
          })}
        </p>
      )}
      {capped && (
        <p>
          {t(isOver ? 'kept.cappedOver' : 'kept.capped', {
            vacancy: capped.vacancy,
            limits: limitsOf(t, capped),
          })}
        </p>
      )}
    </section>
  );
};

const limitsOf = (t: Translator, { quotas, isTotal }: NonNullable<OwnKept['capped']>): string =>
  [...(isTotal ? [t('kept.total')] : []), ...quotas.map((title) => textIn(t, title))].join(', ');

const titles = (t: Translator, quotas: readonly RoundFile['title'][]): string =>
  quotas.map((title) => textIn(t, title)).join(', ');

/** In which order free posts are offered where quotas of the file keep some. */
export const keptOrder = (t: Translator, file: RoundFile): string => {
  const { openFirst } = file.posts.allocation ?? {};
  const quotas = keptTitles(t, file);
  return openFirst === undefined
    ? t('kept.order', { quotas })
    : t('kept.orderOver', { quotas, count: openFirst });
};

/** The quotas of a file that keep posts, the first by precedence first, in words. */
const keptTitles = (t: Translator, { posts }: RoundFile): string =>
  titles(
    t,
    posts.quotas
      .filter(({ kind }) => kind === 'at-least')
      .toSorted((a, b) => a.precedence - b.precedence)
      .map(({ title }) => title),
  );
