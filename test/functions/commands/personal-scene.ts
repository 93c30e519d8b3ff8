import { submitApplication } from '#functions/commands/applications.ts';
import { answerDataRequest } from '#functions/commands/data-request-answers.ts';
import { askCorrection } from '#functions/commands/data-requests.ts';
import { changed } from '#functions/commands/storing.ts';
import type { ApplicationEvent } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type ClaimEvent, claimAggregate, onlyClaim } from '#shared/domain/claim.ts';
import { type DocumentRef, type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Aggregate, Fact } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ClaimId, InquiryId, OfferId, PlacementId, SlotId, VacancyCode } from '#shared/domain/ids.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { type PlacementEvent, placementAggregate } from '#shared/domain/placement.ts';
import { type RedactionEvent, redactionAggregate } from '#shared/domain/redaction.ts';
import { type ReferenceEvent, referencesAggregate } from '#shared/domain/reference.ts';
import { MailAddress } from '#shared/domain/sign-in.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { disclosure } from '#test/builders/conflicts.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { administrator, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { owedTexts } from './owed-texts.ts';
import { aReferenceScene } from './reference-scene.ts';
import { toldOfInterviewsIn } from './told-round.ts';

const inquiries = ['1NQV1RY0000000000001', '1NQV1RY0000000000002'].map((id) => InquiryId.parse(id));
const claimId = ClaimId.parse('C1A1M000000000000000');
const placementId = PlacementId.parse('P1ACEMENT00000000000');
const offer = OfferId.parse('0FFER000000000000000');

/** A reference that says its name. */
const written = (place: string) => ({ known: '', recommends: 'yes', text: `TEXT references/${place}` });

/**
 * Somebody of whom everything is held that can be: each text that an event names says its own name. Written as events, since no one
 * round has all of it: a claim is rejected or upheld.
 */
export const aWholePerson = async (verdict: 'claim-rejected' | 'claim-upheld') => {
  const scene = await aReferenceScene({ confidential: false });
  const { world, mine, roundId } = scene;
  granted(await scene.name(1, { name: 'TEXT references/referee-named.contact' }));
  granted(await scene.name(2, { mail: 'second@example.kz' }));
  const mended = { mail: 'second@example.kz', name: 'TEXT references/referee-corrected.contact' };
  granted(await scene.name(2, mended));
  granted(await submitApplication(world, mine));
  const note = noting(world);
  const { applicationId } = mine;
  const owner = `application#${applicationId}`;
  const now = at('2022-09-21T04:00');
  const by = rater('R');

  const referee = (await scene.references()).referees[0]?.id;
  if (!referee) throw new Error('Nobody was named.');
  await note(referencesAggregate, applicationId, (text): ReferenceEvent[] => [
    { type: 'referee-asked', at: now, referee },
    {
      type: 'reference-saved',
      at: now,
      referee,
      draft: text(owner, 'reference', written('reference-saved.draft')),
    },
    {
      type: 'reference-given',
      at: now,
      referee,
      answer: text(owner, 'reference', written('reference-given.answer')),
    },
  ]);

  await toldOfInterviewsIn(world, roundId, { member: by, at: now });
  const { number, facts, screened } = aCandidacy();
  const [first, second] = inquiries;
  if (!first || !second) throw new Error('There are two questions.');
  const dueAt = at('2022-09-23T04:00');
  await note(candidacyAggregate, applicationId, (text): CandidacyEvent[] => {
    const say = (place: string) => text(owner, 'inquiry', { text: `TEXT candidacy/${place}` });
    const why = (place: string) =>
      text(`round#${roundId}#${place}`, 'reason', { reason: `TEXT candidacy/${place}` });
    const noted = { note: 'TEXT candidacy/interview-noted.note.text' };
    return [
      { type: 'candidacy-opened', at: now, applicationId, roundId, number, facts, screened },
      { type: 'inquiry-made', at: now, inquiry: first, by, dueAt, question: say('inquiry-made.question') },
      {
        type: 'inquiry-answered',
        at: now,
        inquiry: first,
        documents: [],
        answer: say('inquiry-answered.answer'),
      },
      { type: 'inquiry-made', at: now, inquiry: second, by, dueAt, question: say('inquiry-made.question') },
      { type: 'inquiry-saved', at: now, inquiry: second, draft: say('inquiry-saved.draft') },
      {
        type: 'application-judged',
        at: now,
        by,
        verdict: 'admitted',
        reason: why('application-judged.reason'),
      },
      {
        type: 'interview-cancelled',
        at: now,
        slot: SlotId.parse('S10T0000000000000000'),
        reason: why('interview-cancelled.reason'),
      },
      {
        type: 'rater-declined',
        at: now,
        rater: by,
        reason: text(`round#${roundId}#declined`, 'reason', {
          reason: 'TEXT candidacy/rater-declined.reason',
        }),
      },
      { type: 'raters-assigned', at: now, raters: [by] },
      ...(['score', 'scorecard'] as const).flatMap((kind): CandidacyEvent[] => {
        const comment = (whom: string) => ({ text: `TEXT candidacy/${kind}-given.score.comments.${whom}` });
        const comments = {
          committee: text(owner, 'comment', comment('committee')),
          applicant: text(owner, 'feedback', comment('applicant')),
        };
        const body = { said: `TEXT candidacy/${kind}-drafted.draft.card` };
        const draft = { raterId: by, version: 1, at: now, card: text(owner, 'card', body) };
        const score = { raterId: by, version: 2, at: now, points: {}, total: 1, comments };
        return [
          { type: `${kind}-drafted`, at: now, draft },
          { type: `${kind}-given`, at: now, score },
        ];
      }),
      {
        type: 'interview-noted',
        at: now,
        note: { raterId: by, at: now, text: text(`${owner}#${by}`, 'note', noted) },
      },
      { type: 'offer-made', at: now, offer, vacancy: VacancyCode.parse('MAT-001'), expiresAt: dueAt },
      { type: 'offer-accepted', at: now, offer, placement: placementId },
    ];
  });

  await note(owedInterviewAggregate, applicationId, (text) =>
    owedTexts(text, { applicationId, roundId, number, claimId, by, at: now }),
  );

  await note(applicationAggregate, applicationId, (text): ApplicationEvent[] => {
    const said = { reason: 'TEXT application/retention-held.reason' };
    const reason = text(`round#${roundId}#hold`, 'reason', said);
    return [{ type: 'retention-held', at: now, because: 'audit', by, reason }];
  });

  const of = sha256Of('original');
  await note(redactionAggregate, applicationId, (text): RedactionEvent[] => {
    const body = { text: 'TEXT redaction/text-released.copy' };
    const copy = text(`redaction#${applicationId}`, 'redacted', body);
    const why = { reason: 'TEXT redaction/copy-withheld.reason' };
    const reason = text(`round#${roundId}#withheld`, 'reason', why);
    return [
      { type: 'redaction-begun', at: now, applicationId, roundId, number },
      { type: 'text-released', at: now, item: 'motivation', of, copy },
      { type: 'copy-withheld', at: now, item: 'achievements', of, reason },
    ];
  });

  await note(placementAggregate, placementId, (text): PlacementEvent[] => [
    {
      type: 'placement-opened',
      at: now,
      id: placementId,
      applicationId,
      roundId,
      number,
      offer,
      vacancy: VacancyCode.parse('MAT-001'),
      items: [{ code: 'arrival', owner: 'school', required: true, dueAt }],
    },
    { type: 'item-done', at: now, code: 'arrival', by },
    {
      type: 'item-undone',
      at: now,
      code: 'arrival',
      by,
      reason: text(`round#${roundId}#tick`, 'reason', { reason: 'TEXT placement/item-undone.reason' }),
    },
  ]);

  await note(claimAggregate, claimId, (text): ClaimEvent[] => {
    const filed = text(`claim#${claimId}`, 'claim', { text: 'TEXT claim/claim-filed.text' });
    const decidedBy = (event: ClaimEvent['type']) => ({
      at: now,
      by,
      reason: text(`round#${roundId}#claim`, 'reason', { reason: `TEXT claim/${event}.reason` }),
    });
    const decided = decidedBy(verdict);
    const asked = { type: 'claim-reopening-asked', ...decidedBy('claim-reopening-asked') } as const;
    return [
      {
        type: 'claim-filed',
        at: now,
        id: claimId,
        roundId,
        applicationId,
        number,
        grounds: 'other',
        text: filed,
      },
      verdict === 'claim-upheld'
        ? { type: verdict, ...decided, corrected: { scoring: 80 } }
        : { type: verdict, ...decided },
      asked,
      { type: 'claim-reopening-refused', ...decidedBy('claim-reopening-refused') },
      asked,
      { type: 'claim-reopened', at: now, by, shown: decided.reason.digest },
    ];
  });
  await world.records.commit({
    by: administrator,
    changes: [],
    claims: [{ key: onlyClaim(applicationId), value: claimId }],
  });

  const asked = { ...mine, text: 'TEXT data-request/data-request-filed.text' };
  const { id } = granted(await askCorrection(world, asked)).state;
  const text = 'TEXT data-request/data-request-answered.text';
  granted(await answerDataRequest(world, { by: administrator, id, outcome: 'done', text }));
  return { world, mine, people: await anAccount(mine.by.personId) };
};

/** An account that has every detail that one can have. */
const anAccount = async (personId: Awaited<ReturnType<typeof aReferenceScene>>['mine']['by']['personId']) => {
  const people = memoryPeople();
  await people.profiles.register({
    personId,
    mail: MailAddress.parse('mail@example.kz'),
    formerMail: MailAddress.parse('former-mail@example.kz'),
    name: 'TEXT name',
    phone: '+77011234567',
    address: 'TEXT address',
    locale: 'kk',
    registeredAt: at('2022-09-01T04:00'),
    disclosure,
  });
  return people;
};

type World = Awaited<ReturnType<typeof aReferenceScene>>['world'];
type Say = (owner: string, kind: DocumentRef['kind'], body: unknown) => DocumentRef;

/** Appends events, with the texts that they name, as a command would. */
const noting = (world: World) => {
  let version = 100;
  return async <State, Event extends Fact>(
    aggregate: Aggregate<State, Event>,
    id: string,
    events: (text: Say) => Event[],
  ): Promise<void> => {
    const documents: DocumentWrite[] = [];
    const text: Say = (owner, kind, body) => {
      version += 1;
      const document = writeDocument({ owner, kind, version }, body, world.chance.token(16));
      documents.push(document);
      return document.ref;
    };
    const before = await world.records.find(aggregate, id);
    const { change } = changed(aggregate, id, before, events(text));
    granted(await world.records.commit({ by: administrator, changes: [change], documents }));
  };
};
