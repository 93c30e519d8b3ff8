import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { RaterDrawing } from '#shared/domain/rater-drawing.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aScoringIn, chair, members, secretary } from '#test/builders/selection.ts';

const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-26' };

/** A round that is scored and matches raters, of whom nobody has said what they can score. */
const aMatchedRound = async () => {
  const world = aWorld();
  const { raters, ...file } = aRoundFile();
  const rule = {
    match: { language: true as const, subject: true as const, ...source },
    load: { atLeast: 1, atMost: 3, ...source },
  };
  const upload = asUpload({ ...file, raters: { ...raters, ...rule } });
  const { roundId, applications } = await aScoringIn(world, [{}, {}], upload);
  const site = aCommitteeSite(world);
  const round = `/en/committee/rounds/${roundId}`;
  return { site, roundId, applications, round, desk: await site.signIn(secretary) };
};

const textOf = (html: string): string => parse(html).querySelector('main')?.textContent ?? '';

describe('the pages of what raters can score', () => {
  it('let a member tick it, give back what was wrong, and show the secretary who has not', async () => {
    const { site, round, desk } = await aMatchedRound();
    const seat = await site.signIn(chair);
    const own = `${round}/competences/${chair.id}`;

    expect(textOf((await desk.get(`${round}/competences`)).text)).toContain('5 people have not said');
    const wrong = await seat.post(own, { subjects: 'mathematics' });
    expect(wrong.status).toBe(422);
    const again = parse(wrong.text);
    expect(again.querySelector('.govuk-error-summary')?.textContent).toContain(
      'Choose at least one language',
    );
    expect(again.querySelector('input[value=mathematics]')?.hasAttribute('checked')).toBe(true);
    const right = await seat.post(own, { languages: 'kk', subjects: 'mathematics' });
    expect([right.status, right.location]).toEqual([303, `${round}/competences?done=competence.done.told`]);
    expect(textOf((await desk.get(`${round}/competences`)).text)).toContain('4 people have not said');
    expect((await seat.get(`${round}/competences/${members[0]?.id}`)).status).toBe(404);
  });

  it('do the same by API', async () => {
    const { site, roundId } = await aMatchedRound();
    const [member] = members;
    if (!member) throw new Error('There is no member.');
    const seat = await site.signIn(member);
    const at = `/api/rounds/${roundId}/competences`;
    const can = { languages: ['ru'], subjects: [] };

    expect((await seat.send('PUT', `${at}/${member.id}`, can)).status).toBe(204);
    expect((await seat.send('PUT', `${at}/${chair.id}`, can)).status).toBe(404);
    expect(JSON.parse((await seat.get(at)).text)).toMatchObject({
      raters: [{ personId: member.id, told: can }],
    });
  });
});

describe('the page of scoring', () => {
  it('says in words what keeps places open, with bounds, the seed and how raters were drawn', async () => {
    const { round, desk, applications } = await aMatchedRound();
    const { text } = await desk.get(`${round}/scoring`);
    const said = textOf(text);

    expect(said).toContain('What cannot be kept now');
    expect(said).toMatch(/\d applications? lacks? raters who read “Kazakh”/);
    expect(said).toMatch(new RegExp(`${applications[0]?.number}[^(]*\\(2 more are needed`));
    expect(said).toContain('from 1 to 3');
    expect(said).toContain('0, fewer than 1');
    const file = await desk.get(`${round}/raters/drawing.json`);
    const { instance, open } = RaterDrawing.parse(JSON.parse(file.text));
    expect(said).toContain(`${instance.seed}`);
    expect(open).toHaveLength(2);
  });

  it('says the same by API', async () => {
    const { roundId, desk, applications } = await aMatchedRound();
    const { assignment } = JSON.parse((await desk.get(`/api/rounds/${roundId}/scoring`)).text);

    expect(assignment).toMatchObject({ load: { atLeast: 1, atMost: 3 }, links: { ratings: 0, all: 4 } });
    expect(assignment.binding.join()).toMatch(/^2 өтінішке бағалаушы жетпейді \(оқыту тілі: [^)]+\): KZ19-/);
    expect(assignment.binding.join()).toContain(applications[0]?.number);
    expect(JSON.parse((await desk.get(`/api/rounds/${roundId}/scoring/drawing`)).text).schemaVersion).toBe(1);
  });

  it('keeps what binds, and the drawing, from those who score', async () => {
    const { site, round, roundId } = await aMatchedRound();
    const seat = await site.signIn(chair);

    expect(textOf((await seat.get(`${round}/scoring`)).text)).not.toContain('What cannot be kept now');
    expect((await seat.get(`${round}/raters/drawing.json`)).status).toBe(403);
    expect((await seat.get(`/api/rounds/${roundId}/scoring/drawing`)).status).toBe(403);
  });
});
