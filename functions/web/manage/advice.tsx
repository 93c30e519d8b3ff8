import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Advice, adviceOn } from '#shared/domain/round-file-advice.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { textIn } from '../words.ts';

/** A criterion by its title, which whoever reads the page knows; where it stands in the file is said beside it. */
const titled = (t: Translator, { rubric, interviews }: RoundFile, { place, facts }: Advice) => {
  const { criteria } = place.startsWith('/interviews') ? interviews : rubric;
  const found = criteria.find(({ code }) => code === facts['criterion']);
  return found && { criterion: textIn(t, found.title) };
};

/** What could be better in the design of a round, each with where it is known from; nothing where there is nothing. */
export const DesignAdvice = ({ t, file }: { t: Translator; file: RoundFile }) => {
  const advice = adviceOn(file);
  return advice.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('round-file.advice.title')}</h2>
      <p>{t('round-file.advice.text')}</p>
      <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
        {advice.map((one) => (
          <li>
            {t(`round-file.advice.${one.code}`, { ...one.facts, ...titled(t, file, one) })}{' '}
            <code>{one.place}</code>
            <br />
            <span class="govuk-hint">
              {t('round-file.advice.source', { source: t(`round-file.advice.${one.code}.source`) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
