import type { CallView, RoundView } from '#functions/commands/rounds.ts';
import { readInstant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { LinkButton } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { Digest, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';
import { StageTag } from './card.tsx';
import { DecidingRules } from './deciding.tsx';
import { deadlineOf } from './facts.ts';
import { Rules } from './rules.tsx';

type CallProps = { view: View; call: CallView };

export const CallPage = ({ view, call }: CallProps) => {
  const { t } = view;
  const { round, file } = call;
  return (
    <Page
      view={view}
      title={textIn(t, file.title)}
      caption={`${t('call.caption')} ${file.intake}`}
      back={{ href: paths.calls(t.locale), text: t('call.allCalls') }}
      wide
    >
      <p>
        <StageTag t={t} call={call} />
      </p>
      {'enteredAt' in round && (
        <p>
          <a href={paths.results(t.locale, round.id)}>{t('results.link')}</a>
        </p>
      )}
      <CallText
        t={t}
        call={call}
        vacancies={paths.vacancies(t.locale, round.id)}
        deciding={paths.deciding(t.locale, round.id)}
        apply={call.open ? paths.apply(t.locale, round.id) : undefined}
      />
    </Page>
  );
};

type CallTextProps = {
  t: Translator;
  call: RoundView;
  /** Where its vacancies, and the rules by which is decided, are read. */
  vacancies: string;
  deciding: string;
  apply: string | undefined;
};

/** A call exactly as the public sees it; the preview before opening draws the same. */
export const CallText = ({ t, call, vacancies, deciding, apply }: CallTextProps) => {
  const { round, file } = call;
  return (
    <>
      {round.stage === 'cancelled' && <Cancelled t={t} because={call.cancelledBecause} />}
      <p class="lead">{textIn(t, file.summary)}</p>
      <div class="beside">
        <aside class="beside__facts" aria-label={t('call.dates')}>
          <Dates t={t} call={call} />
          {round.stage !== 'draft' && round.stage !== 'cancelled' && (
            <p>
              <a href={paths.deadlines(t.locale, round.id)}>{t('call.calendar')}</a>
            </p>
          )}
          {apply !== undefined && <LinkButton href={apply}>{t('call.apply')}</LinkButton>}
          <p>
            <a href={vacancies}>{t('call.seeVacancies', { count: call.vacancies.length })}</a>
          </p>
        </aside>
        <div class="beside__text">
          <Rules t={t} file={file} />
          <p>
            <a href={deciding}>{t('call.deciding.link')}</a>
          </p>
          <h2 class="govuk-heading-m">{t('call.pinned')}</h2>
          <p>{t('call.pinned.text')}</p>
          <Facts
            facts={[
              { name: t('call.roundFile'), value: <Digest value={round.plan.file} /> },
              ...(round.register
                ? [{ name: t('call.register'), value: <Digest value={round.register.sha256} /> }]
                : []),
            ]}
          />
        </div>
      </div>
    </>
  );
};

/** By what rules the call is decided: too much to read before one knows whether to apply. */
export const DecidingPage = ({ view, call: { round, file } }: CallProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('call.deciding')}
      caption={textIn(t, file.title)}
      back={{ href: paths.call(t.locale, round.id), text: t('call.oneCall') }}
    >
      <h2 class="govuk-heading-m">{t('call.rules')}</h2>
      <DecidingRules t={t} file={file} closesAt={deadlineOf(round)} />
    </Page>
  );
};

/** The reason stands as it was typed, in the one language that it was typed in. */
const Cancelled = ({ t, because }: { t: Translator; because: string | undefined }) => (
  <Inset>
    <p>{t('call.cancelledNote')}</p>
    {because !== undefined && (
      <p>
        {t('call.cancelledBecause')} <span class="typed">{because}</span>
      </p>
    )}
  </Inset>
);

const Dates = ({ t, call: { round, file } }: { t: Translator; call: RoundView }) => {
  const opensAt = file.call.opensAt === undefined ? undefined : readInstant(file.call.opensAt);
  const deadline = deadlineOf(round);
  const dates: [string, string][] = [
    ...(opensAt ? [[t('call.opens'), t.start(opensAt, file.timeZone)] satisfies [string, string]] : []),
    [t('call.closes'), t.moment(deadline, file.timeZone)],
    ...(deadline === round.plan.closesAt
      ? []
      : [[t('call.firstDeadline'), t.moment(round.plan.closesAt, file.timeZone)] satisfies [string, string]]),
    [t('call.zone'), file.timeZone],
    [t('call.postsColumn'), t.number(round.register?.posts ?? file.posts.total)],
  ];
  return (
    <dl>
      {dates.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>
            <strong>{value}</strong>
          </dd>
        </>
      ))}
    </dl>
  );
};
