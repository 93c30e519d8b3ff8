import * as z from 'zod';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { claimAggregate } from '#shared/domain/claim.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { dataRequestAggregate } from '#shared/domain/data-request.ts';
import { discussionsAggregate } from '#shared/domain/discussion.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { engagedRoundsAggregate } from '#shared/domain/engaged-rounds.ts';
import type { AggregateName } from '#shared/domain/event.ts';
import { formulasAggregate } from '#shared/domain/formula.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { passportAggregate } from '#shared/domain/passport.ts';
import { personAggregate } from '#shared/domain/person.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { pollsAggregate } from '#shared/domain/poll.ts';
import { redactionAggregate } from '#shared/domain/redaction.ts';
import { referencesAggregate } from '#shared/domain/reference.ts';
import { calendarAggregate } from '#shared/domain/region-calendar.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { seatsAggregate } from '#shared/domain/seats.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { staffAggregate } from '#shared/domain/staff.ts';
import type { People, Profile } from '#shared/ports/sign-in.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';

/** True: it is in what a person gets of the own data, or goes with an erasure. A sentence: why it is not. */
export type Fate = { exported: true | string; erased: true | string };

const whole: Fate = { exported: true, erased: true };
const ofTheCommittee =
  'the committee’s own paper about its decision, of which the person is told the outcome';
const ofTheRater = 'what a rater has not given yet counts nowhere and is read by nobody else';
const minutes = 'minutes and votes must show what was decided and why; they are about numbers, not names';
const ofMarks: Fate = { exported: 'about a file of marks, not a person', erased: minutes };
const ofOwnPoints: Fate = { exported: 'about a rater’s own points, not a person', erased: minutes };

const room: Fate = {
  exported: 'a room: the person reads it where the interview is booked',
  erased: 'a room, typed for everybody whose interview is there',
};

/** Who was handed over, in as many documents as hold them. */
const ofAnotherRegion: Fate = {
  exported: 'people of another region, who have no account here: their own region tells what it handed over',
  erased: 'erased for all of them at the moment that they were told',
};

/**
 * Every text that a person types and an event names, as `aggregate/event.place`. The test walks the schemas of all events: a
 * text that is not here fails it.
 */
export const texts: Record<string, Fate> = {
  'elsewhere/elsewhere-people-brought.document': ofAnotherRegion,
  'elsewhere/elsewhere-people-brought.more': ofAnotherRegion,
  'application/section-saved.document': whole,
  'application/application-submitted.form': {
    exported: 'the same answers as in the sections, which are exported',
    erased: true,
  },
  'application/retention-held.reason': {
    exported: 'the staff’s own note; the person is told what it is kept for, and until when',
    erased: true,
  },
  'candidacy/application-judged.reason': { exported: ofTheCommittee, erased: true },
  'candidacy/inquiry-made.question': whole,
  'candidacy/inquiry-saved.draft': whole,
  'candidacy/inquiry-answered.answer': whole,
  'candidacy/interview-booked.replaces.calledOff.reason': {
    exported: 'the text of `interview-cancelled`, which is exported',
    erased: 'the text of `interview-cancelled`, which is erased',
  },
  'candidacy/interview-cancelled.reason': whole,
  'candidacy/rater-declined.reason': { exported: ofTheCommittee, erased: true },
  'candidacy/score-drafted.draft.card': { exported: ofTheRater, erased: true },
  'candidacy/score-given.score.comments.committee': { exported: ofTheCommittee, erased: true },
  'candidacy/score-given.score.comments.applicant': whole,
  'candidacy/scorecard-drafted.draft.card': { exported: ofTheRater, erased: true },
  'candidacy/scorecard-given.score.comments.committee': { exported: ofTheCommittee, erased: true },
  'candidacy/scorecard-given.score.comments.applicant': whole,
  'candidacy/interview-wished.wishes': {
    exported: 'no text but codes and days, which are exported as `wishes`',
    erased: true,
  },
  'candidacy/interview-noted.note.text': { exported: ofTheCommittee, erased: true },
  'owed-interview/owed-interview-asked.reason': { exported: ofTheCommittee, erased: true },
  'owed-interview/owed-interview-refused.reason': { exported: ofTheCommittee, erased: true },
  'owed-interview/owed-interview-cancelled.reason': whole,
  'owed-interview/scorecard-drafted.draft.card': { exported: ofTheRater, erased: true },
  'owed-interview/scorecard-given.score.comments.committee': { exported: ofTheCommittee, erased: true },
  'owed-interview/scorecard-given.score.comments.applicant': whole,
  'owed-interview/interview-noted.note.text': { exported: ofTheCommittee, erased: true },
  'claim/claim-filed.text': whole,
  'claim/claim-rejected.reason': whole,
  'claim/claim-upheld.reason': whole,
  'claim/claim-reopening-asked.reason': whole,
  'claim/claim-reopening-refused.reason': { exported: ofTheCommittee, erased: true },
  'placement/item-undone.reason': { exported: 'about a slip of staff, not the person', erased: true },
  'placement/deferral-refused.reason': {
    exported: 'the answer is told on the page of the post, and by letter that it was given',
    erased: true,
  },
  'round/letters-released.heeded.reason': { exported: 'about a release, not a person', erased: minutes },
  'round/offers-released.heeded.reason': { exported: 'about a release, not a person', erased: minutes },
  'round/offers-stopped.reason': { exported: 'about a release, not a person', erased: minutes },
  'round/capacity-proposed.reason': { exported: 'about a round, not a person', erased: minutes },
  'round/capacity-refused.reason': { exported: 'about a round, not a person', erased: minutes },
  'round/remedy-proposed.reason': {
    exported: 'the staff’s own paper; the person is told by letter what is given',
    erased: minutes,
  },
  'round/remedy-refused.reason': { exported: 'the staff’s own paper about its decision', erased: minutes },
  'references/referee-named.contact': whole,
  'references/referee-corrected.contact': whole,
  'references/reference-saved.draft': {
    exported: 'the referee’s own until it is sent: what is sent is exported where the round shows it',
    erased: true,
  },
  'references/reference-given.answer': whole,
  'data-request/data-request-filed.text': whole,
  'data-request/data-request-answered.text': whole,
  'gate/vote-cast.vote.reason': { exported: ofTheCommittee, erased: minutes },
  'gate/departure-moved.motion.reason': { exported: ofTheCommittee, erased: minutes },
  'gate/meeting-recorded.meeting.reason': { exported: ofTheCommittee, erased: minutes },
  'gate/chair-absent.reason': { exported: ofTheCommittee, erased: minutes },
  'discussions/discussion-opened.despite.reason': { exported: ofTheCommittee, erased: minutes },
  'discussions/item-allowed.despite.reason': { exported: ofTheCommittee, erased: minutes },
  'discussions/item-taken-up.despite.reason': { exported: ofTheCommittee, erased: minutes },
  'polls/poll-annulled.reason': { exported: ofTheCommittee, erased: minutes },
  'committee/conflict-ruled.reason': { exported: ofTheCommittee, erased: minutes },
  'committee/conflict-ruling-undone.reason': { exported: ofTheCommittee, erased: minutes },
  'round/advance-undone.reason': { exported: 'about a round, not a person', erased: minutes },
  'round/beacon-waived.reason': { exported: 'about a round, not a person', erased: minutes },
  'round/round-cancelled.reason': { exported: 'about a round, and public', erased: minutes },
  'committee/guest-invited.contact': {
    exported: 'how a colleague was reached; what they have of their own is their account, which is exported',
    erased: 'how a colleague of another region was reached is part of the committee’s own papers',
  },
  'marks/marks-confirmed.reason': ofMarks,
  'marks/marks-refused.reason': ofMarks,
  'marks/marks-undoing-asked.reason': ofMarks,
  'marks/marks-undoing-refused.reason': ofMarks,
  'marks/marks-undone.reason': ofMarks,
  'corrections/correction-asked.reason': { exported: 'about results, not a person', erased: minutes },
  'corrections/correction-refused.reason': { exported: 'about results, not a person', erased: minutes },
  'formulas/formula-saved.document': {
    exported: 'a name and a rule of arithmetic over criteria, not about a person',
    erased: minutes,
  },
  'corrections/score-reported.reason': ofOwnPoints,
  'corrections/score-report-closed.reason': ofOwnPoints,
  'redaction/text-released.copy': {
    exported: 'made from the own texts, which are exported',
    erased: true,
  },
  'redaction/copy-withheld.reason': { exported: ofTheCommittee, erased: true },
  'slot/slot-planned.place': room,
  'slot/slot-planned.stations.place': room,
  'slot/slot-station-moved.station.place': room,
  'panels/panel-composed.place': room,
  'panels/panel-changed.place': room,
  'panels/committee-sits.place': room,
  'panels/committee-rises.place': room,
};

const noPerson = 'ids and codes of staff in their office; nothing of an applicant';
const numbers = 'ids, codes and numbers, which stay so that results and chains can be checked';

/** What of each kind of record a person gets, beside the texts, and what an erasure leaves of it. */
export const kinds: Record<AggregateName, Fate & { event: z.ZodType }> = {
  application: { event: applicationAggregate.event, exported: true, erased: numbers },
  candidacy: {
    event: candidacyAggregate.event,
    exported: 'raters’ points are told as results; the steps are exported',
    erased: numbers,
  },
  'owed-interview': {
    event: owedInterviewAggregate.event,
    exported: 'points are told as results; its time is told as a step, which is exported',
    erased: numbers,
  },
  claim: { event: claimAggregate.event, exported: true, erased: numbers },
  placement: {
    event: placementAggregate.event,
    exported: 'told as steps, which are exported',
    erased: numbers,
  },
  references: { event: referencesAggregate.event, exported: true, erased: numbers },
  redaction: {
    event: redactionAggregate.event,
    exported: 'which texts and files were copied for raters; the originals are exported',
    erased: numbers,
  },
  'data-request': { event: dataRequestAggregate.event, exported: true, erased: numbers },
  person: { event: personAggregate.event, exported: true, erased: numbers },
  slot: { event: slotAggregate.event, exported: 'told as a step, which is exported', erased: numbers },
  gate: { event: gateAggregate.event, exported: ofTheCommittee, erased: minutes },
  marks: { event: marksAggregate.event, exported: 'points by number, told as results', erased: numbers },
  corrections: {
    event: correctionsAggregate.event,
    exported: 'points by number, told as results',
    erased: numbers,
  },
  vacancy: { event: seatsAggregate.event, exported: 'seats of a post, told as offers', erased: numbers },
  staff: { event: staffAggregate.event, exported: true, erased: noPerson },
  committee: { event: committeeAggregate.event, exported: noPerson, erased: noPerson },
  round: { event: roundAggregate.event, exported: noPerson, erased: noPerson },
  passport: { event: passportAggregate.event, exported: noPerson, erased: noPerson },
  elsewhere: { event: elsewhereAggregate.event, exported: noPerson, erased: noPerson },
  'engaged-rounds': { event: engagedRoundsAggregate.event, exported: noPerson, erased: noPerson },
  panels: { event: panelsAggregate.event, exported: noPerson, erased: noPerson },
  discussions: { event: discussionsAggregate.event, exported: ofTheCommittee, erased: numbers },
  formulas: { event: formulasAggregate.event, exported: noPerson, erased: noPerson },
  polls: { event: pollsAggregate.event, exported: ofTheCommittee, erased: numbers },
  calendar: { event: calendarAggregate.event, exported: noPerson, erased: noPerson },
};

/** What an account has in the persons table besides typed documents; `eraser.account` takes it away item by item. */
export const account: Record<keyof Required<Profile>, Fate> = {
  personId: { exported: 'an id of chance, which is of use to nobody', erased: true },
  mail: whole,
  formerMail: whole,
  name: whole,
  phone: whole,
  address: whole,
  locale: whole,
  localeChosen: { exported: 'that the language of letters, which is exported, was asked', erased: true },
  registeredAt: whole,
  disclosure: whole,
};

const minutesLong = 'gone within the hour by itself';

export const signIn: Record<keyof People, Fate> = {
  profiles: whole,
  sessions: whole,
  passkeys: whole,
  codes: { exported: 'the digest of a code', erased: minutesLong },
  challenges: { exported: 'a number of chance', erased: minutesLong },
  countRate: { exported: 'how often somebody tried, by a digest', erased: minutesLong },
};

/** Every text that the events of a kind of record can name, as `event.place`. */
export const textsIn = (event: z.ZodType): string[] =>
  variantsOf(event).flatMap((variant) => placesIn(variant).map((place) => `${nameOf(variant)}.${place}`));

const variantsOf = (schema: z.core.$ZodType): z.ZodObject[] => {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(variantsOf);
  if (schema instanceof z.ZodPipe) return [...variantsOf(schema.in), ...variantsOf(schema.out)];
  return schema instanceof z.ZodObject ? [schema] : [];
};

const nameOf = ({ shape }: z.ZodObject): string => {
  const type: unknown = shape['type'];
  return type instanceof z.ZodLiteral ? String(type.value) : '';
};

const placesIn = (schema: z.core.$ZodType): string[] => {
  if (schema === DocumentRef) return [''];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return placesIn(schema.unwrap());
  if (schema instanceof z.ZodArray) return placesIn(schema.element);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(placesIn);
  if (schema instanceof z.ZodPipe) return [...placesIn(schema.in), ...placesIn(schema.out)];
  if (schema instanceof z.ZodRecord) return placesIn(schema.valueType);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, inner]) =>
    placesIn(inner).map((place) => [key, place].filter(Boolean).join('.')),
  );
};
