import type { InterviewsView } from '#functions/commands/interview-view.ts';
import { hasOwnAlone } from '#functions/commands/score-reach.ts';
import { permit } from '#shared/domain/permission.ts';
import { ListLinks } from '../lists/links.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

/** To what was given, for who may read it, once there is a scorecard. */
export const CardsGiven = ({ view, plan }: { view: View; plan: InterviewsView }) => {
  const { t } = view;
  const { round, by } = plan.place;
  const { stage } = round.state;
  const isGiven = plan.slots.some(({ line }) => line && line.given > 0);
  if (!isGiven || !permit('charts.read', by.role, stage).ok) return null;
  return (
    <>
      <p class="screen-only">
        <a href={paths.charts(t.locale, round.id, '?part=interviews')}>{t('charts.title')}</a>
      </p>
      <ListLinks
        view={view}
        roundId={round.id}
        name="scores"
        part="interviews"
        isOwn={hasOwnAlone(by.role, stage, 'interviews')}
      />
    </>
  );
};
