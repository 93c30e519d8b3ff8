import type { Role } from '#shared/domain/role.ts';
import { gatedStages, type Stage } from '#shared/domain/stage.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Which role may do something, and in which stages of the round. */
type Permission = { roles: readonly [Role, ...Role[]]; stages: readonly Stage[] };

const always: readonly Stage[] = ['draft', 'call', ...gatedStages, 'closed', 'cancelled'];
const unfinished: readonly Stage[] = ['draft', 'call', ...gatedStages];
const committee = ['chair', 'secretary', 'member'] as const;
const discussed = ['screening', 'scoring', 'interviews', 'preliminary', 'claims'] as const;
/** Once results were told, and while something can still follow from them: who gets what, or who is asked next. */
const owedIn = ['claims', 'offers'] as const;
/** Where a committee decides on a list that ranks. */
const polled = ['scoring', 'interviews', 'claims'] as const;
const judges = ['chair', 'member'] as const;

/**
 * Who may do what in which stage; everything that is not here is forbidden. Routes take their roles from here, commands
 * their stages, and a test tries every route × role × stage against it. Whose object it is, is asked beyond this: a
 * member must hold a seat on the round's committee and have no conflict, an applicant must own the application.
 */
export const permissions = {
  'round.cancel': { roles: ['administrator'], stages: unfinished },
  /** Holidays and moved days of the region. */
  'calendar.keep': { roles: ['administrator'], stages: always },
  /** That a running round counts by them from now on, instead of by its pinned file. */
  'round.follow-calendar': { roles: ['administrator'], stages: ['call', ...gatedStages] },
  /** Requests of people about their own data, with what they typed; every reading is logged. */
  'data-request.answer': { roles: ['administrator'], stages: always },
  'committee.appoint': { roles: ['administrator'], stages: unfinished },
  'substitute.call': { roles: ['secretary'], stages: gatedStages },
  'committee.read': { roles: ['administrator', ...committee, 'auditor'], stages: always },
  'conflict.declare': { roles: [...committee, 'guest'], stages: gatedStages },
  /** Raters of other regions: inviting them by letter, and ending it. */
  'guest.keep': { roles: ['secretary'], stages: ['screening', 'scoring'] },
  /** Which languages and subjects somebody can score: the own ones, for the secretary everybody's. */
  'competence.tell': { roles: [...committee, 'guest'], stages: ['call', 'screening', 'scoring'] },
  /** The rounds in which somebody is a guest; nothing of them but what they are called. */
  'guest.read': { roles: ['guest'], stages: always },
  /** The own ones, without why; the secretary sees those of everybody. */
  'conflict.read': { roles: committee, stages: [...gatedStages, 'closed'] },
  /** Pins or clears somebody else's; a judge would learn from the grounds who an applicant is. */
  'conflict.rule': { roles: ['secretary'], stages: gatedStages },
  'gate.read': { roles: [...committee, 'administrator', 'auditor'], stages: always },
  'gate.draw-up': { roles: ['secretary', 'chair'], stages: gatedStages },
  /** Letters to members and guests who still owe a judgement, a score, a scorecard, a vote or a ballot. */
  'members.remind': { roles: ['secretary'], stages: gatedStages },
  'gate.vote': { roles: judges, stages: gatedStages },
  /** Moving that the committee decide otherwise than the points propose, where the round file allows it. */
  'gate.depart': { roles: judges, stages: polled },
  'gate.record': { roles: ['secretary'], stages: gatedStages },
  /** Which application a meeting is at, and in which order it goes on. */
  'discussion.read': { roles: committee, stages: discussed },
  /** Opening a meeting and taking its steps: secretary and chair, and whoever replaces the chair, as `discussion-decisions.ts` says. */
  'discussion.lead': { roles: committee, stages: discussed },
  /** Which applications a committee ranks and who has; what it came to once a poll is closed, and nobody's ballot but the own one. */
  'poll.read': {
    roles: [...committee, 'auditor'],
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** Opening, closing and annulling one: as `discussion.lead`. */
  'poll.lead': { roles: committee, stages: polled },
  'poll.cast': { roles: judges, stages: polled },
  /** The chair; at a gate where the chair is recorded as away, who was elected to chair instead. */
  'gate.decide': { roles: judges, stages: gatedStages },
  /** A signed sheet of votes, with names and signatures: for those who sit on the committee. */
  'sheet.open': { roles: committee, stages: [...gatedStages, 'closed', 'cancelled'] },
  /** As `gate.decide`. */
  'advance.undo': { roles: judges, stages: gatedStages },
  /** Only one value is right, so it does not matter who of them brings it. */
  'beacon.record': { roles: ['administrator', ...committee], stages: ['screening', 'scoring'] },
  /** As `gate.decide`; the committee decides on it with the proposal that is drawn up then. */
  'beacon.waive': { roles: judges, stages: ['scoring'] },
  'candidacy.read': { roles: [...committee, 'auditor'], stages: [...gatedStages, 'closed', 'cancelled'] },
  /** The own items and scorecards with their copies: of guests nothing but what they were asked to score, while scoring goes on. */
  'scoring.read': {
    roles: [...committee, 'auditor', 'guest'],
    stages: [...gatedStages, 'closed', 'cancelled'],
  },
  /** What applicants typed, with their names; never in a blind stage, and always logged. */
  'answers.read': { roles: committee, stages: gatedStages },
  'screening.prepare': { roles: ['secretary'], stages: ['screening'] },
  'screening.judge': { roles: judges, stages: ['screening'] },
  /** The secretary, or a member who judges: asks the applicant for more information. */
  'inquiry.make': { roles: committee, stages: ['screening'] },
  'reference.name': { roles: ['applicant'], stages: ['call', 'screening'] },
  'inquiry.answer': { roles: ['applicant'], stages: ['screening'] },
  /** Reads originals, which is logged, and releases copies of them for a blind stage. */
  'redaction.keep': { roles: ['secretary'], stages: ['screening', 'scoring'] },
  'scoring.score': { roles: [...judges, 'guest'], stages: ['scoring'] },
  /** Synthetic applications, before the real ones are scored. */
  'practice.score': { roles: [...judges, 'guest'], stages: ['call', 'screening', 'scoring'] },
  'practice.ask': { roles: ['secretary'], stages: ['call', 'screening', 'scoring'] },
  /** What the own scores say of the one who gave them, also when nothing of them can be changed any more. */
  'feedback.read': {
    roles: [...judges, 'guest'],
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** What is stored of the own scores, to be compared with one's notes. */
  'own-scores.read': {
    roles: [...judges, 'guest'],
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** That one of them is not what was given, once nobody can change it any more. */
  'own-scores.report': {
    roles: [...judges, 'guest'],
    stages: ['interviews', 'preliminary', 'claims', 'offers', 'onboarding'],
  },
  'raters.reassign': { roles: ['secretary'], stages: ['scoring'] },
  /** How raters were drawn: who was given what, by ids, to be solved again. */
  'raters.drawn': {
    roles: ['secretary', 'auditor'],
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** One more rating for whom chance may have put on either side of the line. Not for who votes: they may be the ones who are asked. */
  'raters.further': { roles: ['secretary'], stages: ['scoring'] },
  /** Lists by number as files; who may have which, `functions/commands/lists.ts` says. */
  'lists.export': { roles: [...committee, 'auditor'], stages: [...gatedStages, 'closed'] },
  /** Everybody's cards of scoring or of interviews, by rater and criterion; not while the reader owes one, nor for an auditor while their stage goes on; for the chair then those of own applications. */
  'charts.read': {
    roles: ['chair', 'secretary', 'auditor'],
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** What formulas come to: of what raters gave, where the reader sees it anyway (`formula-values.ts`); not while they owe a score. */
  'formulas.read': {
    roles: [...committee, 'auditor'],
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** Sharing one with the committee, and taking it away. */
  'formulas.keep': {
    roles: committee,
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding'],
  },
  /** Cards of those who judged, with what they say to the committee, by application number; as `charts.read`. */
  'evaluation-sheets.read': {
    roles: ['chair', 'secretary', 'auditor'],
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** Who is marked how is not in it: hashes, totals, who brought and who confirmed. */
  'marks.read': {
    roles: ['administrator', ...committee, 'auditor'],
    stages: [...gatedStages, 'closed', 'cancelled'],
  },
  /** Whoever may vote may not: they would see totals before they score. */
  'marks.import': { roles: ['administrator', 'secretary'], stages: ['scoring'] },
  /** A file that waits for a second person; after scoring it can only correct what was decided (`correction.apply`). */
  'marks.bring': {
    roles: ['administrator', 'secretary'],
    stages: ['scoring', 'interviews', 'preliminary', 'claims', 'offers', 'onboarding'],
  },
  'interview.plan': { roles: ['secretary'], stages: ['interviews'] },
  /** Panels of the stage; once it is over, such as an interview needs that is owed. */
  'panel.compose': { roles: ['secretary'], stages: ['interviews', ...owedIn] },
  'interview.book': { roles: ['applicant'], stages: ['interviews'] },
  /** What is needed at it: also at one that is owed, until it is held. */
  'interview.wish': { roles: ['applicant'], stages: ['interviews', ...owedIn] },
  'interview.score': { roles: judges, stages: ['interviews'] },
  'interview.attend': { roles: ['secretary'], stages: ['interviews'] },
  /** Who is interviewed, by name: the auditor, who reads everything else, does not. */
  'interview.read': { roles: committee, stages: ['interviews', 'preliminary', 'claims'] },
  /** When somebody sits in interviews, by number: for their own calendar. */
  'interview.sittings': { roles: committee, stages: ['interviews', 'preliminary', ...owedIn] },
  /** Interviews that somebody was owed and never got, held once results are known: who, by number, and how far each is. */
  'owed-interview.read': {
    roles: [...committee, 'administrator', 'auditor'],
    stages: [...owedIn, 'onboarding'],
  },
  /** Asking for one, and granting what another person asked for. */
  'owed-interview.grant': { roles: ['chair', 'secretary', 'administrator'], stages: owedIn },
  /** Its time, and that somebody did not come. */
  'owed-interview.plan': { roles: ['secretary'], stages: owedIn },
  /** The interview with the name of the applicant, as `interview.read`. */
  'owed-interview.attend': { roles: committee, stages: owedIn },
  'owed-interview.score': { roles: judges, stages: owedIn },
  'letters.release': { roles: ['secretary', 'administrator'], stages: gatedStages },
  'claim.file': { roles: ['applicant'], stages: ['claims'] },
  /** The own one, until it is decided. */
  'claim.withdraw': { roles: ['applicant'], stages: ['claims'] },
  'claim.read': { roles: committee, stages: ['claims', 'offers', 'onboarding', 'closed'] },
  /** The chair; where the chair has a conflict of interest, a member without one. */
  'claim.decide': { roles: judges, stages: ['claims'] },
  /** Asked for by whoever decides the claim, confirmed by another voter without a conflict of interest, until results are final. */
  'claim.reopen': { roles: judges, stages: ['claims'] },
  'offer.read': { roles: ['administrator', 'auditor'], stages: ['offers', 'onboarding', 'closed'] },
  'offer.release': { roles: ['administrator'], stages: ['offers'] },
  /** What one person proposes another one confirms; the number of posts is no work of the committee. */
  'capacity.change': { roles: ['administrator'], stages: ['offers'] },
  /** As a number of posts: two people, since others wait longer for it. What the committee found is the reason that they give. Once offers
   * have ended it promises the next intake alone. */
  'remedy.decide': { roles: ['administrator'], stages: ['offers', 'onboarding'] },
  'offer.answer': { roles: ['applicant'], stages: ['offers'] },
  /** That the condition of an acceptance is fulfilled: whoever saw the paper. */
  'offer.confirm': { roles: ['administrator'], stages: ['offers'] },
  /** The second chance: who takes part, by number, and what would follow. */
  'exchange.read': {
    roles: ['secretary', 'chair', 'administrator', 'auditor'],
    stages: ['offers', 'onboarding', 'closed'],
  },
  /** Letters to everyone without a post, as with other letters. */
  'exchange.open': { roles: ['secretary', 'administrator'], stages: ['offers'] },
  /** Makes offers, as a release does. */
  'exchange.run': { roles: ['administrator'], stages: ['offers'] },
  'exchange.choose': { roles: ['applicant'], stages: ['offers'] },
  /** Posts and people of other regions: lists that go out and come in, how many are asked; no person. */
  'elsewhere.read': {
    roles: ['secretary', 'chair', 'administrator', 'auditor'],
    stages: ['offers', 'onboarding', 'closed'],
  },
  /** By which key another region signs. */
  'elsewhere.pin': { roles: ['administrator'], stages: ['offers', 'onboarding', 'closed'] },
  /** Tells other regions which posts stay empty. */
  'elsewhere.list': { roles: ['administrator'], stages: ['offers'] },
  /** What one person brings another one confirms; then letters go out. */
  'elsewhere.import': { roles: ['secretary', 'administrator'], stages: ['offers', 'onboarding'] },
  /** What became of who was handed over: the other region decides in its own time, also when this round is closed by then. */
  'elsewhere.outcome': { roles: ['secretary', 'administrator'], stages: ['offers', 'onboarding', 'closed'] },
  /** Gives names and contacts of those who agreed out of the region. */
  'elsewhere.hand': { roles: ['administrator'], stages: ['offers', 'onboarding'] },
  /** People of other regions, by name and contact: for who deals with the own empty posts; every look is logged. */
  'elsewhere.receive': { roles: ['secretary', 'administrator'], stages: ['offers', 'onboarding', 'closed'] },
  /** Decides who of them is asked about which post; their regions and they themselves wait for it, whatever stage this round is in. */
  'elsewhere.give': { roles: ['administrator'], stages: ['offers', 'onboarding', 'closed'] },
  'elsewhere.choose': { roles: ['applicant'], stages: ['offers', 'onboarding'] },
  'placement.read': {
    roles: ['applicant', 'school', 'administrator', 'auditor'],
    stages: ['offers', 'onboarding', 'closed', 'cancelled'],
  },
  'placement.tick': { roles: ['applicant', 'school', 'administrator'], stages: ['offers', 'onboarding'] },
  'deferral.ask': { roles: ['applicant'], stages: ['offers', 'onboarding'] },
  'deferral.decide': { roles: ['administrator'], stages: ['offers', 'onboarding'] },
  /** The post goes to the next person, which only offers can do. */
  'deferral.release': { roles: ['administrator'], stages: ['offers'] },
  'placement.assign': { roles: ['administrator'], stages: ['offers', 'onboarding'] },
  /** They name the committee, as its pages do for the auditor too; applicants stand in them by number. */
  'minutes.read': { roles: ['administrator', ...committee, 'auditor'], stages: ['closed'] },
  'round.watch': { roles: ['administrator', ...committee, 'auditor'], stages: always },
  /** The round as it stood at any moment: its lists by number and what has changed since; offers for those who may read them. */
  'round.replay': {
    roles: ['chair', 'secretary', 'auditor'],
    stages: [...gatedStages, 'closed', 'cancelled'],
  },
  /** Its pages as they were at a moment: each for who could open it then, and who may still see what is on it. */
  'replay.read': {
    roles: ['administrator', 'chair', 'secretary', 'auditor'],
    stages: [...gatedStages, 'closed', 'cancelled'],
  },
  /** What a correction would change, and for whom, before anybody is told; nothing is stored. */
  'correction.try': {
    roles: ['chair', 'secretary', 'auditor'],
    stages: ['interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** Asking that what was tried be corrected, and applying what another person asked for. */
  'correction.apply': {
    roles: ['chair', 'secretary', 'administrator'],
    stages: ['interviews', 'preliminary', 'claims', 'offers', 'onboarding'],
  },
  'correction.read': {
    roles: ['chair', 'secretary', 'administrator', 'auditor'],
    stages: ['interviews', 'preliminary', 'claims', 'offers', 'onboarding', 'closed'],
  },
  /** What of a round will be erased when, in numbers; what is held, by application number. */
  'retention.read': { roles: ['administrator', 'chair', 'secretary', 'auditor'], stages: always },
  /** Keeping an application beyond its time for a dispute, a court or an audit, and lifting that. */
  'retention.hold': { roles: ['administrator'], stages: always },
  /** Dwellings and places that are needed, by district; without small numbers. Once the call has closed. */
  'household.count': { roles: ['administrator', 'secretary'], stages: [...gatedStages, 'closed'] },
  /** Answers about equality, counted; never by person, and not by anybody who sits on the committee of the round. */
  'equality.count': { roles: ['administrator'], stages: [...gatedStages, 'closed'] },
  /** Figures over all rounds, nothing of a person. */
  'report.read': { roles: ['administrator', 'auditor', 'coordinator'], stages: always },
  /** For people without a mailbox, whom the desk entered; what may be done for them, the round decides as for anybody. */
  'desk.assist': { roles: ['desk'], stages: always },
  'reads.read': { roles: ['auditor'], stages: always },
  /** When all records were checked last, and what was found; no name, no text. */
  'checks.read': { roles: ['administrator', 'auditor'], stages: always },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof permissions;

/** The roles of an action, as a route table wants them. */
export const rolesFor = (action: Action): readonly [Role, ...Role[]] => permissions[action].roles;

/** Whether a role may do this in the stage that the round is in, and if not, why. */
export const permit = (action: Action, role: Role, stage: Stage): Result<void, Refusal> => {
  const { roles, stages }: Permission = permissions[action];
  if (!roles.includes(role)) return refuse({ kind: 'not-allowed' });
  return stages.includes(stage) ? ok(undefined) : refuse({ kind: 'wrong-stage', stage });
};
