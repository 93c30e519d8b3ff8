import type { LineGroup } from '#shared/domain/line-group.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Inset, Tag } from '../parts.tsx';

type Props = { t: Translator; line: LineGroup };

/** What the marks in the list mean: who of it cannot be told apart from the line, or that nobody can say. */
export const LineNote = ({ t, line: { places, level, near, unknown } }: Props) => {
  const facts = { places: t.number(places), level };
  if (unknown) return <Inset>{t('near-line.stop.unknown')}</Inset>;
  if (near.length === 0) return <p>{t('near-line.list.none', facts)}</p>;
  return (
    <Inset>
      {t('near-line.list', { ...facts, count: near.length })} {t('near-line.list.marked')}
    </Inset>
  );
};

/** The mark of one of them. */
export const NearTag = ({ t, line, of }: { t: Translator; line: LineGroup | undefined; of: Standing }) =>
  line?.near.includes(of.applicationId) ? (
    <>
      {' '}
      <Tag colour="yellow">{t('near-line.mark')}</Tag>
    </>
  ) : null;
