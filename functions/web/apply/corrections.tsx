import type { OwnResult } from '#functions/commands/results.ts';
import { latestEdition } from '#shared/domain/edition.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { resultText } from '../committee/affected.tsx';
import { Facts, Inset } from '../parts.tsx';

/** Without the post that would follow from it: nobody has offered that one. */
const ownText = (
  t: Translator,
  { post: _post, ...result }: OwnResult['corrections'][number]['after'],
): string => resultText(t, result);

/** Which edition of the final results stands here, and whether offers go by it; the same for everybody in them. */
export const OwnEdition = ({
  t,
  result: { stages, round, file },
}: {
  t: Translator;
  result: Pick<OwnResult, 'stages' | 'round' | 'file'>;
}) => {
  const edition = isFinal(round) ? latestEdition(round) : undefined;
  if (!edition || !stages.some(({ stage }) => stage === 'claims')) return null;
  const { number, correctedAt, turn } = edition;
  return (
    <Inset>
      <p>{t('results.edition.own', { number, at: t.moment(correctedAt, file.timeZone) })}</p>
      {turn !== undefined && <p>{t('results.edition.by')}</p>}
    </Inset>
  );
};

/** What corrections of the round did to the own result, and what is owed for it. */
export const OwnCorrections = ({
  t,
  result: { corrections, file },
}: {
  t: Translator;
  result: Pick<OwnResult, 'corrections' | 'file'>;
}) => (
  <>
    {corrections.map(({ at, undone, before, after, remedy }) => (
      <section>
        <h2 class="govuk-heading-m">{t('corrections.own.title')}</h2>
        <p>{t('corrections.own.text', { at: t.moment(at, file.timeZone) })}</p>
        {undone && <Inset>{t('corrections.own.undone')}</Inset>}
        <Facts
          facts={[
            { name: t('corrections.own.before'), value: ownText(t, before) },
            { name: t('corrections.own.after'), value: ownText(t, after) },
            ...(remedy ? [{ name: t('corrections.own.owed'), value: t(`replay.remedy.${remedy}`) }] : []),
          ]}
        />
      </section>
    ))}
  </>
);
