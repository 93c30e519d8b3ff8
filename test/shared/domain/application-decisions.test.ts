import { describe, expect, it } from 'vitest';
import {
  begin,
  editable,
  missingBesidesForm,
  rank,
  saveTyped,
  withdraw,
} from '#shared/domain/application-decisions.ts';
import type { Typed } from '#shared/domain/application-form.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import { Stage } from '#shared/domain/stage.ts';
import { anApplication, aReceivedDocument, graduateWell, typedWell } from '#test/builders/application.ts';
import { aRound, closesAt } from '#test/builders/round.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-09-20T04:00');
const codes = (...names: string[]): VacancyCode[] => names.map((name) => VacancyCode.parse(name));
const known = { posts: new Set(codes('MAT-001', 'MAT-002', 'PHY-001')), limit: 2 };
const { id, number, roundId, personId } = anApplication('draft');
const beginning = { id, number, roundId, personId };

describe('beginning an application', () => {
  it('is possible while the call is open', () => {
    expect(begin(beginning, aRound('call'), now)).toEqual({
      ok: true,
      value: [{ type: 'application-started', at: now, ...beginning }],
    });
  });

  it('is too late at the deadline, and in every later stage', () => {
    const late = {
      ok: false,
      error: { kind: 'too-late', closesAt, zone: 'Asia/Almaty', of: 'applications' },
    };

    expect(begin(beginning, aRound('call'), closesAt)).toEqual(late);
    expect(begin(beginning, aRound('screening'), closesAt)).toEqual(late);
  });

  it('shows nothing of a draft round', () => {
    expect(begin(beginning, aRound('draft'), now)).toMatchObject({ error: { kind: 'not-found' } });
  });
});

describe('changing an application', () => {
  it('is for drafts in an open call', () => {
    expect(editable(anApplication('draft'), aRound('call'), now).ok).toBe(true);
    expect(editable(anApplication('draft'), aRound('call'), closesAt)).toMatchObject({
      error: { kind: 'too-late' },
    });
    expect(editable(anApplication('draft'), aRound('cancelled'), now)).toMatchObject({
      error: { kind: 'wrong-stage', stage: 'cancelled' },
    });
  });

  it('is over once it is submitted, and the answer carries the receipt', () => {
    const { submittedAt, receipt } = anApplication('submitted');

    expect(editable(anApplication('submitted'), aRound('call'), now)).toEqual({
      ok: false,
      error: { kind: 'already-submitted', number, submittedAt, receipt },
    });
    expect(editable(anApplication('withdrawn'), aRound('call'), now)).toEqual({
      ok: false,
      error: { kind: 'already-withdrawn', number },
    });
  });
});

describe('saving a section', () => {
  const owner = 'application#APP11CAT100000000000';
  const ref = (version: number) =>
    ({ owner, kind: 'form', version, digest: sha256Of(String(version)) }) as const;
  const draft = anApplication('draft', { sections: { work: ref(3) }, formVersions: 4 });

  it('follows the version that the page showed', () => {
    expect(saveTyped(draft, { section: 'work', document: ref(5), basedOn: 3 }, now).ok).toBe(true);
    expect(saveTyped(draft, { section: 'identity', document: ref(5), basedOn: 0 }, now).ok).toBe(true);
  });

  it('loses to another tab', () => {
    const refused = { ok: false, error: { kind: 'changed-meanwhile' } };

    expect(saveTyped(draft, { section: 'work', document: ref(5), basedOn: 2 }, now)).toEqual(refused);
    expect(saveTyped(draft, { section: 'identity', document: ref(5), basedOn: 1 }, now)).toEqual(refused);
  });
});

describe('ranking vacancies', () => {
  it('keeps the order, best first, and forgets the one before', () => {
    const draft = anApplication('draft', { choices: codes('MAT-001') });
    const basedOn = codes('MAT-001');

    expect(rank(draft, { basedOn, choices: codes('PHY-001', 'MAT-001'), ...known }, now)).toEqual({
      ok: true,
      value: [{ type: 'choices-ranked', at: now, codes: ['PHY-001', 'MAT-001'] }],
    });
    expect(rank(draft, { basedOn, choices: [], ...known }, now)).toMatchObject({ value: [{ codes: [] }] });
    expect(rank(draft, { basedOn, choices: codes('MAT-001'), ...known }, now)).toEqual({
      ok: true,
      value: [],
    });
  });

  it('is a lost race when another order came in between, unless it is the same order', () => {
    const draft = anApplication('draft', { choices: codes('MAT-001') });

    expect(rank(draft, { basedOn: [], choices: codes('MAT-002'), ...known }, now)).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
    expect(rank(draft, { basedOn: [], choices: codes('MAT-001'), ...known }, now)).toEqual({
      ok: true,
      value: [],
    });
  });

  it.for([
    [['MAT-001', 'MAT-002', 'PHY-001'], { kind: 'too-many-choices', limit: 2 }],
    [['MAT-001', 'GEO-009'], { kind: 'unknown-vacancy', codes: ['GEO-009'] }],
  ] as const)('%j is refused', ([names, error]) => {
    expect(rank(anApplication('draft'), { basedOn: [], choices: codes(...names), ...known }, now)).toEqual({
      ok: false,
      error,
    });
  });

  it('names a vacancy that is chosen twice', () => {
    expect(
      rank(anApplication('draft'), { basedOn: [], choices: codes('MAT-001', 'MAT-001'), ...known }, now),
    ).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'choices', facts: { code: 'MAT-001' } }] },
    });
  });
});

describe('what is missing besides the form', () => {
  it('is every required document that has not arrived, and choices where the round insists', () => {
    const announced = {
      id: aReceivedDocument('x').id,
      requirement: 'diploma',
      announcedAt: now,
      status: 'announced',
    } as const;

    expect(
      missingBesidesForm(anApplication('draft', { documents: [announced] }), aRoundFile(), typedWell),
    ).toMatchObject([
      { place: 'documents.diploma', facts: { requirement: 'diploma' } },
      { place: 'choices' },
    ]);
  });

  it('is nothing when they are there', () => {
    const draft = anApplication('draft', {
      documents: [aReceivedDocument('diploma')],
      choices: codes('MAT-001'),
    });

    expect(missingBesidesForm(draft, aRoundFile(), typedWell)).toEqual([]);
  });

  it('does not name a document that is required only of people with another answer', () => {
    const { documents, ...file } = aRoundFile();
    const strict = { ...file, documents: documents.map((one) => Object.assign({}, one, { required: true })) };
    const lacks = (answers: Typed) =>
      missingBesidesForm(anApplication('draft'), strict, answers).map(({ place }) => place);

    expect(lacks(typedWell)).toContain('documents.category-certificate');
    expect(lacks({ ...typedWell, ...graduateWell })).not.toContain('documents.category-certificate');
    expect(lacks({ ...typedWell, ...graduateWell })).toContain('documents.diploma');
  });
});

describe('withdrawing', () => {
  it.for(Stage.exclude(['draft', 'closed', 'cancelled']).options)('is possible in %s', (stage) => {
    expect(withdraw(anApplication('submitted'), aRound(stage), 'personal', now)).toEqual({
      ok: true,
      value: [{ type: 'application-withdrawn', at: now, reasonCode: 'personal' }],
    });
  });

  it.for(['closed', 'cancelled'] as const)('is pointless in a round that is %s', (stage) => {
    expect(withdraw(anApplication('draft'), aRound(stage), 'personal', now)).toEqual({
      ok: false,
      error: { kind: 'wrong-stage', stage },
    });
  });

  it('happens once', () => {
    expect(withdraw(anApplication('withdrawn'), aRound('call'), 'terms', now)).toEqual({
      ok: true,
      value: [],
    });
  });
});
