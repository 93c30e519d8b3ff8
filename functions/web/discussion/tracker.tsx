import {
  type DiscussionView,
  isWalledItem,
  type OpenItem,
  type Outside,
  type SeenItem,
} from '#functions/commands/discussion-view.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { type Colour, type Fact, Facts, Inset, Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { Attendance } from './attendance.tsx';
import type { Refused } from './page.tsx';
import { goesOn, type Meeting, nextIn, upIn } from './places.ts';
import { Steps } from './steps.tsx';
import { Despite, Waiting } from './waiting.tsx';

type Props = { t: Translator; discussion: DiscussionView };

/** Where the discussion stands and what comes next; where scripts run, this part follows by itself. */
export const Tracker = ({ t, discussion, refused }: Props & { refused: Refused | undefined }) => {
  const { meeting, place, opening } = discussion;
  const zone = place.file.timeZone;
  const isOn = goesOn(discussion);
  return (
    <section id="discussion">
      <div data-refresh={opening ? undefined : markOf(discussion)} data-live={isOn ? 'yes' : undefined}>
        {!meeting && <p>{t('discussion.none')}</p>}
        {meeting?.closedAt && <p>{t('discussion.ended', { at: t.moment(meeting.closedAt, zone) })}</p>}
        {meeting && isOn && <Now t={t} meeting={meeting} zone={zone} />}
        {meeting && <Waiting t={t} discussion={discussion} meeting={meeting} />}
        {meeting && <Attendance t={t} discussion={discussion} meeting={meeting} zone={zone} />}
      </div>
      {meeting && isOn && <Steps t={t} discussion={discussion} meeting={meeting} />}
      {meeting && (
        <>
          <Despite t={t} discussion={discussion} refused={refused} />
          <Order t={t} meeting={meeting} />
        </>
      )}
      {!opening && (
        <p>
          <a href={paths.discussion(t.locale, place.round.id)}>{t('discussion.refresh')}</a>
        </p>
      )}
    </section>
  );
};

/** What differs once the page says something else: a step, another order, or a minute more. */
const markOf = ({ seen, meeting }: DiscussionView): string => {
  const up = meeting && upIn(meeting);
  const minutes = up && !isWalledItem(up) ? minutesOf(up) : 0;
  const waiting = meeting?.waiting.map(({ place, count }) => `${place}-${count}`).join('_') ?? '';
  const walled = meeting?.items.map((item) => Number(isWalledItem(item))).join('') ?? '';
  return [seen, minutes, walled, waiting, meeting?.takes ?? 0, meeting?.after ?? 0].join('.');
};

const minutesOf = ({ seconds }: OpenItem): number => Math.floor(seconds / 60);

const Now = ({ t, meeting, zone }: { t: Translator; meeting: Meeting; zone: string }) => {
  const up = upIn(meeting);
  const next = nextIn(meeting);
  const count = meeting.items.length;
  if (!up) {
    const first = next ? nameOf(t, next) : '';
    return (
      <>
        <Chairless t={t} meeting={meeting} />
        <p role="status">{t('discussion.waits', { item: first })}</p>
        {next && isWalledItem(next) && <Inset>{t('discussion.you.leave', { place: next.place })}</Inset>}
      </>
    );
  }
  const heading = `${t('discussion.now')}: ${t('discussion.place', { place: up.place, count })}`;
  return (
    <>
      <Chairless t={t} meeting={meeting} />
      <div role="status">
        <h2 class="govuk-heading-m">
          {heading}
          {!isWalledItem(up) && (
            <>
              , <span class="whole">{up.number}</span>
            </>
          )}
        </h2>
      </div>
      {up.state === 'paused' && <p>{t('discussion.paused')}</p>}
      {isWalledItem(up) ? (
        <Inset>
          {t('discussion.you.out')} {comingBack(t, meeting, up.place)}
        </Inset>
      ) : (
        <Facts facts={[...nowFacts(t, up, zone), ...afterFacts(t, meeting), ...nextFacts(t, next)]} />
      )}
      {!isWalledItem(up) && next && isWalledItem(next) && (
        <Inset>{t('discussion.you.leave', { place: next.place })}</Inset>
      )}
    </>
  );
};

const Chairless = ({ t, meeting: { chairless } }: { t: Translator; meeting: Meeting }) =>
  chairless ? <Inset>{t(`discussion.chairless.${chairless}`)}</Inset> : null;

const comingBack = (t: Translator, { items }: Meeting, place: number): string => {
  const back = items.slice(place).find((item) => !isWalledItem(item));
  return back ? t('discussion.you.back', { place: back.place }) : t('discussion.you.stay');
};

const nameOf = (t: Translator, item: SeenItem): string =>
  isWalledItem(item) ? t('discussion.closed') : item.number;

const nowFacts = (t: Translator, up: OpenItem, zone: string): Fact[] => [
  ...(up.since === undefined
    ? []
    : [
        {
          name: t('discussion.going'),
          value: t('discussion.since', { at: t.clock(up.since, zone), count: minutesOf(up) }),
        },
      ]),
  { name: t('discussion.outside'), value: outsideText(t, up.outside) },
  ...(up.comeBack.count > 0 ? [{ name: t('discussion.come-back'), value: outsideText(t, up.comeBack) }] : []),
  ...(up.presides === undefined
    ? []
    : [{ name: t('common.important'), value: t('discussion.presides', { name: up.presides }) }]),
];

/** What was given or changed in the light of what was said. */
const afterFacts = (t: Translator, { after }: Meeting): Fact[] =>
  after > 0 ? [{ name: t('discussion.after'), value: t.number(after) }] : [];

const nextFacts = (t: Translator, next: SeenItem | undefined): Fact[] => [
  { name: t('discussion.next'), value: next ? nameOf(t, next) : t('discussion.next.none') },
  ...(next && !isWalledItem(next) && next.leave.count > 0
    ? [{ name: t('discussion.leave'), value: outsideText(t, next.leave) }]
    : []),
];

const outsideText = (t: Translator, { count, names }: Outside): string => {
  if (count === 0) return t('discussion.nobody');
  return names ? names.join(', ') : t('discussion.people', { count });
};

const colours = { over: 'grey', up: 'green', paused: 'yellow', 'to-come': 'blue' } as const satisfies Record<
  SeenItem['state'],
  Colour
>;

/** The whole order; of a place that is closed to the reader nothing but that. */
const Order = ({ t, meeting: { items, leavings } }: { t: Translator; meeting: Meeting }) => (
  <>
    <Table
      caption={t('discussion.title')}
      hideCaption
      head={[t('discussion.item'), t('discussion.state'), t('discussion.minutes'), t('discussion.outside')]}
      numeric={[2]}
      rows={items.map((item) => [
        <span class="whole">{`${item.place}. ${nameOf(t, item)}`}</span>,
        <Tag colour={colours[item.state]}>{t(`discussion.state.${item.state}`)}</Tag>,
        isWalledItem(item) || item.state === 'to-come' ? '–' : t.number(minutesOf(item)),
        isWalledItem(item) ? '–' : outsideText(t, item.outside),
      ])}
    />
    <p>{leavings === 0 ? t('discussion.leavings.none') : t('discussion.leavings', { count: leavings })}</p>
  </>
);
