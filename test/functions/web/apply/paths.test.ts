import { beforeEach, describe, expect, it } from 'vitest';
import { fromAbroadWell, graduateWell } from '#test/builders/application.ts';
import { asPosted } from '#test/builders/posted-form.ts';
import { aSite, begin, fillIn, posted, type Site, type Visitor } from '../site.ts';

let site: Site;
let applicant: Visitor;
let address: string;

beforeEach(async () => {
  site = aSite();
  applicant = site.applicant();
  address = await begin(applicant, await site.openCall());
});

const save = (section: string, basedOn: number, typed: Record<string, string | string[]>) =>
  applicant.post(`${address}/sections/${section}`, { basedOn: String(basedOn), next: 'go-on', ...typed });

const education = (path: string) => ({ ...posted('education'), path });

/** The form's fields that can be seen, by the labels' targets. */
const seen = (page: string): string[] => {
  const shown = page.replaceAll(
    /<div data-when="\w+" data-is="[\w -]+" hidden="">.*?(?=<div data-when|<div class="govuk-button-group)/g,
    '',
  );
  return Array.from(
    shown.matchAll(/<(?:input|textarea|select)[^>]* name="([\w-]+)"/g),
    (match) => match[1] ?? '',
  );
};

describe('a question that hangs on an answer of the same page', () => {
  it('is there after saving where no script runs, before anybody is told that it is not answered', async () => {
    const before = await applicant.get(`${address}/sections/education`);
    const saved = await save('education', 0, education('graduate'));
    const after = await applicant.get(saved.location.replace(/#.*/, ''));
    const again = await save('education', 1, education('graduate'));

    expect(seen(before.text)).not.toContain('thesis');
    expect(saved.location).toBe(`${address}/sections/education?done=apply.done.more#studyResults`);
    expect(seen(after.text)).toContain('thesis');
    expect(after.text).toContain('Your answers lead to a few more questions');
    expect(after.text).not.toContain('govuk-error-summary');
    expect(again.status).toBe(422);
    expect(again.text).toContain('<a href="#studyResults">Enter your study results');
  });

  it('is answered at once where a script has shown it, and asked for where it was left empty', async () => {
    const scripted = { ...education('graduate'), revealed: 'yes' };

    const empty = await save('education', 0, scripted);
    const whole = await save('education', 1, { ...scripted, ...graduateWell });

    expect(empty.status).toBe(422);
    expect(whole.location).toBe(`${address}/sections/work`);
  });

  it('is in the page and hidden, with what it holds', async () => {
    await save('education', 0, { ...education('graduate'), ...graduateWell });
    await save('education', 1, education('teacher'));

    const page = await applicant.get(`${address}/sections/education`);

    expect(page.text).toContain('<div data-when="path" data-is="graduate" hidden="">');
    expect(page.text).toContain(`value="${graduateWell.thesis}"`);
  });
});

describe('a question of another page', () => {
  it('is asked of teachers and not of graduates', async () => {
    await save('education', 0, { ...education('graduate'), ...graduateWell });
    const graduate = await applicant.get(`${address}/sections/work`);
    await save('education', 1, education('teacher'));
    const teacher = await applicant.get(`${address}/sections/work`);

    expect(seen(graduate.text)).not.toContain('employer');
    expect(seen(teacher.text)).toContain('employer');
  });

  it('loses no answer to a page that is older than the answer it hangs on', async () => {
    await save('education', 0, education('teacher'));
    await save('work', 0, posted('work'));
    await save('education', 1, { ...education('graduate'), ...graduateWell });
    const page = await applicant.get(`${address}/sections/work`);
    const shown = /name="shown" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    await save('education', 3, education('teacher'));

    const { employer: _, category: __, ...asked } = posted('work');
    const version = /name="basedOn" value="(\d+)"/.exec(page.text)?.[1] ?? '';
    await save('work', Number(version), { ...asked, shown });
    const after = await applicant.get(`${address}/sections/work`);

    expect(shown).not.toContain('employer');
    expect(after.text).toContain('value="№ 12 орта мектеп"');
  });
});

describe('an answer that is not asked any more', () => {
  it('is kept and shown as not being part of the application, and is not submitted', async () => {
    await fillIn(site, applicant, address);
    const version = /name="basedOn" value="(\d+)"/;
    const page = await applicant.get(`${address}/sections/education`);
    const basedOn = Number(version.exec(page.text)?.[1]);
    await save('education', basedOn, { ...education('graduate'), ...graduateWell });

    const work = await applicant.get(`${address}/sections/work`);
    const check = await applicant.get(`${address}/check`);
    await applicant.post(`${address}/submit`, {});
    const forms = Array.from(site.records.documents.values(), (one) => JSON.stringify(one.body));

    for (const { text } of [work, check]) {
      expect(text).toContain('Kept, but not part of your application');
      expect(text).toContain('№ 12 орта мектеп');
    }
    expect(check.text).toContain(`action="${address}/submit"`);
    const submitted = forms.filter((text) => text.includes('"consent":true'));
    expect(submitted).toHaveLength(1);
    expect(submitted[0]).not.toContain('№ 12 орта мектеп');
  });
});

describe('somebody from abroad without an IIN', () => {
  it('applies with another document', async () => {
    await fillIn(site, applicant, address);
    const page = await applicant.get(`${address}/sections/identity`);
    const basedOn = Number(/name="basedOn" value="(\d+)"/.exec(page.text)?.[1]);
    const saved = await save('identity', basedOn, { ...posted('identity'), ...fromAbroadWell });

    const submitted = await applicant.post(`${address}/submit`, {});

    expect(saved.location).toBe(`${address}/sections/contacts`);
    expect(submitted.location).toBe(`${address}/receipt`);
  });
});

describe('earlier places of work', () => {
  it('are asked of graduates too, come back as they were typed, and what is wrong names its line', async () => {
    await save('education', 0, { ...education('graduate'), ...graduateWell });
    const page = await applicant.get(`${address}/sections/work`);
    const typed = '№ 4 мектеп, 2012–2014\r\nЛицей, 2019–2015';
    const answer = await save('work', 0, { ...posted('work'), pastEmployers: typed });

    expect(seen(page.text)).toContain('pastEmployers');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Earlier places of work, line 2: the first year is after the last one');
    expect(answer.text).toContain('Лицей, 2019–2015');
  });
});

describe('several achievements', () => {
  const one = { kind: 'course', year: '2020', text: 'Өрлеу, № 7 сертификат' };
  const two = { kind: 'own-prize', year: '2021', text: 'Облыстық байқау, I орын' };

  it('are added one by one where no script runs', async () => {
    const added = await save('achievements', 0, {
      ...asPosted({ achievements: [one] }),
      next: 'more',
      more: 'achievements-2',
    });
    const page = await applicant.get(added.location.replace(/#.*/, ''));
    const saved = await save(
      'achievements',
      1,
      asPosted({ achievements: [one, two, { kind: '', year: '', text: ' ' }] }),
    );
    const check = await applicant.get(`${address}/check`);

    expect(added.location).toBe(`${address}/sections/achievements?done=common.done.saved#achievements-2`);
    expect(page.text).toContain('Achievement 2');
    expect(page.text).not.toContain('Achievement 3');
    expect(saved.location).toBe(`${address}/sections/motivation`);
    expect(check.text).toContain('A course or a certificate, 2020: Өрлеу, № 7 сертификат');
    expect(check.text).toContain('2021: Облыстық байқау, I орын');
  });

  it('say which of them is not whole, and keep it', async () => {
    const half = { ...two, year: 'last year' };
    const answer = await save('achievements', 0, asPosted({ achievements: [one, half] }));

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Achievements, 2: choose the kind');
    expect(answer.text).toContain('value="last year"');
  });
});

describe('the number of words', () => {
  it('is that of what was saved, beside the limits of the round', async () => {
    await save('motivation', 0, { motivation: 'Алты сөзден тұратын қысқа хат – осы' });

    const page = await applicant.get(`${address}/sections/motivation`);

    expect(page.text).toContain('From 30 to 300 words.');
    expect(page.text).toContain('data-words="motivation">Words: 6</p>');
  });
});

describe('the consent', () => {
  it('names who collects, of whom, until when, to whom it goes, and everything that is asked of this person', async () => {
    await fillIn(site, applicant, address);
    const { text } = await applicant.get(`${address}/sections/consent`);

    for (const named of [
      'Education Department of Almaty Region, BIN 000000000000',
      'Сапарова Айгүл Ерланқызы, 800315200013',
      'Yes: Nazarbayev Intellectual Schools',
      'Present or last place of work',
      'Diploma with transcript',
    ]) {
      expect(text).toContain(named);
    }
    expect(text).not.toContain('Subject of your thesis');
  });
});
