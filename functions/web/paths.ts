import type { FiguresKind } from '#shared/domain/round.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { resultPaths } from './calls/paths.ts';
import { correctionPaths } from './corrections/paths.ts';
import { elsewherePaths } from './elsewhere/paths.ts';
import { formulaPaths } from './formulas/paths.ts';
import { guestPaths } from './guests/paths.ts';
import { pollPaths } from './polls/paths.ts';
import { redactionPaths } from './redaction/paths.ts';

const call = (locale: Locale, roundId: string): string => `/${locale}/calls/${roundId}`;
const application = (locale: Locale, id: string): string => `/${locale}/applications/${id}`;
const managed = (locale: Locale, roundId: string): string => `/${locale}/manage/rounds/${roundId}`;

const committee = (locale: Locale, roundId: string): string => `/${locale}/committee/rounds/${roundId}`;

const deskPerson = (locale: Locale, person: string): string => `/${locale}/desk/people/${person}`;

/** The own data, or those of somebody for whom the desk acts. */
const data = (locale: Locale, person?: string): string =>
  person === undefined ? `/${locale}/account/data` : `${deskPerson(locale, person)}/data`;

/** Every address of the pages, built in one place. */
export const paths = {
  home: (locale: Locale) => `/${locale}/`,
  programme: (locale: Locale) => `/${locale}/programme`,
  privacy: (locale: Locale) => `/${locale}/personal-data`,
  problem: (locale: Locale, kind: string) => `/${locale}/problems/${kind}`,

  calls: (locale: Locale) => `/${locale}/calls`,
  call,
  deciding: (locale: Locale, roundId: string) => `${call(locale, roundId)}/rules`,
  vacancies: (locale: Locale, roundId: string) => `${call(locale, roundId)}/vacancies`,
  vacancy: (locale: Locale, roundId: string, code: string) => `${call(locale, roundId)}/vacancies/${code}`,
  everyVacancy: (locale: Locale) => `/${locale}/vacancies`,
  deadlines: (locale: Locale, roundId: string) => `${call(locale, roundId)}/deadlines.ics`,
  results: (locale: Locale, roundId: string) => `${call(locale, roundId)}/results`,
  apply: (locale: Locale, roundId: string) => `${call(locale, roundId)}/apply`,

  applications: (locale: Locale) => `/${locale}/applications`,
  application,
  section: (locale: Locale, id: string, section: string) => `${application(locale, id)}/sections/${section}`,
  documents: (locale: Locale, id: string) => `${application(locale, id)}/documents`,
  upload: (locale: Locale, id: string, kind: string) => `${application(locale, id)}/documents/${kind}`,
  ownFile: (locale: Locale, id: string, document: string) => `${application(locale, id)}/files/${document}`,
  slices: (locale: Locale, id: string, document: string) =>
    `${application(locale, id)}/files/${document}/slices`,
  wholeFile: (locale: Locale, id: string, document: string) =>
    `${application(locale, id)}/files/${document}/whole`,
  choices: (locale: Locale, id: string) => `${application(locale, id)}/choices`,
  check: (locale: Locale, id: string) => `${application(locale, id)}/check`,
  submit: (locale: Locale, id: string) => `${application(locale, id)}/submit`,
  amend: (locale: Locale, id: string) => `${application(locale, id)}/amendment`,
  giveUpAmending: (locale: Locale, id: string) => `${application(locale, id)}/amendment/end`,
  receipt: (locale: Locale, id: string) => `${application(locale, id)}/receipt`,
  receiptFile: (locale: Locale, id: string) => `${application(locale, id)}/receipt.json`,
  receiptPaper: (locale: Locale, id: string) => `${application(locale, id)}/receipt.pdf`,
  withdraw: (locale: Locale, id: string) => `${application(locale, id)}/withdraw`,

  references: (locale: Locale, id: string) => `${application(locale, id)}/references`,
  referee: (locale: Locale, id: string, slot: number) => `${application(locale, id)}/references/${slot}`,
  askReferee: (locale: Locale, id: string, slot: number) =>
    `${application(locale, id)}/references/${slot}/letter`,
  inquiry: (locale: Locale, id: string, inquiry: string) => `${application(locale, id)}/inquiries/${inquiry}`,
  inquiryUpload: (locale: Locale, id: string, inquiry: string) =>
    `${application(locale, id)}/inquiries/${inquiry}/files`,
  inquiryRemoval: (locale: Locale, id: string, inquiry: string) =>
    `${application(locale, id)}/inquiries/${inquiry}/removal`,

  interview: (locale: Locale, id: string) => `${application(locale, id)}/interview`,
  interviewFile: (locale: Locale, id: string) => `${application(locale, id)}/interview.ics`,
  interviewWishes: (locale: Locale, id: string) => `${application(locale, id)}/interview/wishes`,
  cancelInterview: (locale: Locale, id: string) => `${application(locale, id)}/interview/cancellation`,
  result: (locale: Locale, id: string) => `${application(locale, id)}/result`,
  claim: (locale: Locale, id: string) => `${application(locale, id)}/claim`,
  offer: (locale: Locale, id: string, offer: string) => `${application(locale, id)}/offers/${offer}`,
  acceptOffer: (locale: Locale, id: string, offer: string) =>
    `${application(locale, id)}/offers/${offer}/acceptance`,
  acceptConditionally: (locale: Locale, id: string, offer: string) =>
    `${application(locale, id)}/offers/${offer}/conditional-acceptance`,
  conditionMet: (locale: Locale, roundId: string, id: string, offer: string) =>
    `${managed(locale, roundId)}/offers/${id}/${offer}/condition`,
  declineOffer: (locale: Locale, id: string, offer: string) =>
    `${application(locale, id)}/offers/${offer}/refusal`,
  waiting: (locale: Locale, id: string) => `${application(locale, id)}/waiting`,
  ownExchange: (locale: Locale, id: string) => `${application(locale, id)}/exchange`,
  ownExchangeChoices: (locale: Locale, id: string) => `${application(locale, id)}/exchange/choices`,
  leaveExchange: (locale: Locale, id: string) => `${application(locale, id)}/exchange/withdrawal`,
  placement: (locale: Locale, id: string) => `${application(locale, id)}/placement`,
  offers: (locale: Locale, roundId: string, part?: number) =>
    `${managed(locale, roundId)}/offers${part === undefined ? '' : `?part=${part}`}`,
  stopOffers: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/offers/stop`,
  capacities: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/capacities`,
  remedies: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/remedies`,
  capacityAnswer: (locale: Locale, roundId: string, change: number, what: 'confirmation' | 'refusal') =>
    `${managed(locale, roundId)}/capacities/${change}/${what}`,
  placements: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/placements`,
  school: (locale: Locale) => `/${locale}/school`,

  report: (locale: Locale, half?: string) => `/${locale}/report${half === undefined ? '' : `?half=${half}`}`,
  reportFile: (locale: Locale, half: string) => `/${locale}/report.csv?half=${half}`,
  manage: (locale: Locale) => `/${locale}/manage`,
  newRound: (locale: Locale) => `/${locale}/manage/rounds`,
  managed,
  roundFile: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/round-file`,
  register: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/vacancies`,
  preview: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/preview`,
  previewVacancies: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/preview/vacancies`,
  open: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/open`,
  extend: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/deadline`,
  cancel: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/cancel`,

  calendar: (locale: Locale) => `/${locale}/manage/calendar`,
  enforceCalendar: (locale: Locale) => `/${locale}/manage/calendar/force`,
  followCalendar: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/calendar`,

  seats: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/committee`,
  askPractice: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/committee/practice`,
  dismiss: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/committee/dismissal`,

  marks: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/marks`,
  marksList: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/marks/list.csv`,
  marksFile: (locale: Locale, roundId: string, number: number) =>
    `${managed(locale, roundId)}/marks/files/${number}`,
  confirmMarks: (locale: Locale, roundId: string, number: number) =>
    `${managed(locale, roundId)}/marks/files/${number}/confirmation`,
  refuseMarks: (locale: Locale, roundId: string, number: number) =>
    `${managed(locale, roundId)}/marks/files/${number}/refusal`,
  marksUndoing: (
    locale: Locale,
    roundId: string,
    number: number,
    answer?: 'confirmation' | 'refusal' | 'withdrawal',
  ) => `${managed(locale, roundId)}/marks/files/${number}/undoing${answer ? `/${answer}` : ''}`,
  ...correctionPaths,
  ...resultPaths,
  exchange: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/exchange`,
  runExchange: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/exchange/run`,
  ...elsewherePaths,
  letters: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/letters`,
  papers: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/papers`,
  paper: (locale: Locale, roundId: string, file: string) => `${managed(locale, roundId)}/papers/${file}`,
  figures: (locale: Locale, roundId: string, kind: FiguresKind) => `${managed(locale, roundId)}/${kind}`,
  figuresFile: (locale: Locale, roundId: string, kind: FiguresKind, type: 'csv' | 'xlsx') =>
    `${managed(locale, roundId)}/${kind}/figures.${type}`,
  retention: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/retention`,
  liftHold: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/retention/lifted`,
  roundHistory: (locale: Locale, roundId: string) => `${managed(locale, roundId)}/history`,

  committees: (locale: Locale) => `/${locale}/committee`,
  committee,
  ...guestPaths,
  ...redactionPaths,
  charts: (locale: Locale, roundId: string, of = '') => `${committee(locale, roundId)}/charts${of}`,
  ...pollPaths,
  ...formulaPaths,
  list: (locale: Locale, roundId: string, file: `${string}.csv` | `${string}.xlsx`) =>
    `${committee(locale, roundId)}/lists/${file}`,
  proposal: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/proposal`,
  takeBack: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/proposal/withdrawal`,
  vote: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/vote`,
  meeting: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/meeting`,
  scan: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/scan`,
  paperVotes: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/paper-votes`,
  beacon: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/beacon`,
  waiveBeacon: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/beacon/waiver`,
  advance: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/advance`,
  undo: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/undo`,
  substitute: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/substitute`,
  screening: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/screening`,
  prepareScreening: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/screening`,
  candidate: (locale: Locale, roundId: string, id: string) => `${committee(locale, roundId)}/screening/${id}`,
  judgement: (locale: Locale, roundId: string, id: string) => `${committee(locale, roundId)}/screening/${id}`,
  confirmJudgement: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/screening/${id}/confirmation`,
  answers: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/screening/${id}/answers`,
  candidateFile: (locale: Locale, roundId: string, id: string, document: string) =>
    `${committee(locale, roundId)}/screening/${id}/files/${document}`,
  sheet: (locale: Locale, roundId: string, scan: string) => `${committee(locale, roundId)}/sheets/${scan}`,
  ask: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/screening/${id}/inquiries`,
  takeQuestionBack: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/screening/${id}/inquiries/withdrawal`,
  timeline: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/screening/${id}/timeline`,
  conflict: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/screening/${id}/conflict`,
  competences: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/competences`,
  competence: (locale: Locale, roundId: string, person: string) =>
    `${committee(locale, roundId)}/competences/${person}`,
  conflicts: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/conflicts`,
  conflictsWith: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/conflicts/${id}`,
  disclosure: (locale: Locale) => `/${locale}/committee/disclosure`,
  removeDisclosure: (locale: Locale) => `/${locale}/committee/disclosure/removal`,
  practice: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/practice`,
  /** What is a rater's own of a round: `feedback`, `own-scores` and its files. */
  ownWork: (locale: Locale, roundId: string, page: string) => `${committee(locale, roundId)}/${page}`,
  practiceText: (locale: Locale, roundId: string, text: string) =>
    `${committee(locale, roundId)}/practice/${text}`,
  scoring: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/scoring`,
  raterDrawing: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/raters/drawing.json`,
  discussion: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/discussion`,
  discussionSteps: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/discussion/steps`,
  nearLine: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/near-line`,
  reminders: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/reminders`,
  scorecard: (locale: Locale, roundId: string, id: string) => `${committee(locale, roundId)}/scoring/${id}`,
  scoreVersions: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/scoring/${id}/versions`,
  sheets: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/evaluation-sheets`,
  evaluationSheets: (locale: Locale, roundId: string, file: `${number}-${Locale}.pdf`) =>
    `${committee(locale, roundId)}/evaluation-sheets/${file}`,
  evaluationSheet: (locale: Locale, roundId: string, id: string, language: Locale) =>
    `${committee(locale, roundId)}/scoring/${id}/evaluation-sheet/${language}.pdf`,
  declineScore: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/scoring/${id}/declining`,
  releasedFile: (locale: Locale, roundId: string, id: string, document: string) =>
    `${committee(locale, roundId)}/scoring/${id}/copies/${document}`,
  audit: (locale: Locale) => `/${locale}/audit`,

  interviews: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/interviews`,
  timetable: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/interviews/timetable`,
  panels: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/interviews/panels`,
  panel: (locale: Locale, roundId: string, panel: string) =>
    `${committee(locale, roundId)}/interviews/panels/${panel}`,
  removeSlot: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/interviews/removal`,
  callOff: (locale: Locale, roundId: string, slot: string) =>
    `${committee(locale, roundId)}/interviews/slots/${slot}`,
  interviewed: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/interviews/${id}`,
  stationMove: (locale: Locale, roundId: string, id: string, station: string) =>
    `${committee(locale, roundId)}/interviews/${id}/stations/${encodeURIComponent(station)}`,
  attendance: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/interviews/${id}/attendance`,
  interviewNote: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/interviews/${id}/note`,
  claims: (locale: Locale, roundId: string) => `${committee(locale, roundId)}/claims`,
  committeeClaim: (locale: Locale, roundId: string, id: string) =>
    `${committee(locale, roundId)}/claims/${id}`,

  desk: (locale: Locale) => `/${locale}/desk`,
  deskPerson,
  sameIin: (locale: Locale) => `/${locale}/desk/same-iin`,
  deskBeginning: (locale: Locale, person: string) => `${deskPerson(locale, person)}/applications`,
  deskMailbox: (locale: Locale, person: string) => `${deskPerson(locale, person)}/mailbox`,
  deskMailboxCode: (locale: Locale, person: string) => `${deskPerson(locale, person)}/mailbox/code`,
  deskLetter: (locale: Locale, person: string, letter: number) =>
    `${deskPerson(locale, person)}/letters/${letter}`,

  reference: (locale: Locale) => `/${locale}/reference`,
  referenceForm: (locale: Locale) => `/${locale}/reference/form`,
  declineReference: (locale: Locale) => `/${locale}/reference/refusal`,

  signIn: (locale: Locale) => `/${locale}/sign-in`,
  signOut: (locale: Locale) => `/${locale}/sign-out`,
  account: (locale: Locale) => `/${locale}/account`,
  data,
  dataFile: (locale: Locale, person?: string) => `${data(locale, person)}/export.json`,
  dataPaper: (locale: Locale, person?: string) => `${data(locale, person)}/export.pdf`,
  askCorrection: (locale: Locale, id: string, person?: string) => `${data(locale, person)}/correction/${id}`,
  withdrawConsent: (locale: Locale, id: string, person?: string) => `${data(locale, person)}/consent/${id}`,
  askErasure: (locale: Locale, person?: string) => `${data(locale, person)}/erasure`,
  requestPaper: (locale: Locale, person: string, request: string) =>
    `${data(locale, person)}/requests/${request}/paper`,
  dataRequests: (locale: Locale) => `/${locale}/manage/data-requests`,
  dataRequest: (locale: Locale, id: string) => `/${locale}/manage/data-requests/${id}`,
  signedPaper: (locale: Locale, id: string, paper: string) =>
    `/${locale}/manage/data-requests/${id}/papers/${paper}`,
  staff: (locale: Locale) => `/${locale}/staff`,
} as const;
