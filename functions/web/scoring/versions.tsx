import type { Context } from 'hono';
import {
  type CardHistory,
  type CardsView,
  type CardVersion,
  cardHistory,
} from '#functions/commands/card-history.ts';
import type { FilledCard } from '#shared/domain/card.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { type Fact, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { pointsText } from './card-form.tsx';

/** Every version of the cards of one application that the reader may see. */
export const showVersions = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'scoring.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await cardHistory(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const { applicationId } = command.value;
  return c.html(<VersionsPage view={viewOf(c)} cards={found.value} applicationId={applicationId} />);
};

type PageProps = { view: View; cards: CardsView; applicationId: string };

const VersionsPage = ({ view, cards, applicationId }: PageProps) => {
  const { t } = view;
  const { round, file, number, histories } = cards;
  return (
    <Page
      view={view}
      title={t('scoring.versions')}
      caption={number}
      back={{ href: paths.scorecard(t.locale, round.id, applicationId) }}
    >
      <p>{t('scoring.versions.text')}</p>
      <SampleNote
        t={t}
        of={histories.map(({ part }) => (part === 'scoring' ? file.rubric : file.interviews))}
      />
      {histories.length === 0 && <p>{t('scoring.versions.none')}</p>}
      {histories.map((history) => (
        <History t={t} file={file} history={history} />
      ))}
    </Page>
  );
};

type HistoryProps = { t: Translator; file: RoundFile; history: CardHistory };

const History = ({ t, file, history }: HistoryProps) => {
  const { part, station, rater, versions, declined } = history;
  const whose = rater === undefined ? t('scoring.versions.mine') : t('scoring.versions.of', { rater });
  const title = file.interviews.stations?.find(({ code }) => code === station)?.title;
  const who = title ? t('station.versions', { who: whose, title: textIn(t, title) }) : whose;
  return (
    <section>
      <h2 class="govuk-heading-m">{part === 'scoring' ? who : t('scoring.versions.interview', { who })}</h2>
      {versions.map((version, index) => (
        <section>
          <h3 class="govuk-heading-s">{titleOf(t, file, version, index + 1)}</h3>
          <Facts facts={factsOf(t, file, { part, version, before: versions[index - 1]?.card })} />
        </section>
      ))}
      {declined && (
        <Facts
          facts={[
            {
              name: t('scoring.versions.declined', { at: t.moment(declined.at, file.timeZone) }),
              value: <span class="typed">{declined.reason || '—'}</span>,
            },
          ]}
        />
      )}
    </section>
  );
};

const titleOf = (t: Translator, { timeZone }: RoundFile, version: CardVersion, number: number): string => {
  const at = t.moment(version.at, timeZone);
  if (version.isDraft) return t('scoring.versions.draft', { number, at });
  const title = t('scoring.versions.given', { number, at, total: t.number(version.total ?? 0) });
  const notes = [
    ...(version.counts ? [] : [t('scoring.versions.tooLittle')]),
    ...(version.after ? [t('scoring.after')] : []),
    ...(version.afterCards ? [t('scoring.afterCards')] : []),
  ];
  return notes.length > 0 ? `${title} (${notes.join('; ')})` : title;
};

type Step = { part: CardHistory['part']; version: CardVersion; before: FilledCard | undefined };

/** What changed: all of the first version, and then what is not as it was before. */
const factsOf = (t: Translator, file: RoundFile, { part, version, before }: Step): Fact[] => {
  const { card, changed } = version;
  const criteria = part === 'scoring' ? file.rubric.criteria : file.interviews.criteria;
  const points = criteria
    .filter(({ code }) => changed.criteria.includes(code))
    .map(({ code, title }) => {
      const now = card ? pointsText(t, card, code) : '—';
      return { name: textIn(t, title), value: before ? `${pointsText(t, before, code)} → ${now}` : now };
    });
  const said = changed.comments.map((kind) => ({
    name: t(`scoring.comment.${kind}`),
    value: <span class="typed">{card?.comments[kind] || '—'}</span>,
  }));
  const facts = [...points, ...said];
  return facts.length > 0 ? facts : [{ name: t('scoring.versions.same'), value: '' }];
};
