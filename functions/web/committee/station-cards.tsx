import type { OthersCard } from '#functions/commands/card-views.ts';
import type { OneInterview, StationCard } from '#functions/commands/one-interview.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table, Tag } from '../parts.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type Again, CardForm } from '../scoring/card-form.tsx';
import { marksAmong, markText, SaidByOthers } from '../scoring/others.tsx';
import { textIn } from '../words.ts';
import { heldPaths } from './held-paths.ts';

type StationsProps = { t: Translator; interview: OneInterview; chosen: StationCard | undefined };

/** Where the visitor sits at several stations: which card is open, and which are still to be given. */
export const OwnStations = ({ t, interview, chosen }: StationsProps) => {
  const { cards } = interview;
  const sitting = cards.filter(({ sits }) => sits);
  if (sitting.length < 2) return null;
  const page = heldPaths.page(t.locale, interview);
  return (
    <nav aria-label={t('station.yours')} class="screen-only">
      <h2 class="govuk-heading-m">{t('station.yours')}</h2>
      <ul class="govuk-list">
        {sitting.map((card) => {
          const { code, title } = card.station;
          const name = title ? textIn(t, title) : '';
          return (
            <li>
              {card === chosen ? <strong>{name}</strong> : <a href={`${page}?station=${code}`}>{name}</a>}{' '}
              <Tag colour={card.own ? 'green' : 'grey'}>{t(card.own ? 'station.done' : 'station.open')}</Tag>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};

type ScorecardProps = {
  t: Translator;
  interview: OneInterview;
  chosen: StationCard;
  refused: Again | undefined;
};

export const Scorecard = ({ t, interview, chosen, refused }: ScorecardProps) => {
  const { interviews, cards } = interview.place.file;
  const { station, own, card } = chosen;
  const { code, title } = station;
  return (
    <section class="screen-only">
      <h2 class="govuk-heading-m">
        {title ? t('station.scorecard', { title: textIn(t, title) }) : t('interview.scorecard')}
      </h2>
      <SampleNote t={t} of={[interviews]} />
      {own?.counts === false && <p>{t('interview.tooLittle')}</p>}
      <CardForm
        t={t}
        action={heldPaths.page(t.locale, interview)}
        station={code}
        criteria={station.criteria}
        confidence={interviews.confidence}
        rule={cards}
        own={card}
        again={refused}
        give={t(own ? 'interview.changeCard' : 'interview.giveCard')}
      />
    </section>
  );
};

/** Shown only to who has given all own scorecards. */
export const Others = ({ t, interview }: { t: Translator; interview: OneInterview }) => {
  const { cards, others = [], place } = interview;
  const titleOf = (code: string | undefined, whose: string): string => {
    const title = place.file.interviews.stations?.find((station) => station.code === code)?.title;
    return title ? t('station.versions', { who: whose, title: textIn(t, title) }) : whose;
  };
  const nameOf = ({ station }: OthersCard, index: number): string =>
    titleOf(station, t('interview.other', { number: index + 1 }));
  const marks = marksAmong(others);
  return (
    <>
      <Table
        caption={t('interview.totals')}
        head={[t('interview.card'), t('committee.total'), ...marks.map((name) => t(`scoring.${name}.row`))]}
        numeric={[1]}
        rows={[
          ...cards.flatMap(({ station, own }) =>
            own
              ? [[titleOf(station.code, t('interview.mine')), t.number(own.total), ...marks.map(() => '')]]
              : [],
          ),
          ...others.map((card, index) => [
            nameOf(card, index),
            t.number(card.total),
            ...marks.map((name) => markText(t, card[name])),
          ]),
        ]}
      />
      <SaidByOthers said={others.map((card, index) => [nameOf(card, index), card.comments])} />
    </>
  );
};
