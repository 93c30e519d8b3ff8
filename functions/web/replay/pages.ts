import type { Route } from '#functions/http/authorize.ts';
import { type Action, permit, rolesFor } from '#shared/domain/permission.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Locale, MessageKey } from '#shared/i18n/index.ts';
import { showResults } from '../calls/results.tsx';
import { showVacancies } from '../calls/routes.tsx';
import { showClaim, showClaims } from '../committee/claims.tsx';
import { showInterviews } from '../committee/interviews.tsx';
import { showPanels } from '../committee/panels.tsx';
import { showGate } from '../committee/round.tsx';
import type { WebDeps } from '../deps.ts';
import { showBoard } from '../offers/board.tsx';
import { showCapacities } from '../offers/capacities.tsx';
import { paths } from '../paths.ts';
import { showScoring } from '../scoring/list.tsx';
import { showCandidate } from '../screening/candidate.tsx';
import { showScreening } from '../screening/list.tsx';
import { showTimeline } from '../screening/timeline.tsx';

/** A page of a round that can be looked at as it was. */
export type PastPage = {
  /** Where it stands today, and what follows the round in its address there as under a moment. */
  area: 'committee/rounds' | 'manage/rounds' | 'calls';
  tail: string;
  /** What it takes to read it; undefined where anybody may. */
  does?: Action;
  /** Of those that are linked from each other. */
  title?: MessageKey;
  show: (deps: WebDeps) => Route['handle'];
};

export const pastPages: readonly PastPage[] = [
  { area: 'committee/rounds', tail: '', does: 'gate.read', title: 'replay.page.gate', show: showGate },
  {
    area: 'committee/rounds',
    tail: '/screening',
    does: 'candidacy.read',
    title: 'screening.title',
    show: showScreening,
  },
  { area: 'committee/rounds', tail: '/screening/:application', does: 'candidacy.read', show: showCandidate },
  {
    area: 'committee/rounds',
    tail: '/screening/:application/timeline',
    does: 'candidacy.read',
    show: showTimeline,
  },
  {
    area: 'committee/rounds',
    tail: '/scoring',
    does: 'scoring.read',
    title: 'replay.page.scoring',
    show: showScoring,
  },
  {
    area: 'committee/rounds',
    tail: '/interviews',
    does: 'candidacy.read',
    title: 'interview.title',
    show: showInterviews,
  },
  {
    area: 'committee/rounds',
    tail: '/interviews/panels',
    does: 'panel.compose',
    title: 'panel.title',
    show: showPanels,
  },
  {
    area: 'committee/rounds',
    tail: '/claims',
    does: 'claim.read',
    title: 'results.claims',
    show: showClaims,
  },
  { area: 'committee/rounds', tail: '/claims/:claim', does: 'claim.read', show: showClaim },
  { area: 'manage/rounds', tail: '/offers', does: 'offer.read', title: 'offer.board.title', show: showBoard },
  {
    area: 'manage/rounds',
    tail: '/capacities',
    does: 'offer.read',
    title: 'capacity.title',
    show: showCapacities,
  },
  { area: 'calls', tail: '/results', title: 'replay.page.results', show: showResults },
  { area: 'calls', tail: '/vacancies', title: 'call.vacancies', show: showVacancies },
];

/** Pages that somebody could open then, to lead from one to another. */
export const pagesOpen = (role: Role, stage: Stage): PastPage[] =>
  pastPages.filter(
    ({ title, does }) =>
      title && (does ? permit(does, role, stage).ok : rolesFor('replay.read').includes(role)),
  );

/** Where a link of today leads at a moment: to the same page as it was. Another site, and this very page, stay what they are. */
export const leadsAt =
  (locale: Locale, roundId: string, until: Instant) =>
  (href: string): string | undefined => {
    if (/^(https?:|mailto:|[#?])/.test(href)) return href;
    const [, area, id, tail = '', rest = ''] =
      /^\/\w\w\/(committee\/rounds|manage\/rounds|calls)\/(\w+)([^?#]*)(.*)$/.exec(href) ?? [];
    const isPage = pastPages.some((page) => page.area === area && patternOf(page.tail).test(tail));
    return id === roundId && isPage ? paths.past(locale, roundId, until, tail) + rest : undefined;
  };

const patternOf = (tail: string): RegExp => new RegExp(`^${tail.replaceAll(/:\w+/g, '[^/]+')}$`);
