import type { Context } from 'hono';
import type { ApiDeps } from '#functions/api/app.ts';
import { capacityOperations } from '#functions/api/capacities.ts';
import { claimOperations } from '#functions/api/claims.ts';
import { gateOperations } from '#functions/api/gates.ts';
import { interviewOperations } from '#functions/api/interviews.ts';
import { listOperations } from '#functions/api/lists.ts';
import { offerOperations } from '#functions/api/offers.ts';
import type { Operation } from '#functions/api/operation.ts';
import { panelOperations } from '#functions/api/panels.ts';
import { resultOperations } from '#functions/api/results.ts';
import { scoringOperations } from '#functions/api/scoring.ts';
import { screeningOperations } from '#functions/api/selection.ts';
import { timelineOperations } from '#functions/api/timelines.ts';
import { vacancyOperations } from '#functions/api/vacancies.ts';
import { type Around, openPast } from '#functions/commands/looking-back.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { problem } from '#functions/http/problem.ts';
import { sessionOf } from '#functions/http/session.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { readInstant } from '#shared/domain/time.ts';

type Source = { make: (deps: ApiDeps) => Operation[]; ids: readonly string[] };

/** What of a round can be asked for as it stood at a moment. */
const sources: readonly Source[] = [
  { make: gateOperations, ids: ['readGate'] },
  { make: screeningOperations, ids: ['listCandidacies', 'readCandidacy'] },
  { make: timelineOperations, ids: ['readTimeline'] },
  { make: scoringOperations, ids: ['readScoring'] },
  { make: listOperations, ids: ['readScoreList', 'readRanking'] },
  { make: interviewOperations, ids: ['listInterviews'] },
  { make: panelOperations, ids: ['listPanels'] },
  { make: claimOperations, ids: ['listClaims'] },
  { make: offerOperations, ids: ['readOfferBoard'] },
  { make: capacityOperations, ids: ['listCapacityChanges'] },
  { make: resultOperations, ids: ['readResults'] },
  { make: vacancyOperations, ids: ['listVacancies'] },
];

/** The same operations as today, each run over the records of a moment: no answer of the past is described twice. */
export const replayedOperations = (deps: ApiDeps): Operation[] =>
  sources.flatMap(({ make, ids }) =>
    make(deps)
      .filter(({ id }) => ids.includes(id))
      .map((live) => replayed(deps, make, live)),
  );

/** Where an operation stands under the moment. */
export const replayedPath = (live: string): string =>
  live.replace(/^\/api\/(?:rounds|calls)\/:round/, '/api/rounds/:round/replay/:until');

const replayed = (deps: ApiDeps, make: Source['make'], live: Operation): Operation => ({
  id: `${live.id}Then`,
  method: 'GET',
  path: replayedPath(live.path),
  who: rolesFor('replay.read'),
  does: 'replay.read',
  summary: `${live.summary} As it stood at a moment of ISO 8601 with its offset, for who could read it then, without what is closed to them by now. \`Link\` names the moments before and after it at which something of this changed.`,
  ...(live.query && { query: live.query }),
  answer: live.answer,
  refusals: [...new Set([...live.refusals, ...looking])],
  handle: async (c) => {
    const roundId = RoundId.safeParse(c.req.param('round')).data;
    if (!roundId) return problem(c, { kind: 'not-found', what: 'round' });
    const until = readInstant(c.req.param('until') ?? '');
    const by = requireActor(c, rolesFor('replay.read'));
    const past = await openPast(deps, { by, roundId, until });
    if (!past.ok) return problem(c, past.error);
    const again = make({ ...deps, ...past.value.reads }).find(({ id }) => id === live.id);
    if (!again || !mayAsk(c, live)) return problem(c, { kind: 'not-allowed' });
    const answer = await again.handle(c);
    const links = linksTo(c, await past.value.around());
    if (links !== '') answer.headers.set('link', links);
    return answer;
  },
});

const looking = ['not-found', 'wrong-stage', 'invalid', 'practice-needed', 'disclosure-needed'] as const;

/** Not everybody who may look back may read everything. */
const mayAsk = (c: Context, { who }: Operation): boolean =>
  typeof who === 'string' || who.some((role) => sessionOf(c)?.roles.includes(role));

const linksTo = (c: Context, { previous, next }: Around): string => {
  const { pathname, search } = new URL(c.req.url);
  const [before = '', , after = ''] = pathname.split(/(?<=\/replay\/)([^/]+)/);
  const link = (moment: string | undefined, rel: string) =>
    moment === undefined ? [] : [`<${before}${moment}${after}${search}>; rel="${rel}"`];
  return [...link(previous, 'prev'), ...link(next, 'next')].join(', ');
};
