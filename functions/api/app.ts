import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { amendmentOperations } from '#functions/api/amendments.ts';
import { applicationOperations } from '#functions/api/applications.ts';
import { beaconOperations } from '#functions/api/beacon.ts';
import { bookingOperations } from '#functions/api/bookings.ts';
import { calendarOperations } from '#functions/api/calendars.ts';
import { callOperations } from '#functions/api/calls.ts';
import { capacityOperations } from '#functions/api/capacities.ts';
import { chartOperations } from '#functions/api/charts.ts';
import { checkOperations } from '#functions/api/checks.ts';
import { claimDecisionOperations } from '#functions/api/claim-decisions.ts';
import { claimReopeningOperations } from '#functions/api/claim-reopening.ts';
import { claimOperations } from '#functions/api/claims.ts';
import { committeeOperations } from '#functions/api/committees.ts';
import { competenceOperations } from '#functions/api/competences.ts';
import { conflictOperations } from '#functions/api/conflicts.ts';
import { correctionOperations } from '#functions/api/corrections.ts';
import { dataRequestOperations } from '#functions/api/data-requests.ts';
import { deferralOperations } from '#functions/api/deferrals.ts';
import { departureOperations } from '#functions/api/departures.ts';
import { deskOperations } from '#functions/api/desk.ts';
import { deskLetterOperations } from '#functions/api/desk-letters.ts';
import { discussionOperations } from '#functions/api/discussions.ts';
import { documentOperations } from '#functions/api/documents.ts';
import { editionDebtOperations } from '#functions/api/edition-debts.ts';
import { elsewhereOperations } from '#functions/api/elsewhere.ts';
import { elsewhereListOperations } from '#functions/api/elsewhere-lists.ts';
import { elsewherePeopleOperations } from '#functions/api/elsewhere-people.ts';
import { evaluationSheetOperations } from '#functions/api/evaluation-sheets.ts';
import { exchangeOperations } from '#functions/api/exchange.ts';
import { figuresOperations } from '#functions/api/figures.ts';
import { formulaOperations } from '#functions/api/formulas.ts';
import { gateOperations } from '#functions/api/gates.ts';
import { guestOperations } from '#functions/api/guests.ts';
import { heldInterviewOperations } from '#functions/api/held-interviews.ts';
import { inquiryOperations } from '#functions/api/inquiries.ts';
import { interviewDayOperations } from '#functions/api/interview-days.ts';
import { interviewOperations } from '#functions/api/interviews.ts';
import { letterOperations } from '#functions/api/letters.ts';
import { listOperations } from '#functions/api/lists.ts';
import { marksOperations } from '#functions/api/marks.ts';
import { marksUndoingOperations } from '#functions/api/marks-undoing.ts';
import { minutesOperations } from '#functions/api/minutes.ts';
import { nearLineOperations } from '#functions/api/near-line.ts';
import { offerOperations } from '#functions/api/offers.ts';
import { openApiOf } from '#functions/api/openapi.ts';
import type { Operation } from '#functions/api/operation.ts';
import { owedInterviewOperations } from '#functions/api/owed-interviews.ts';
import { ownElsewhereOperations } from '#functions/api/own-elsewhere.ts';
import { ownOfferOperations } from '#functions/api/own-offers.ts';
import { panelOperations } from '#functions/api/panels.ts';
import { placementOperations } from '#functions/api/placements.ts';
import { pollOperations } from '#functions/api/polls.ts';
import { practiceOperations } from '#functions/api/practice.ts';
import { redactionOperations } from '#functions/api/redaction.ts';
import { referenceOperations } from '#functions/api/references.ts';
import { remedyOperations } from '#functions/api/remedies.ts';
import { reminderOperations } from '#functions/api/reminders.ts';
import { replayOperations } from '#functions/api/replay.ts';
import { replayedOperations } from '#functions/api/replay-pages.ts';
import { reportOperations } from '#functions/api/reports.ts';
import { requestAnswerOperations } from '#functions/api/request-answers.ts';
import { resultOperations } from '#functions/api/results.ts';
import { retentionOperations } from '#functions/api/retention.ts';
import { roundOperations } from '#functions/api/rounds.ts';
import { scoringOperations } from '#functions/api/scoring.ts';
import { screeningOperations } from '#functions/api/selection.ts';
import { signInOperations } from '#functions/api/sign-in.ts';
import { timelineOperations } from '#functions/api/timelines.ts';
import { timetableOperations } from '#functions/api/timetables.ts';
import { vacancyOperations } from '#functions/api/vacancies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { actAtDesk } from '#functions/http/applicant.ts';
import { registerRoutes } from '#functions/http/authorize.ts';
import { inTime } from '#functions/http/in-time.ts';
import { problem, unexpectedProblem } from '#functions/http/problem.ts';
import { requestIdOf } from '#functions/http/request.ts';
import { limitBodies, sameOriginOnly, securityHeaders } from '#functions/http/security.ts';
import { withSession } from '#functions/http/session.ts';
import { log } from '#functions/log.ts';
import { personalDataJsonSchema } from '#shared/domain/personal-data.ts';
import { roundFileJsonSchema } from '#shared/domain/round-file.ts';

export type ApiDeps = CommandDeps & SignInDeps;

/** Bring a file of up to 4 MB: the round file, the register of vacancies and marks. */
const imports = [/^\/api\/rounds(\/[0-9A-Z]+\/(round-file|vacancies|marks|elsewhere\/(lists|people)))?$/];

/** Every operation of the API: its routes, its guards and its description. Applicants' own act for whom the desk assists, too. */
export const operations = (deps: ApiDeps): Operation[] =>
  all(deps).map((operation) =>
    operation.path.startsWith(ownApplication) ? alsoAtDesk(deps, operation) : operation,
  );

const ownApplication = '/api/applications/:application';

const alsoAtDesk = (deps: ApiDeps, operation: Operation): Operation => ({
  ...operation,
  handle: async (c) => {
    await actAtDesk(c, deps);
    return await operation.handle(c);
  },
});

/** What a committee does where a round waits for its decision. */
const atGates = (deps: ApiDeps): Operation[] => [
  ...gateOperations(deps),
  ...departureOperations(deps),
  ...discussionOperations(deps),
  ...pollOperations(deps),
  ...beaconOperations(deps),
];

const all = (deps: ApiDeps): Operation[] => [
  ...signInOperations(deps),
  ...callOperations(deps),
  ...vacancyOperations(deps),
  ...applicationOperations(deps),
  ...amendmentOperations(deps),
  ...inquiryOperations(deps),
  ...referenceOperations(deps),
  ...documentOperations(deps),
  ...roundOperations(deps),
  ...interviewOperations(deps),
  ...heldInterviewOperations(deps),
  ...panelOperations(deps),
  ...timetableOperations(deps),
  ...interviewDayOperations(deps),
  ...bookingOperations(deps),
  ...resultOperations(deps),
  ...claimOperations(deps),
  ...claimDecisionOperations(deps),
  ...claimReopeningOperations(deps),
  ...committeeOperations(deps),
  ...atGates(deps),
  ...letterOperations(deps),
  ...minutesOperations(deps),
  ...reportOperations(deps),
  ...figuresOperations(deps),
  ...calendarOperations(deps),
  ...dataRequestOperations(deps),
  ...requestAnswerOperations(deps),
  ...deskOperations(deps),
  ...deskLetterOperations(deps),
  ...screeningOperations(deps),
  ...conflictOperations(deps),
  ...scoringOperations(deps),
  ...evaluationSheetOperations(deps),
  ...nearLineOperations(deps),
  ...chartOperations(deps),
  ...listOperations(deps),
  ...formulaOperations(deps),
  ...practiceOperations(deps),
  ...redactionOperations(deps),
  ...guestOperations(deps),
  ...competenceOperations(deps),
  ...marksOperations(deps),
  ...marksUndoingOperations(deps),
  ...correctionOperations(deps),
  ...owedInterviewOperations(deps),
  ...onceResultsAreFinal(deps),
  ...placementOperations(deps),
  ...retentionOperations(deps),
  ...checkOperations(deps),
  ...timelineOperations(deps),
  ...replayOperations(deps),
  ...replayedOperations(deps),
];

/** Offers, and what goes on beside them. */
const onceResultsAreFinal = (deps: ApiDeps): Operation[] => [
  ...offerOperations(deps),
  ...ownOfferOperations(deps),
  ...capacityOperations(deps),
  ...remedyOperations(deps),
  ...reminderOperations(deps),
  ...editionDebtOperations(deps),
  ...deferralOperations(deps),
  ...exchangeOperations(deps),
  ...elsewhereOperations(deps),
  ...elsewhereListOperations(deps),
  ...elsewherePeopleOperations(deps),
  ...ownElsewhereOperations(deps),
];

/** The JSON API, ready to answer; what runs it (Lambda, a test) is elsewhere. */
export const createApi = (deps: ApiDeps): Hono => {
  const app = new Hono();
  const table = operations(deps);
  const openApi = once(() => openApiOf(table, deps.publicOrigin));
  const personalDataSchema = once(personalDataJsonSchema);
  const roundFileSchema = once(roundFileJsonSchema);
  app.use(
    securityHeaders(deps.publicOrigin),
    inTime(problem),
    limitBodies(problem, imports),
    sameOriginOnly(deps.publicOrigin),
  );
  app.get('/openapi.json', (c) => describedFor(c.json(openApi())));
  app.get('/schemas/personal-data-1.json', (c) => describedFor(c.json(personalDataSchema())));
  app.get('/schemas/round-file-1.json', (c) => describedFor(c.json(roundFileSchema())));
  app.use(withSession(deps));
  registerRoutes(app, table, problem);

  app.notFound((c) => problem(c, { kind: 'not-found', what: 'page' }));
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 403) return problem(c, { kind: 'cross-site' });
    const requestId = requestIdOf(c);
    log.error('REQUEST_FAILED', { requestId, route: c.req.routePath }, error);
    return unexpectedProblem(c, requestId);
  });
  return app;
};

/** Generating a description takes longer than most requests, and it is the same every time. */
const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

/** Descriptions change with a deployment only, and any page may read them. */
const describedFor = (answer: Response): Response => {
  answer.headers.set('cache-control', 'public, max-age=300');
  answer.headers.set('access-control-allow-origin', '*');
  return answer;
};
