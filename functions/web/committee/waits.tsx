import type { OwnWork } from '#functions/commands/my-committees.ts';
import type { Round } from '#shared/domain/round.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { owedPaths } from '../owed/paths.ts';
import { paths } from '../paths.ts';

type Waiting = Pick<OwnWork, 'owed' | 'voteAwaited' | 'ballotAwaited'>;

/** What waits for somebody in a round, each with the way to it; a dash where nothing does. */
export const Waits = ({
  t,
  round: { id, stage },
  work,
}: {
  t: Translator;
  round: Round;
  work: Waiting | undefined;
}) => {
  const items = work ? itemsOf(t, { id, stage }, work) : [];
  if (items.length === 0) return <>–</>;
  return (
    <ul class="govuk-list">
      {items.map(({ href, text }) => (
        <li>
          <a href={href}>{text}</a>
        </li>
      ))}
    </ul>
  );
};

const itemsOf = (
  t: Translator,
  { id, stage }: Pick<Round, 'id' | 'stage'>,
  { owed, voteAwaited, ballotAwaited }: Waiting,
): { href: string; text: string }[] => {
  const [page, key] = workIn(t, { id, stage });
  const all: { waits: boolean; href: string; text: string }[] = [
    { waits: owed > 0, href: page, text: t(key, { count: owed }) },
    { waits: voteAwaited, href: paths.committee(t.locale, id), text: t('committee.waits.vote') },
    { waits: ballotAwaited, href: paths.ballots(t.locale, id), text: t('committee.waits.ballot') },
  ];
  return all.filter(({ waits }) => waits);
};

/** The page of the work of a stage, and how much of it waits. */
const workIn = (t: Translator, { id, stage }: Pick<Round, 'id' | 'stage'>): [string, MessageKey] => {
  switch (stage) {
    case 'screening':
      return [paths.screening(t.locale, id), 'committee.waits.judgements'];
    case 'interviews':
      return [paths.interviews(t.locale, id), 'committee.waits.scorecards'];
    case 'claims':
    case 'offers':
      return [owedPaths.all(t.locale, id), 'committee.waits.scorecards'];
    default:
      return [paths.scoring(t.locale, id), 'committee.waits.scores'];
  }
};
