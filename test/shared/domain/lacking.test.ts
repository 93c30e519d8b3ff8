import { describe, expect, it } from 'vitest';
import type { Candidacy, Inquiry } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber, DocumentId, InquiryId, PersonId } from '#shared/domain/ids.ts';
import { lacking, settleScreened } from '#shared/domain/lacking.ts';
import { awaitsScanner, refusalReasons, verdictOf } from '#shared/domain/screening.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-10-06T04:00');
const nobody = new Set<ApplicationNumber>();
const number = ApplicationNumber.parse('KZ19-0000-0001');
const [one, other] = ['D0CVMENT100000000000', 'D0CVMENT200000000000'].map((id) => DocumentId.parse(id));
if (!one || !other) throw new Error('Two files.');

const received = { id: one, requirement: 'diploma', announcedAt: now, status: 'received' } as const;
const file = {
  ...received,
  receivedAt: now,
  sha256: sha256Of('file'),
  bytes: 8,
  mediaType: 'application/pdf',
};

const asked = (
  status: Inquiry['status'],
  over: Partial<typeof file> & { held?: true; infectedAt?: typeof now },
) => ({
  id: InquiryId.parse('1NQV1RY0000000000000'),
  by: PersonId.parse('SECRETARY00000000000'),
  askedAt: now,
  dueAt: now,
  question: { owner: 'round#R', kind: 'inquiry' as const, version: 1, digest: sha256Of('which') },
  requirement: 'diploma',
  documents: [{ ...file, ...over }],
  status,
});

const without = (inquiry?: ReturnType<typeof asked>): Candidacy =>
  aCandidacy({
    screened: { rules: [], missing: ['diploma', 'certificate'], sameIin: [number], proposal: 'unclear' },
    ...(inquiry && { inquiries: [inquiry] }),
  });

describe('what an application lacks', () => {
  it('is what was missing when screening began', () => {
    expect(lacking(without(), nobody)).toEqual({
      missing: ['diploma', 'certificate'],
      waiting: [],
      sameIin: [number],
    });
  });

  it('is no document that the applicant sent when asked, whoever refuses afterwards for something else', () => {
    const answered = without(asked('answered', {}));

    expect(lacking(answered, nobody).missing).toEqual(['certificate']);
    expect(refusalReasons(answered, { eligibility: [] }, nobody)).toEqual([
      'missing-document:certificate',
      'same-iin',
    ]);
  });

  it.for([
    ['was not sent', 'open', {}],
    ['was taken back with its question', 'withdrawn', {}],
    ['was thrown away', 'answered', { infectedAt: now }],
  ] as const)('is a document still whose file %s', ([, status, over]) => {
    expect(lacking(without(asked(status, over)), nobody).missing).toContain('diploma');
  });

  it('is neither there nor missing while the scanner has not looked at what was sent', () => {
    const waits = without(asked('answered', { held: true }));

    expect(lacking(waits, nobody)).toMatchObject({ missing: ['certificate'], waiting: ['diploma'] });
    expect(refusalReasons(waits, { eligibility: [] }, nobody)).not.toContain('missing-document:diploma');
  });

  it('is no other application that takes no part any more', () => {
    const left = new Set([number]);

    expect(lacking(without(), left).sameIin).toEqual([]);
    expect(refusalReasons(without(), { eligibility: [] }, left)).not.toContain('same-iin');
  });
});

describe('a proposal to admit whose document waits for the scanner', () => {
  const waiting = [
    { requirement: 'diploma', document: one },
    { requirement: 'diploma', document: other },
  ];
  const held = aCandidacy({
    screened: { rules: [], missing: [], sameIin: [], proposal: 'admitted', waiting },
  });
  const after = (
    ...looks: readonly (readonly [DocumentId, 'clean' | 'infected' | 'unreadable'])[]
  ): Candidacy =>
    looks.reduce(
      (candidacy, [document, says]) =>
        evolveAll(candidacyAggregate, candidacy, settleScreened(candidacy, document, says, now)) ?? candidacy,
      held,
    );

  it('does not count yet, and no member owes it a word', () => {
    expect([verdictOf(held), awaitsScanner(held)]).toEqual([undefined, true]);
    expect(lacking(held, nobody)).toMatchObject({ missing: [], waiting: ['diploma'] });
  });

  it('counts once one of its files is clean, whatever the other is', () => {
    for (const looks of [
      [[one, 'clean']],
      [
        [one, 'infected'],
        [other, 'clean'],
      ],
    ] as const) {
      const clean = after(...looks);
      expect([verdictOf(clean), awaitsScanner(clean)]).toEqual(['admitted', false]);
      expect(lacking(clean, nobody)).toMatchObject({ missing: [], waiting: [] });
    }
  });

  it('is none once every file was thrown away: the document is missing, and a person decides', () => {
    const gone = after([one, 'infected'], [other, 'unreadable']);

    expect([verdictOf(gone), awaitsScanner(gone)]).toEqual([undefined, false]);
    expect(lacking(gone, nobody)).toMatchObject({ missing: ['diploma'], waiting: [] });
    expect(refusalReasons(gone, { eligibility: [] }, nobody)).toEqual(['missing-document:diploma']);
  });

  it('gives way to a person’s word, before the scanner has looked and after', () => {
    const judgement = { verdict: 'admitted', by: rater('A'), at: now } as const;

    expect(verdictOf({ ...held, judgement })).toBe('admitted');
    expect(verdictOf({ ...after([one, 'infected'], [other, 'infected']), judgement })).toBe('admitted');
  });

  it('hears of a look once, and of no other file', () => {
    const settled = after([one, 'infected']);

    expect(settleScreened(settled, one, 'infected', now)).toEqual([]);
    expect(settleScreened(held, DocumentId.parse('D0CVMENT300000000000'), 'clean', now)).toEqual([]);
  });
});
