import { equalityAnswers, roundOf, typedOf } from '#functions/commands/application-reading.ts';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { type ClaimTexts, claimTexts, ownClaim } from '#functions/commands/claim-reading.ts';
import { type Applicant, type CommandDeps, isInPerson } from '#functions/commands/deps.ts';
import { ownInquiries } from '#functions/commands/inquiry-answer.ts';
import { wishesOf } from '#functions/commands/panel-reading.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { ownReferences } from '#functions/commands/references.ts';
import { ownResult } from '#functions/commands/results.ts';
import { retentionOf } from '#functions/commands/retention-holds.ts';
import type { Application } from '#shared/domain/application.ts';
import { workingCopy } from '#shared/domain/application-amendment.ts';
import type { Typed } from '#shared/domain/application-form.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { EarlierClaim, ResultClaim } from '#shared/domain/claim.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import type { HeldApplication } from '#shared/domain/personal-data.ts';
import { heldFor } from '#shared/domain/retention-hold.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock'>;

/** Everything of an application that its owner may see, and that somebody typed or sent. Absent is what there is none of. */
export const heldApplication = async (
  deps: Deps,
  application: Application,
  by: Applicant,
): Promise<HeldApplication> => {
  const { records } = deps;
  const { id, number, stage, startedAt, erasedAt, documents, choices } = application;
  const { file } = await roundOf(deps, application);
  const timeline = await ownTimeline(deps, { by, applicationId: id });
  const amended = stage === 'submitted' ? workingCopy(application) : undefined;
  return {
    id,
    number,
    intake: file.intake,
    title: file.title,
    zone: file.timeZone,
    stage,
    startedAt,
    ...(erasedAt ? { erasedAt } : await keptFor(deps, application)),
    ...holdsFor(deps, application),
    ...submission(application),
    answers: await typedOf(records, application),
    ...(amended && { amendment: await typedOf(records, amended) }),
    ...(await equalityFor(deps, amended ?? application, by)),
    files: documents.map((document) => heldFile(document, file)),
    choices,
    steps: timeline.ok ? timeline.value.steps : [],
    ...(await inquiriesFor(deps, application, by)),
    ...(await referencesFor(deps, application, by)),
    ...(await interviewFor(deps, application)),
    ...(await exchangeFor(deps, application)),
    ...(await saidFor(deps, application, by)),
    ...(await claimFor(deps, application)),
    readings: await readingsOf(deps, `application#${id}`),
  };
};

/** Who read something on the staff: as what they acted, not who they are. */
export const readingsOf = async (
  { readLog }: Pick<Deps, 'readLog'>,
  owner: string,
): Promise<HeldApplication['readings']> =>
  (await readLog.of(owner)).map(({ reader, what, at }) => ({
    at,
    role: reader.kind === 'person' ? reader.role : 'other',
    what,
  }));

const keptFor = async (deps: Deps, application: Application): Promise<Pick<HeldApplication, 'kept'>> => {
  const found = await retentionOf(deps, application);
  if (!found) return {};
  const { rule, until } = found;
  return { kept: { months: rule.months, confidence: rule.confidence, until } };
};

const holdsFor = ({ clock }: Pick<Deps, 'clock'>, { holds }: Application): Pick<HeldApplication, 'holds'> => {
  const held = heldFor({ holds }, clock.now());
  return held.length > 0
    ? { holds: held.map((because) => ({ because, until: holds?.[because]?.until })) }
    : {};
};

type Uploaded = Pick<Application, 'documents'>['documents'][number];

const heldFile = (document: Uploaded, file: RoundFile): HeldApplication['files'][number] => {
  const { requirement, status } = document;
  const title = file.documents.find(({ code }) => code === requirement)?.title;
  const received = status === 'received' ? { bytes: document.bytes, sha256: document.sha256 } : {};
  return { requirement, title, status, ...received };
};

const submission = (
  application: Application,
): Pick<HeldApplication, 'submittedAt' | 'withdrawnAt' | 'consentVersion' | 'receipt'> => {
  if (application.stage === 'draft') return {};
  const { submittedAt, consentVersion, receipt } = application;
  const withdrawnAt = application.stage === 'withdrawn' ? application.withdrawnAt : undefined;
  return {
    ...(submittedAt && { submittedAt }),
    ...(withdrawnAt && { withdrawnAt }),
    ...(consentVersion && { consentVersion }),
    ...(receipt && { receipt }),
  };
};

/** Nothing of it to whoever acts for the person: these answers are shown to no staff. */
const equalityFor = async (
  { records }: Deps,
  application: Application,
  by: Applicant,
): Promise<{ equality?: Typed }> => {
  const equality = isInPerson(by) ? await equalityAnswers(records, application) : {};
  return Object.keys(equality).length > 0 ? { equality } : {};
};

const inquiriesFor = async (
  deps: Deps,
  { id: applicationId }: Application,
  by: Applicant,
): Promise<Pick<HeldApplication, 'inquiries'>> => {
  const own = await ownInquiries(deps, { by, applicationId });
  if (!own.ok || own.value.inquiries.length === 0) return {};
  const { opened, inquiries } = own.value;
  return {
    inquiries: inquiries.map(({ inquiry: { askedAt, dueAt, documents }, standing, question, text }) => ({
      askedAt,
      dueAt,
      standing,
      question,
      answer: text,
      files: documents.map((document) => heldFile(document, opened.file)),
    })),
  };
};

const referencesFor = async (
  deps: Deps,
  { id: applicationId }: Application,
  by: Applicant,
): Promise<Pick<HeldApplication, 'references'>> => {
  const own = await ownReferences(deps, { by, applicationId });
  const references = (own.ok ? own.value.slots : []).flatMap(({ referee, contact, answer }) => {
    if (!referee || !contact) return [];
    const { status, askedAt, endedAt } = referee;
    return [{ ...contact, status, askedAt, endedAt, answer }];
  });
  return references.length > 0 ? { references } : {};
};

const interviewFor = async (
  { records }: Deps,
  { id }: Application,
): Promise<Pick<HeldApplication, 'calledOff' | 'wishes'>> => {
  const candidacy = await records.find(candidacyAggregate, id);
  const { calledOff: off, replaced } = candidacy?.state ?? {};
  const owed = (await records.find(owedInterviewAggregate, id))?.state;
  const said = [(off ?? replaced?.calledOff)?.reason, ...(owed?.cancelled ?? []).map(({ reason }) => reason)];
  const reasons = await Promise.all(said.map((reason) => reasonText(records, reason)));
  const told = reasons.flatMap((reason) => reason ?? []);
  const wishes = await wishesOf(records, candidacy?.state.wishes);
  return { ...(told.length > 0 && { calledOff: told.join('\n') }), ...(wishes && { wishes }) };
};

const exchangeFor = async (
  { records }: Pick<Deps, 'records'>,
  { id }: Application,
): Promise<Pick<HeldApplication, 'exchange' | 'elsewhere'>> => {
  const candidacy = (await records.find(candidacyAggregate, id))?.state;
  const { exchange, elsewhere = [] } = candidacy ?? {};
  return { ...(exchange && { exchange }), ...(elsewhere.length > 0 && { elsewhere }) };
};

/** What those who judged say to the person, from the moment on at which the page of the result says it. */
const saidFor = async (
  deps: Deps,
  { id: applicationId }: Application,
  by: Applicant,
): Promise<Pick<HeldApplication, 'said'>> => {
  const own = await ownResult(deps, { by, applicationId });
  const said = own.ok ? own.value.comments : [];
  return said.length > 0 ? { said: [...said] } : {};
};

const claimFor = async (
  { records }: Deps,
  { id }: Application,
): Promise<Pick<HeldApplication, 'claim' | 'claimEvidence' | 'claimAnswer' | 'claimsBefore'>> => {
  const found = await ownClaim(records, id);
  if (!found) return {};
  const texts = await claimTexts(records, found.state);
  const before = (found.state.earlier ?? []).map((one, index) => beforeHeld(one, texts.earlier[index]));
  return { ...claimHeld(found.state, texts), ...(before.length > 0 && { claimsBefore: before }) };
};

const claimHeld = ({ evidence }: Pick<ResultClaim, 'evidence'>, { text, reason }: Said) => ({
  ...(text && { claim: text }),
  ...(evidence && { claimEvidence: evidence }),
  ...(reason && { claimAnswer: reason }),
});

type Said = ClaimTexts['earlier'][number];

/** A claim that was reopened says what it said before. */
const beforeHeld = (was: EarlierClaim, said: Said = { text: '', reason: '' }) =>
  was.status === 'withdrawn'
    ? claimHeld(was, said)
    : { ...claimHeld({}, { ...said, text: '' }), ...(said.asked && { claimReopened: said.asked }) };
