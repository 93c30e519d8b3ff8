import { faultText } from '#functions/http/refusal-text.ts';
import type { Fault } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** More would not be read; the first ones are usually the cause of the rest. */
const shownFaults = 200;

type FaultsProps = { t: Translator; faults: readonly Fault[] };

/** Every fault of an imported file with its place, as an editor would jump to it. */
export const Faults = ({ t, faults }: FaultsProps) =>
  faults.length === 0 ? null : (
    <div class="govuk-error-summary" tabindex={-1} data-focus>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{t('manage.faults', { count: faults.length })}</h2>
        <div class="govuk-error-summary__body">
          <p>{t('manage.faults.nothingChanged')}</p>
          <ol class="govuk-list govuk-list--number">
            {faults.slice(0, shownFaults).map((fault) => (
              <li>
                {placeText(t, fault)} {faultText(fault, t)}
              </li>
            ))}
          </ol>
          {faults.length > shownFaults && (
            <p>{t('manage.faults.more', { count: faults.length - shownFaults })}</p>
          )}
        </div>
      </div>
    </div>
  );

const placeText = (t: Translator, fault: Fault): string => {
  const where =
    fault.line === undefined
      ? ''
      : fault.column === undefined
        ? t('manage.place.line', { line: fault.line })
        : t('manage.place.lineColumn', { line: fault.line, column: fault.column });
  return [where, fault.place]
    .filter((part) => part !== '')
    .join(', ')
    .concat(':');
};
