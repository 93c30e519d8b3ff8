import { describe, expect, it } from 'vitest';
import type { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { DocumentId, InquiryId, PersonId } from '#shared/domain/ids.ts';
import {
  answerable,
  answerInquiry,
  inquiryClock,
  makeInquiry,
  openInquiry,
  standingOf,
  withdrawInquiry,
} from '#shared/domain/inquiry.ts';
import { judge, verdictOf } from '#shared/domain/screening.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const file = aRoundFile();
const now = at('2022-10-06T04:00');
const dueAt = at('2022-10-11T18:00');
const by = PersonId.parse('SECRETARY00000000000');
const id = InquiryId.parse('1NQV1RY0000000000000');
const owner = 'application#APP11CAT100000000000';
const text = (version: number) => ({ owner, kind: 'inquiry', version, digest: sha256Of('text') }) as const;

const after = (events: readonly CandidacyEvent[], before = aCandidacy()) =>
  evolveAll(candidacyAggregate, before, events) ?? before;

const decided = (decision: ReturnType<typeof makeInquiry>): CandidacyEvent[] => {
  if (!decision.ok) throw new Error(decision.error.kind);
  return decision.value;
};

const asked = (before = aCandidacy(), requirement = 'diploma') =>
  after(decided(makeInquiry(before, { id, by, question: text(1), dueAt, requirement }, file, now)), before);

const inquiryOf = (candidacy = asked()) => {
  const found = openInquiry(candidacy, now);
  if (!found) throw new Error('Nothing is open.');
  return found;
};

describe('the clock of a question', () => {
  it('counts whole working days of the round’s calendar and ends with the last of them', () => {
    const calendar = { holidays: ['2022-10-25'], transferred: [{ off: '2022-10-24' }] };
    const friday = at('2022-10-21T04:00');

    expect(inquiryClock(friday, 1, { timeZone: 'Asia/Almaty', calendar })).toEqual({
      dueAt: at('2022-10-26T18:00'),
      remindAt: at('2022-10-26T03:00'),
    });
    // 23:30 in Almaty is still that day.
    expect(inquiryClock(at('2022-10-05T17:30'), 1, { timeZone: 'Asia/Almaty', calendar }).dueAt).toBe(
      at('2022-10-06T18:00'),
    );
  });

  it('ends at its very moment, without anything being written', () => {
    expect(standingOf(inquiryOf(), at('2022-10-11T17:59'))).toBe('open');
    expect(standingOf(inquiryOf(), dueAt)).toBe('lapsed');
    expect(answerable(asked(), id, dueAt)).toMatchObject({
      error: { kind: 'inquiry-ended', status: 'lapsed' },
    });
  });
});

describe('asking', () => {
  it('is one question at a time, of somebody who takes part, for a document of the round', () => {
    const asking = { id, by, question: text(1), dueAt };

    expect(makeInquiry(asked(), asking, file, now)).toMatchObject({
      error: { kind: 'inquiry-open', until: dueAt },
    });
    expect(makeInquiry(asked(), asking, file, dueAt)).toMatchObject({ ok: true });
    expect(makeInquiry(aCandidacy({ withdrawnAt: now }), asking, file, now)).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
    expect(makeInquiry(aCandidacy(), { ...asking, requirement: 'portrait' }, file, now)).toMatchObject({
      error: { kind: 'unknown-requirement' },
    });
  });

  it('sets the judgement aside, and holds the next one up until the answer or the end of the clock', () => {
    const judged = aCandidacy({ judgement: { verdict: 'refused', by, at: now } });
    const candidacy = asked(judged);
    const judging = { verdict: 'admitted', by, reason: text(9) } as const;

    expect(verdictOf(judged)).toBe('refused');
    expect(verdictOf(candidacy)).toBeUndefined();
    expect(judge(candidacy, judging, file, now)).toMatchObject({
      error: { kind: 'inquiry-open', until: dueAt },
    });
    expect(judge(candidacy, judging, file, dueAt)).toMatchObject({ ok: true });
  });

  it('leaves the program’s proposal to a person, unless the question was taken back', () => {
    const clear = aCandidacy({ screened: { rules: [], missing: [], sameIin: [], proposal: 'admitted' } });
    const withdrawn = after(decided(withdrawInquiry(asked(clear), id, now)), asked(clear));

    expect([clear, asked(clear), withdrawn].map(verdictOf)).toEqual(['admitted', undefined, 'admitted']);
    expect(withdrawInquiry(withdrawn, id, now)).toEqual({ ok: true, value: [] });
    expect(withdrawInquiry(asked(), id, dueAt)).toMatchObject({ error: { status: 'lapsed' } });
  });
});

describe('answering', () => {
  const document = DocumentId.parse('D0CVMENT000000000001');
  const happened = (change: object) =>
    candidacyAggregate.event.parse({
      type: 'inquiry-file',
      at: now,
      inquiry: id,
      file: { at: now, document, ...change },
    });
  const announced = after([happened({ type: 'document-announced', requirement: 'diploma' })], asked());
  const received = after(
    [
      happened({
        type: 'document-received',
        sha256: sha256Of('file'),
        bytes: 9,
        mediaType: 'application/pdf',
      }),
    ],
    announced,
  );

  it('takes a text, a file that has arrived, or both, and not nothing', () => {
    expect(answerInquiry(inquiryOf(), undefined, now)).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'text' }] },
    });
    expect(answerInquiry(inquiryOf(), text(3), now)).toMatchObject({ ok: true });
    expect(answerInquiry(inquiryOf(announced), text(3), now)).toMatchObject({
      error: { kind: 'document-not-arrived', requirements: ['diploma'] },
    });
    expect(answerInquiry(inquiryOf(received), undefined, now)).toMatchObject({
      value: [{ type: 'inquiry-answered', documents: [{ id: document, bytes: 9 }] }],
    });
  });

  it('ends the question: it is neither answered again nor taken back', () => {
    const answered = after(decided(answerInquiry(inquiryOf(), text(3), now)), asked());

    expect(answerable(answered, id, now)).toMatchObject({ error: { status: 'answered' } });
    expect(withdrawInquiry(answered, id, now)).toMatchObject({ error: { status: 'answered' } });
    expect(candidacyAggregate.snapshot.parse(answered)).toEqual(answered);
  });
});

it('records of before there were questions stay readable', () => {
  const { inquiries, ...old } = aCandidacy();

  expect(inquiries).toBeUndefined();
  expect(candidacyAggregate.snapshot.parse(old)).toEqual(old);
});
