import { describe, expect, it } from 'vitest';
import { candidatePlace, readAnswers } from '#functions/commands/candidate-views.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { takeQuestionBack } from '#functions/commands/inquiries.ts';
import { sendAnswer } from '#functions/commands/inquiry-answer.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, dana, erlan, secretary, stranger } from '#test/builders/selection.ts';
import { anInquiryScene, dueAt } from './inquiry-scene.ts';

describe('a committee that needs more', () => {
  it('asks by letter, with a clock, and nothing typed lies in the record', async () => {
    const { world, applicationId, ask, inquiryNow, letters } = await anInquiryScene();

    granted(await ask());

    expect(await inquiryNow()).toMatchObject({ status: 'open', dueAt });
    expect(letters()).toEqual(['inquiry-made']);
    expect(JSON.stringify(await world.records.history('candidacy', applicationId))).not.toContain('MARKER');
    expect(JSON.stringify([...world.records.outbox.values()])).not.toContain('MARKER');
  });

  it('is the secretary or a member who judges, without a conflict of interest', async () => {
    const { world, ask, committee } = await anInquiryScene();
    granted(await declareOwnConflict(world, committee(erlan)));

    expect(await ask({ by: erlan })).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    expect(await ask({ by: stranger })).toMatchObject({ error: { kind: 'not-found' } });
    expect((await ask({ by: dana })).ok).toBe(true);
  });

  it('asks one question at a time, with words and within a month', async () => {
    const { ask, letters } = await anInquiryScene();

    for (const workingDays of [0, 21, 1.5]) {
      expect(await ask({ workingDays })).toMatchObject({ error: { faults: [{ place: 'workingDays' }] } });
    }
    expect(await ask({ question: '  ' })).toMatchObject({ error: { faults: [{ place: 'question' }] } });
    granted(await ask());
    expect(await ask()).toMatchObject({ error: { kind: 'inquiry-open', until: dueAt } });
    expect(letters()).toEqual(['inquiry-made']);
  });

  it('decides nothing before the answer or the end of the clock', async () => {
    const { world, roundId, ask, committee } = await anInquiryScene();
    granted(await ask());
    const judging = { ...committee(dana), verdict: 'admitted', reason: 'It is complete.' } as const;

    const open = { error: { kind: 'inquiry-open', until: dueAt } };
    expect(await judgeApplication(world, judging)).toMatchObject(open);
    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject(open);
    world.clock.to(dueAt);
    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject({
      error: { kind: 'unfinished-work', remaining: 1 },
    });
    granted(await judgeApplication(world, judging));
    expect((await drawUpProposal(world, { by: secretary, roundId })).ok).toBe(true);
  });

  it('takes a question back: the applicant is told, and the program’s proposal stands again', async () => {
    const { world, roundId, ask, inquiryNow, letters, committee, mine } = await anInquiryScene();
    granted(await ask());
    const { id: inquiry } = await inquiryNow();

    granted(await takeQuestionBack(world, { ...committee(dana), inquiry }));
    granted(await takeQuestionBack(world, { ...committee(dana), inquiry }));

    expect(letters()).toEqual(['inquiry-made', 'inquiry-withdrawn']);
    expect(await sendAnswer(world, { ...mine, inquiry, text: 'Late.' })).toMatchObject({
      error: { kind: 'inquiry-ended', status: 'withdrawn' },
    });
    expect((await drawUpProposal(world, { by: secretary, roundId })).ok).toBe(true);
    expect(await ask()).toMatchObject({ error: { kind: 'proposal-on-table' } });
  });
});

it('a member in a blind stage learns that a question was answered, and nothing of what it says', async () => {
  const { world, roundId, ask, mine, inquiryNow, committee } = await anInquiryScene();
  granted(await ask());
  const { id: inquiry } = await inquiryNow();
  granted(await sendAnswer(world, { ...mine, inquiry, text: 'MARKER ANSWER' }));
  const reason = 'It is complete.';
  granted(await judgeApplication(world, { ...committee(dana), verdict: 'admitted', reason }));
  await advanceIn(world, roundId);

  const place = granted(await candidatePlace(world, committee(dana)));

  expect(place.candidate.inquiries).toMatchObject([{ standing: 'answered' }]);
  expect(JSON.stringify(place.candidate)).not.toContain('MARKER');
  expect(await readAnswers(world, committee(dana))).toMatchObject({ error: { kind: 'not-allowed' } });
  expect(granted(await readAnswers(world, committee(secretary))).inquiries).toHaveLength(1);
});
