import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { orderMinutes } from '#functions/commands/minutes.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { changed, store } from '#functions/commands/storing.ts';
import { drawPapers } from '#functions/papers/draw.ts';
import { renderWith } from '#functions/papers/render.ts';
import { alarmText } from '#shared/alarm-texts.ts';
import { correctsText } from '#shared/correction-texts.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { RoundId } from '#shared/domain/ids.ts';
import type { Alarm } from '#shared/domain/release-alarms.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { paperDataKey } from '#shared/ports/papers.ts';
import type { Affected } from '#shared/replay/affected.ts';
import { type CorrectionEvent, type Corrects, correctionsAggregate } from '#shared/replay/correction.ts';
import { affectedText } from '#shared/replay/told.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import { chair, members, secretary } from '#test/builders/selection.ts';
import { deployedFonts } from './fonts.ts';
import { bare, readPdf } from './pdf.ts';

const why = 'Балл не той строки: сверено с ведомостью.';
const no = 'Сверено с ведомостью, ошибки нет.';
const spite = 'Анкеты физиков проверили ещё раз.';
const alarm: Alarm = {
  code: 'group-shut-out',
  group: { kind: 'subject', code: 'physics' },
  count: 0,
  of: 5,
};

let round: ClosedRound;
let minutes: Minutes;
const pages = new Map<Locale, string>();

const said = (world: World, roundId: RoundId, reason: string) =>
  granted(neededReason(world, { roundId, reason }));

/** From here on offers go out although something looks wrong. */
const withAlarms = (world: World): void => {
  const { commit } = world.records;
  world.records.commit = async (wanted) => {
    const released = wanted.changes.find(({ facts }) => facts.some(({ type }) => type === 'offers-released'));
    if (!released) return await commit(wanted);
    const reason = said(world, RoundId.parse(released.id), spite);
    const heeded = { alarms: [alarm], reason: reason.ref };
    const facts = released.facts.map((fact) =>
      fact.type === 'offers-released' ? Object.assign({}, fact, { heeded }) : fact,
    );
    const changes = wanted.changes.map((change) => (change === released ? { ...change, facts } : change));
    return await commit({ ...wanted, changes, documents: [...(wanted.documents ?? []), reason] });
  };
};

const wrongTotals = (place: number): Corrects => ({
  kind: 'totals',
  number: nth(round.applications, place).number,
  corrected: { scoring: 81.5 },
});

const numberAt = (place: number) => nth(round.applications, place).number;

const placed = { outcome: 'goes-on', invited: true } satisfies Affected['before'];

const unlike = 'Менің жазбамда басқа балл тұр.';
const same = 'Жазба мен сақталған балл бірдей.';

/** One that was applied, and one that was refused; and reports of two raters, of which a correction answers one and the chair the other. */
const correctionsIn = async (world: World): Promise<void> => {
  const { roundId, applications } = round;
  const at = world.clock.now();
  const reason = said(world, roundId, why);
  const answer = said(world, roundId, no);
  const affected = affectedText(
    roundId,
    applications
      .slice(0, 2)
      .map(({ id: applicationId, number }) => ({ applicationId, number, before: placed, after: placed })),
  );
  const asked = { type: 'correction-asked', at, by: secretary.id, roundId, reason: reason.ref } as const;
  const [report, closing] = [said(world, roundId, unlike), said(world, roundId, same)];
  const reported = (place: number): CorrectionEvent => {
    const { id: applicationId, number: application } = nth(applications, place);
    const by = nth(members, place).id;
    return { type: 'score-reported', at, by, roundId, applicationId, application, reason: report.ref };
  };
  const events: CorrectionEvent[] = [
    reported(0),
    reported(2),
    reported(3),
    { type: 'score-report-closed', at, by: chair.id, report: 2, reason: closing.ref },
    { ...asked, corrects: wrongTotals(0) },
    { ...asked, corrects: wrongTotals(1) },
    {
      type: 'correction-applied',
      at,
      by: theAdministrator.id,
      correction: 1,
      list: sha256Of('list'),
      affected: affected.sha256,
      recipients: 1,
    },
    { type: 'correction-refused', at, by: chair.id, correction: 2, reason: answer.ref },
  ];
  const { change } = changed(correctionsAggregate, roundId, undefined, events);
  granted(
    await store(world, {
      by: secretary,
      changes: [change],
      blobs: [affected],
      documents: [reason, answer, report, closing],
    }),
  );
};

beforeAll(async () => {
  const world = { ...aTickingWorld(), people: memoryPeople() };
  withAlarms(world);
  round = await aClosedRoundIn(world);
  await correctionsIn(world);
  const order = await orderMinutes(world, round.roundId);
  const kept = world.papers.stored.get(paperDataKey(order.roundId, order.name));
  minutes = Minutes.parse(JSON.parse(new TextDecoder().decode(kept)));
  const render = renderWith(await deployedFonts());
  const { files } = await drawPapers({ papers: world.papers, render }, order);
  for (const { key, locale } of files) {
    const pdf = world.papers.stored.get(key) ?? new Uint8Array();
    pages.set(locale, readPdf(pdf).pages.join(''));
    const looks = process.env['LOOKS'];
    if (!looks) continue;
    mkdirSync(looks, { recursive: true });
    writeFileSync(join(looks, `corrections-${locale}.pdf`), pdf);
  }
});

describe('the minutes of a round whose results were corrected', () => {
  it('hold who asked, who answered, why, and how many it concerned', () => {
    expect(minutes.corrections).toMatchObject([
      {
        number: 1,
        status: 'applied',
        corrects: wrongTotals(0),
        asked: { personId: secretary.id },
        reason: why,
        applied: { personId: theAdministrator.id, people: 2, letters: 1 },
      },
      {
        number: 2,
        status: 'refused',
        asked: { personId: secretary.id },
        reason: why,
        ended: { personId: chair.id, reason: no },
      },
    ]);
  });

  it('hold what raters reported and what answered it, without who they are', () => {
    const at = expect.any(String);
    expect(minutes.reports).toEqual([
      { number: 1, application: numberAt(0), at, reason: unlike, corrected: { correction: 1, at } },
      {
        number: 2,
        application: numberAt(2),
        at,
        reason: unlike,
        closed: expect.objectContaining({ personId: chair.id, reason: same }),
      },
      { number: 3, application: numberAt(3), at, reason: unlike },
    ]);
  });

  it('hold what was sent although something looked wrong, and why', () => {
    expect(minutes.releases).toMatchObject([
      { by: { personId: theAdministrator.id }, alarms: [alarm], reason: spite },
    ]);
  });

  it.for(locales)('say it on paper in %s', (locale) => {
    const t = withPaperTexts(translator(locale));
    const text = pages.get(locale) ?? '';

    for (const place of [0, 1]) expect(text).toContain(bare(correctsText(t, wrongTotals(place), [])));
    for (const key of ['papers.reports.heading', 'papers.reports.open'] as const) {
      expect(text).toContain(bare(t(key)));
    }
    for (const words of [why, no, spite, unlike, same, alarmText(t, alarm)])
      expect(text).toContain(bare(words));
    for (const status of ['applied', 'refused'] as const) {
      expect(text).toContain(bare(t(`corrections.status.${status}`)));
    }
  });
});
