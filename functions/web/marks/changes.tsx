import type { MarksPreview } from '#functions/commands/marks-views.ts';
import type { Oddity } from '#shared/marks/oddities.ts';
import type { OutcomeChange } from '#shared/marks/outcomes.ts';
import { Inset, Table } from '../parts.tsx';
import type { View } from '../view.ts';
import { criterionName } from '../words.ts';

type PartProps = {
  view: View;
  preview: Pick<MarksPreview, 'oddities'> & { place: Pick<MarksPreview['place'], 'file'> };
  /** Something was odd when the file came, for which a reason is asked all the same. */
  gone?: boolean;
};

/** What a person must look at before these marks count. */
export const Oddities = ({ view, preview: { oddities, place }, gone = false }: PartProps) => {
  const { t } = view;
  if (oddities.length === 0 && !gone) return null;
  const titleOf = (code: string): string => criterionName(t, place.file, code);
  return (
    <Inset>
      <h2 class="govuk-heading-m">{t('marks.odd')}</h2>
      {oddities.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {oddities.map((oddity) => (
            <li>{oddityText(view, oddity, titleOf)}</li>
          ))}
        </ul>
      )}
      <p>{t(oddities.length > 0 ? 'marks.odd.text' : 'marks.odd.gone')}</p>
    </Inset>
  );
};

const oddityText = ({ t }: View, oddity: Oddity, titleOf: (code: string) => string): string => {
  const { kind, criterion: code, against, ...found } = oddity;
  const compared = against === 'before' || against === 'raters' ? t(`marks.against.${against}`) : undefined;
  return t(`marks.odd.${kind}`, {
    ...found,
    criterion: titleOf(code),
    against: compared ?? titleOf(against ?? ''),
  });
};

/** Places as they are and as they would be. */
export const Changes = ({
  view: { t },
  caption,
  head,
  changes,
}: {
  view: View;
  caption: string;
  head: readonly string[];
  changes: readonly OutcomeChange[];
}) => {
  const placeText = (place: OutcomeChange['before']): string =>
    place === undefined
      ? t('marks.unknown')
      : t('marks.place', {
          outcome: t(`committee.outcome.${place.outcome}`),
          total: t.number(place.total ?? 0),
          rank: place.rank ?? 0,
        });
  return (
    <Table
      caption={caption}
      head={head}
      rows={changes.map(({ number, before, after }) => [
        <span class="whole">{number}</span>,
        placeText(before),
        placeText(after),
      ])}
    />
  );
};
