import type { Refusal } from '#shared/errors.ts';
import { Page } from './layout.tsx';
import { paths } from './paths.ts';
import type { View } from './view.ts';

/** What `type` in a problem document leads to: the refusal explained, without anyone's facts. */
export const ExplanationPage = ({ view, kind }: { view: View; kind: Refusal['kind'] }) => (
  <Page view={view} title={view.t(`problems.${kind}.title`)} caption={view.t('problems.explained')}>
    <p>{view.t(`problems.${kind}.help`)}</p>
  </Page>
);

/** A fault of ours. The number finds it in the log; what was typed is not lost if the browser goes back. */
export const UnexpectedPage = ({ view }: { view: View }) => {
  const { t } = view;
  return (
    <Page view={view} title={t('problems.unexpected.title')}>
      <p>{t('problems.unexpected.help')}</p>
      <p>{t('common.requestId', { id: view.requestId })}</p>
      <p>
        <a href={paths.home(t.locale)}>{t('problems.toHome')}</a>
      </p>
    </Page>
  );
};
