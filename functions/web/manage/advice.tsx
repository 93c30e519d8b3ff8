import type { RoundFile } from '#shared/domain/round-file.ts';
import { adviceOn } from '#shared/domain/round-file-advice.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** What could be better in the design of a round, each with where it is known from; nothing where there is nothing. */
export const DesignAdvice = ({ t, file }: { t: Translator; file: RoundFile }) => {
  const advice = adviceOn(file);
  return advice.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('round-file.advice.title')}</h2>
      <p>{t('round-file.advice.text')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {advice.map(({ code, place, facts }) => (
          <li>
            {t(`round-file.advice.${code}`, facts)} <code>{place}</code>
            <br />
            <span class="govuk-hint">
              {t('round-file.advice.source', { source: t(`round-file.advice.${code}.source`) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
